/** Kinds of declarations: what is a member of a type, whose, and where its parents lead. */
import type { AstNode } from "langium";
import type {
  Action,
  Expectation,
  Feeling,
  Field,
  Inference,
  Item,
  Named,
  Process,
  Reflex,
  RowItem,
  Rule,
  TypeDecl,
} from "../generated/ast.js";

export type NameTable = ReadonlyMap<string, Named>;
export type Schema = Action | Rule | Process | Feeling | Inference | Expectation | Reflex;
export type Member = Field | Schema;

/** Parents of parents of parents: deeper than this is a circle. */
const ancestryMax = 50;

/** The type, its parents and theirs, nearest first, each once. */
export function ancestryOf(type: TypeDecl): readonly TypeDecl[] {
  const found = new Set<TypeDecl>([type]);
  let level: readonly TypeDecl[] = [type];
  for (let depth = 0; depth < ancestryMax && level.length > 0; depth += 1) {
    const parents = level.flatMap((child) => child.parents.map((parent) => parent.ref));
    level = parents.filter((parent) => parent !== undefined && !found.has(parent)) as TypeDecl[];
    for (const parent of level) found.add(parent);
  }
  return [...found];
}

export function isSchema(item: AstNode): item is AstNode & Schema {
  return (
    ["Action", "Rule", "Process", "Feeling", "Inference", "Expectation", "Reflex"] as string[]
  ).includes(item.$type);
}

/** Whose member a declaration is: its actor, its first binder. */
export function subjectOf(schema: Schema): TypeDecl | undefined {
  switch (schema.$type) {
    case "Action":
      return schema.actor?.type?.ref?.ref;
    case "Rule":
    case "Process":
      return schema.binders?.params[0]?.type?.ref?.ref;
    case "Feeling":
      return schema.of?.type?.ref?.ref;
    default:
      return schema.by?.type?.ref?.ref;
  }
}

export function fieldsOf(item: Item | RowItem): readonly Field[] {
  if (item.$type !== "TypeDecl" && item.$type !== "HasDecl") return [];
  return item.members.filter((member): member is Field => member.$type === "Field");
}
