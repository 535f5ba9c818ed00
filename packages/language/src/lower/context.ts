/**
 * A world in the making: what each declaration becomes, and the lists that they are lowered into.
 * What a name means is settled before (names/): here it is looked up by its declaration, never by
 * its text. One context belongs to one story (or row); it stays with the compiled world,
 * so that changes and questions typed later see the same names.
 */
import type { Calendar, EntityGroup, ExpressionPool, TypeId, ValueType, Want } from "@fabula/model";
import type { AstNode } from "langium";
import type { Entity, File, Row } from "../generated/ast.js";
import { fileOf } from "../names/level.js";
import type { ExpressionBuilder } from "./expression-builder.js";
import type { ActionMember, FieldMember, Member, SchemaMember } from "./member.js";
import type { Reporter } from "./reporter.js";
import type { TypeTable } from "./type-table.js";
import type { UnitTable } from "./unit-table.js";

export interface EntityEntry {
  readonly id: number;
  readonly name: string;
  /** Where a thing declared nearer to the story hides it. */
  readonly module?: string;
  readonly title: string;
  readonly type: TypeId;
  /** A story may go on about who a module declares. Empty: the world itself. */
  readonly nodes: Entity[];
  readonly group?: EntityGroup;
}

/** An expression with its type. `anyUnit`: a bare 0 fits every unit. */
export interface Typed {
  readonly id: number;
  readonly type: ValueType;
  readonly anyUnit?: boolean;
}

export interface Context {
  readonly reporter: Reporter;
  readonly units: UnitTable;
  readonly types: TypeTable;
  readonly pool: ExpressionPool;
  readonly build: ExpressionBuilder;
  /** All sources, imported ones first, the story last. */
  readonly files: readonly File[];
  /** The file or row whose story this is. */
  readonly beginning: File | Row;
  readonly entities: EntityEntry[];
  /** By every declaration of it: several where a text goes on about who a module declares. */
  readonly entityIds: Map<Entity, number>;
  /** Declarations with `times n`, which name nobody alone: their entities follow on the first. */
  readonly groups: Map<Entity, { readonly first: number; readonly count: number }>;
  /** Fields, actions, rules and the like by their declarations. */
  readonly members: Map<AstNode, Member>;
  /** Members of a type that another of the same name hides: what is nearer to the story counts. */
  readonly hidden: Set<Member>;
  readonly fields: FieldMember[];
  readonly actions: ActionMember[];
  readonly rules: SchemaMember[];
  readonly processes: SchemaMember[];
  readonly inferences: SchemaMember[];
  readonly expectations: SchemaMember[];
  readonly reflexes: SchemaMember[];
  /** Of everybody, then of single persons; known once the beginning is lowered. */
  wants: readonly Want[];
  readonly texts: Map<string, number>;
  /** The same by index; the world's own list, so that later questions may add to it. */
  readonly textList: string[];
  /** Computed fields: their definitions once lowered; `open` while they are being lowered. */
  readonly definitions: Map<number, Typed | "open" | "failed">;
  calendar: Calendar;
  /** Milliseconds since the epoch of the calendar. Lowering asks for it by `beginsOf`. */
  begins: number;
  /** Whether anybody asked when it begins; for which texts; for one to be a title: kept-part.ts. */
  asked: { begins: boolean; readonly texts: Set<string>; titles: boolean };
  /** The type of `observer`: the widest type that has a mind. */
  observerType: TypeId;
  /** The type that holds the fields of the world itself. */
  worldType: TypeId;
}

/** The module of a member that another hides. */
export function moduleIfHidden(context: Context, member: Member): { readonly module?: string } {
  return context.hidden.has(member) ? { module: moduleOf(member.node) } : {};
}

export function moduleOf(node: AstNode): string {
  return fileOf(node).header?.name ?? "";
}

export function beginsOf(context: Context): number {
  context.asked.begins = true;
  return context.begins;
}

/** For a number that stands in the world itself, not in an expression. */
export function titleIndex(context: Context, title: string): number {
  context.asked.titles = true;
  return textIndex(context, title);
}

export function textIndex(context: Context, text: string): number {
  context.asked.texts.add(text);
  const known = context.texts.get(text);
  if (known !== undefined) return known;
  const index = context.texts.size;
  context.texts.set(text, index);
  context.textList.push(text);
  return index;
}
