/** Declarations that say nothing yet: what the builders of small worlds start from. */
import type {
  ActionSchema,
  EntityDeclaration,
  ExpressionPool,
  ExprId,
  Fluent,
  Parameter,
  Span,
  Story,
  ValueType,
  World,
} from "@fabula/model";

export const span: Span = { source: "test", start: 0, end: 0, line: 1, column: 1 };
export const boolean: ValueType = { kind: "boolean" };
export const number: ValueType = { kind: "number", dimension: {} };
export const claim: ValueType = { kind: "claim" };
export const deed: ValueType = { kind: "deed" };
export const entity = (type: number): ValueType => ({ kind: "entity", type });

export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export function blankFluent(id: number, name: string, owner: number, type: ValueType): Fluent {
  const plain = { storage: "state", symmetric: false, private: false, perceptions: [] } as const;
  return { id, name, owner, parameters: [], type, ...plain };
}

export function blankAction(
  id: number,
  name: string,
  parameters: readonly Parameter[],
  needs: ExprId,
): ActionSchema {
  return {
    id,
    name,
    parameters,
    consents: [],
    needs,
    atStart: [],
    whileLasting: [],
    atEnd: [],
    perceptions: [],
    told: [],
    askable: false,
    hearer: -1,
    says: [],
    shows: [],
    presupposes: [],
    span,
  };
}

export function blankStory(): Mutable<Story> {
  return {
    name: "test",
    title: "test",
    begins: 0,
    entities: [],
    beliefs: [],
    outside: [],
    endsWhen: [],
    questions: [],
    expects: [],
    whatifs: [],
    patterns: [],
    mechanisms: [],
    tellings: [],
    circumstances: [],
    span,
  };
}

export function blankWorld(expressions: ExpressionPool, story: Story): World {
  return {
    expressions,
    types: [],
    fluents: [],
    actions: [],
    rules: [],
    processes: [],
    expectations: [],
    inferences: [],
    reflexes: [],
    wants: [],
    minds: [],
    entities: [],
    facts: [],
    texts: [],
    units: [],
    calendar: { name: "test", parts: [] },
    story,
    hash: "0000000000000000",
  };
}

/** `facts`: of the entity when the run begins. */
export function thing(
  id: number,
  name: string,
  type: number,
  facts: EntityDeclaration["facts"],
): EntityDeclaration {
  return { id, name, title: name, type, facts, span };
}
