/** What a type has: fields, and what its things do or undergo. Reached as `thing.name`. */
import type { Parameter, TypeId, ValueType } from "@fabula/model";
import type {
  Action,
  Expectation,
  Feeling,
  Field,
  Inference,
  Process,
  Reflex,
  Rule,
} from "../generated/ast.js";

export interface FieldMember {
  readonly kind: "field";
  readonly id: number;
  readonly name: string;
  readonly owner: TypeId;
  readonly parameters: readonly Parameter[];
  /** As declared; undefined: computed, its type follows from its definition. */
  readonly declared: ValueType | undefined;
  /** Inclusive, in base units. */
  readonly low: number | undefined;
  readonly high: number | undefined;
  /** Declared `quantity`. */
  readonly moves: boolean;
  readonly node: Field | Feeling;
}

export interface ActionMember {
  readonly kind: "action";
  readonly id: number;
  readonly name: string;
  /** The actor first. */
  readonly parameters: readonly Parameter[];
  readonly node: Action;
}

export type SchemaNode = Rule | Process | Inference | Expectation | Reflex | Feeling;

export interface SchemaMember {
  readonly kind: "rule" | "process" | "inference" | "expectation" | "reflex";
  readonly id: number;
  readonly name: string;
  /** The subject first, then those in brackets, then further binders. */
  readonly parameters: readonly Parameter[];
  /** How many of them a call names: the subject and those in brackets. */
  readonly callable: number;
  readonly node: SchemaNode;
}

export type Member = FieldMember | ActionMember | SchemaMember;
