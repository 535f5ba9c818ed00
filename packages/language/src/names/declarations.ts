/** Kinds of declarations: what is a member of a type, whose, and where its parents lead. */
import type { AstNode } from "langium";
import type {
  Action,
  Entity,
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

/** `guest_3`: the third of `person guest times 12`. Undefined: the name is no such one. */
export function placeInGroup(entity: Entity, name: string): number | undefined {
  const most = entity.most ?? entity.count;
  const digits = name.startsWith(`${entity.name}_`) ? name.slice(entity.name.length + 1) : "";
  const place = /^[1-9]\d{0,8}$/.test(digits) ? Number(digits) : 0;
  return most !== undefined && place >= 1 && place <= most ? place : undefined;
}

/** What a table means by a name, be it of one of many. */
export function lookUp(table: NameTable, name: string): Named | undefined {
  const named = table.get(name);
  if (named !== undefined) return named;
  const group = table.get(name.replace(/_\d+$/, ""));
  const isOne = group?.$type === "Entity" && placeInGroup(group, name) !== undefined;
  return isOne ? group : undefined;
}

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
