/** `x wants C weight 2` and `not x wants C` among changes: from the start, in place of what was. */
import {
  ground,
  type Intervention,
  type Want as ModelWant,
  meantWants,
  type NewWant,
} from "@fabula/model";
import type { MindChange, Want } from "../generated/ast.js";
import { hasMind } from "./collect-types.js";
import type { Context } from "./context.js";
import { lowerThing } from "./effect.js";
import { quote } from "./reporter.js";
import { Scope } from "./scope.js";
import { lowerWant } from "./want.js";

export function asNew({ id: _, ...want }: ModelWant): NewWant {
  return want;
}

export function lowerWantChange(
  context: Context,
  node: MindChange,
  line: Want,
): Intervention | undefined {
  const person = personNamed(context, node);
  if (person === undefined) return undefined;
  const type = context.entities[person]?.type ?? -1;
  const lowered = lowerWant(context, -1, line, { holder: { entity: person }, type, common: false });
  if (lowered === undefined) return undefined;
  const claim = ground(context.pool, lowered.claim, [person]);
  const span = context.reporter.spanOf(node);
  if (!node.not) return { kind: "want", person, claim, want: asNew(lowered), span };
  const plain = [line.weight, line.while, line.until, line.binders].every(
    (one) => one === undefined,
  );
  if (!plain || line.openly) {
    context.reporter.error(
      "FAB5007",
      node,
      "What is wanted no longer has no weight and no condition.",
      `Write \`not ${quote(node.target)} wants ${quote(line.claim)}\` alone.`,
    );
    return undefined;
  }
  const { entities, pool: expressions, types, wants } = context;
  const world = { entities, expressions, types: types.entries, wants };
  if (meantWants(world, person, claim).length > 0) {
    return { kind: "want", person, claim, span };
  }
  reportNoWant(context, node, line, person);
  return undefined;
}

function personNamed(context: Context, node: MindChange): number | undefined {
  const id = lowerThing(context, Scope.empty(), node.target);
  if (id === undefined) return undefined;
  const named = context.pool.get(id);
  const type = named.op === "entity" ? context.entities[named.entity]?.type : undefined;
  if (named.op === "entity" && type !== undefined && hasMind(context, type)) return named.entity;
  context.reporter.error(
    "FAB5007",
    node.target,
    `\`${quote(node.target)}\` names nobody who is there when the story begins and has a mind.`,
    "Name a person of the story: `anna wants C weight 2`.",
  );
  return undefined;
}

function reportNoWant(context: Context, node: MindChange, line: Want, person: number): void {
  const entry = context.entities[person];
  const name = entry?.name ?? quote(node.target);
  const lines = entry?.nodes.flatMap((block) => block.lines) ?? [];
  const own = lines.flatMap((one) => (one.$type === "Want" ? [`\`${quote(one.claim)}\``] : []));
  const named = own.length === 0 ? "" : ` Of \`${name}\` alone: ${own.join(", ")}.`;
  context.reporter.error(
    "FAB5007",
    line,
    `\`${name}\` does not want \`${quote(line.claim)}\` in the first place.`,
    `Name it as it stands in the block of \`${name}\` or of a type.${named}`,
  );
}
