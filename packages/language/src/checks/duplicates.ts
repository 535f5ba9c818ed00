/** One name, one thing: what is declared twice. The second is told, with the place of the first. */
import type { Diagnostic } from "@fabula/model";
import type { AstNode } from "langium";
import type { Entity, File, Item, Param, Row, RowItem, TypeDecl } from "../generated/ast.js";
import { worldType } from "../names/built-ins.js";
import { fieldsOf, isSchema, type Member, subjectOf } from "../names/declarations.js";
import { viewOf } from "../names/view.js";
import { spanOf } from "../span.js";
import { diagnosticsMax } from "../syntax/limits.js";

type Declared = AstNode & { readonly name: string };

/** FAB2005, of the declarations in this file; its view is set. */
export function checkDuplicates(file: File): readonly Diagnostic[] {
  return [...sameNames(file), ...sameMembers(file), ...sameParams(file), ...sameInRows(file)];
}

/** Types, people, places, things and questions of one text share one set of names. */
function sameNames(file: File): Diagnostic[] {
  const first = new Map<string, Declared>();
  const found: Diagnostic[] = [];
  // There is one world, whoever says what it has.
  const world = viewOf(file).typeBehind(worldType.name);
  if (world !== undefined) first.set(world.name, world);
  for (const item of file.items) if (isNamed(item)) note(first, item, found);
  return found;
}

function sameMembers(block: File | Row): Diagnostic[] {
  const first = new Map<TypeDecl, Map<string, Member>>();
  const found: Diagnostic[] = [];
  for (const item of block.items) {
    const own = isSchema(item) ? subjectOf(item) : typeOfFields(item);
    if (own === undefined) continue;
    const known = first.get(own) ?? new Map<string, Member>();
    first.set(own, known);
    const members: readonly Member[] = isSchema(item) ? [item] : fieldsOf(item);
    for (const member of members) note(known, member, found);
  }
  return found;
}

function typeOfFields(item: Item | RowItem): TypeDecl | undefined {
  if (item.$type === "TypeDecl") return item;
  return item.$type === "HasDecl" ? item.type?.ref : undefined;
}

function sameParams(file: File): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const item of file.items) {
    for (const holder of [item, ...fieldsOf(item)]) {
      const first = new Map<string, Declared>();
      for (const param of paramsOf(holder)) note(first, param, found);
    }
  }
  return found;
}

function paramsOf(holder: AstNode): readonly Param[] {
  const { params, binders, actor, by, of } = holder as unknown as {
    params?: Param[];
    binders?: { params: Param[] };
    actor?: Param;
    by?: Param;
    of?: Param;
  };
  const all = [actor, by, of, ...(params ?? []), ...(binders?.params ?? [])];
  return all.filter((param): param is Param => param?.$type === "Param");
}

function sameInRows(file: File): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const row of file.items) {
    if (row.$type !== "Row") continue;
    const first = new Map<string, Declared>();
    for (const item of row.items) {
      if (item.$type === "Entity" || item.$type === "Question") note(first, item, found);
    }
    found.push(...sameMembers(row));
  }
  return found;
}

function isNamed(item: Item): item is Extract<Item, { $type: "TypeDecl" | "Entity" | "Question" }> {
  return item.$type === "TypeDecl" || item.$type === "Entity" || item.$type === "Question";
}

function note<D extends Declared>(first: Map<string, D>, declared: D, found: Diagnostic[]): void {
  const { name } = declared;
  if (!name) return;
  const before = first.get(name);
  if (before === undefined) first.set(name, declared);
  else if (found.length < diagnosticsMax) found.push(describe(declared, before));
}

function describe(second: Declared, first: Declared): Diagnostic {
  return {
    code: "FAB2005",
    severity: "error",
    message: `\`${second.name}\` is declared twice.`,
    span: spanOf(second, "name"),
    notes: [{ message: "It is declared here first.", span: spanOf(first, "name") }],
    remedy: remedyFor(second, first),
  };
}

/** Whoever goes on about what stands above means one thing, not two. */
function remedyFor(second: Declared, first: Declared): string {
  if (second.$type === "TypeDecl" && first.$type === "TypeDecl") {
    return `To say more of it, write \`${second.name} has\`; for another type, another name.`;
  }
  const [again, before] = [second, first] as Partial<Entity>[];
  const isOfOneType = again?.$type === "Entity" && again.type?.$refText === before?.type?.$refText;
  return isOfOneType
    ? "Put its lines below the first, or give it another name."
    : "Give one of them another name, or take it out.";
}
