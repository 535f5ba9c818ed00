/** Where a value of a known kind is needed and an unknown name stands: what could stand there. */
import type { AstNode } from "langium";
import type { Entity, Expression, Field, TypeDecl } from "../generated/ast.js";
import { findNearest } from "../spelling.js";
import { ancestryOf } from "./declarations.js";
import { expectedType } from "./expected-symbols.js";
import { resolved } from "./type-of.js";
import { viewAt } from "./view.js";

/** Names told one by one; of more, these are the first. */
const namedMax = 12;

/** A remedy; undefined where any kind of value could stand there. */
export function describeExpected(container: AstNode, word: string): string | undefined {
  const node = container as unknown as Expression;
  if (node.$type !== "NameRef") return undefined;
  const type = expectedType(node);
  if (type !== undefined) return describeOfType(container, type, word);
  const flag = flagSetBy(node);
  if (flag !== undefined) return `It is yes or no: write \`${flag}\` or \`not ${flag}\`.`;
  const field = node.$container;
  const isFlag = field.$type === "Field" && field.type?.kind === "boolean";
  return isFlag ? "It is yes or no: write `true` or `false`." : undefined;
}

function describeOfType(at: AstNode, type: TypeDecl, word: string): string | undefined {
  const entities = type.symbolic ? [] : entitiesOf(at, type);
  const names = type.symbolic
    ? type.symbols.map((symbol) => symbol.name)
    : entities.map((entity) => entity.name);
  const meant = word.replaceAll("_", " ").toLowerCase();
  const shown = entities.find((entity) => isCalled(entity, meant));
  if (shown !== undefined) return `Did you mean \`${shown.name}\`, "${shown.title}"?`;
  const near = findNearest(word, names);
  if (near !== undefined) return `Did you mean \`${near}\`?`;
  if (names.length === 0) return `Declare it: \`${type.name} ${word} "..."\`.`;
  const known = names.slice(0, namedMax).map((name) => `\`${name}\``);
  const more = names.length > namedMax ? " and more" : "";
  return `Of type ${type.name} there are ${known.join(", ")}${more}.`;
}

/** `the thigh`, thigh: as readers see it, with or without its article. */
function isCalled({ title }: Entity, meant: string): boolean {
  const shown = title?.toLowerCase();
  return shown === meant || shown === `the ${meant}`;
}

function entitiesOf(at: AstNode, type: TypeDecl): Entity[] {
  const found = new Map<string, Entity>();
  for (const level of viewAt(at).levels) {
    for (const named of level.values.values()) {
      if (named.$type !== "Entity" || named.count !== undefined) continue;
      const own = named.type?.ref;
      if (own === undefined || !ancestryOf(own).includes(type)) continue;
      if (!found.has(named.name)) found.set(named.name, named);
    }
  }
  return [...found.values()];
}

/** The yes/no field that this would be the value of, as it stands there. */
function flagSetBy(node: Expression): string | undefined {
  const parent = node.$container;
  const target =
    parent?.$type === "Fact" || parent?.$type === "SetChange" || parent?.$type === "ChangeEffect"
      ? parent.target
      : undefined;
  if (target === undefined || target === node) return undefined;
  const named =
    target.$type === "NameRef"
      ? resolved(target.ref)
      : target.$type === "MemberCall"
        ? resolved(target.member)
        : undefined;
  if (named?.$type !== "Field" || (named as Field).type?.kind !== "boolean") return undefined;
  return target.$cstNode?.text.replace(/\s+/g, " ");
}
