/**
 * Numbers of a story that nothing ever sets: unknown from beginning to end, and with them all that is
 * reckoned with them. A module's may be there for whoever wants to set them.
 */
import type { Effect, Fluent, World } from "@fabula/model";
import { AstUtils } from "langium";
import type { Context } from "./context.js";
import { writtenBy } from "./walk.js";

/** FAB5018, of the fields of the story's own text that something reads. */
export function checkNeverSet(context: Context, world: World): void {
  const idle = world.fluents.filter((fluent) => isOwn(context, fluent) && hasNoStart(fluent));
  if (idle.length === 0) return;
  const facts: Effect[] = [...world.facts, ...world.entities.flatMap((entity) => entity.facts)];
  const given = new Set(writtenBy(facts));
  const read = readFluents(world);
  for (const { id, name } of idle) {
    const node = context.fields[id]?.node;
    if (node === undefined || given.has(id) || !read.has(id)) continue;
    context.reporter.warning(
      "FAB5018",
      node,
      `Nothing ever gives \`${name}\` a value: it stays unknown, and so does what is reckoned with it.`,
      `Give it a start, \`${name}: number ... = 0\`, or set it in a block or an effect.`,
    );
  }
}

/** Nothing writes it after the beginning, and its declaration says no value. */
function hasNoStart({ type, storage, initial, initials }: Fluent): boolean {
  const isBlank = initial === undefined && initials === undefined;
  return type.kind === "number" && storage === "fixed" && isBlank;
}

function isOwn({ beginning, fields }: Context, { id }: Fluent): boolean {
  const node = fields[id]?.node;
  if (node === undefined || beginning.$type === "Row") return false;
  return beginning.header?.kind === "story" && AstUtils.findRootNode(node) === beginning;
}

function readFluents({ expressions }: World): Set<number> {
  const read = new Set<number>();
  for (let expr = 0; expr < expressions.count; expr += 1) {
    const node = expressions.get(expr);
    if (node.op === "fluent") read.add(node.fluent);
  }
  return read;
}
