/** Worlds by hand, small enough to read: for tests of the minds without the language. */
import type {
  ActionSchema,
  Effect,
  EntityDeclaration,
  Expectation,
  ExprId,
  ExprNode,
  Fluent,
  Inference,
  MindHook,
  MindSchema,
  Perception,
  Reflex,
  Rule,
  StartBelief,
  TypeDeclaration,
  ValueType,
  Want,
  World,
} from "@fabula/model";
import { ExpressionPool } from "@fabula/model";

import {
  blankAction,
  blankFluent,
  blankStory,
  blankWorld,
  boolean,
  claim as claimType,
  deed as deedType,
  span as nowhere,
  number,
  thing,
} from "../blank.js";

export {
  boolean,
  claim as claimType,
  deed as deedType,
  number,
  span as nowhere,
} from "../blank.js";

type Op2 = "add" | "sub" | "mul" | "div" | "eq" | "ne" | "lt" | "le" | "gt" | "ge" | "and" | "or";

export class ModelBuilder {
  readonly pool = new ExpressionPool();
  readonly types: TypeDeclaration[] = [];
  readonly fluents: Fluent[] = [];
  readonly entities: EntityDeclaration[] = [];
  readonly actions: ActionSchema[] = [];
  readonly rules: Rule[] = [];
  readonly expectations: Expectation[] = [];
  readonly inferences: Inference[] = [];
  readonly reflexes: Reflex[] = [];
  readonly wants: Want[] = [];
  readonly minds: MindSchema[] = [];
  readonly facts: Effect[] = [];
  readonly beliefs: StartBelief[] = [];
  endsAfter = 600;

  constructor() {
    this.type("world");
    this.entity("world", 0);
  }

  // ---- expressions

  node(node: ExprNode, type: ValueType): ExprId {
    return this.pool.intern(node, type);
  }
  get yes(): ExprId {
    return this.node({ op: "constant", value: 1 }, boolean);
  }
  get no(): ExprId {
    return this.node({ op: "constant", value: 0 }, boolean);
  }
  num(value: number): ExprId {
    return this.node({ op: "constant", value }, number);
  }
  one(entity: number): ExprId {
    const type = this.entities[entity]?.type ?? 0;
    return this.node({ op: "entity", entity }, { kind: "entity", type });
  }
  local(slot: number, type: ValueType): ExprId {
    return this.node({ op: "local", slot }, type);
  }
  person(slot: number): ExprId {
    return this.local(slot, { kind: "entity", type: this.typeNamed("person") });
  }
  of(fluent: number, ...args: ExprId[]): ExprId {
    return this.node({ op: "fluent", fluent, args }, (this.fluents[fluent] as Fluent).type);
  }
  op(op: Op2, left: ExprId, right: ExprId): ExprId {
    const arithmetic = ["add", "sub", "mul", "div"].includes(op);
    return this.node({ op, args: [left, right] }, arithmetic ? number : boolean);
  }
  not(expr: ExprId): ExprId {
    return this.node({ op: "not", args: [expr] }, boolean);
  }
  and(...parts: ExprId[]): ExprId {
    return parts.reduce((left, right) => this.op("and", left, right));
  }
  believes(subject: ExprId, claim: ExprId): ExprId {
    return this.node({ op: "believes", args: [subject, claim] }, boolean);
  }
  sureOf(subject: ExprId, claim: ExprId): ExprId {
    return this.node({ op: "confidence", args: [subject, claim] }, number);
  }
  outlook(subject: ExprId): ExprId {
    return this.node({ op: "outlook", args: [subject] }, number);
  }
  intends(subject: ExprId, deed: ExprId): ExprId {
    return this.node({ op: "intends", args: [subject, deed] }, boolean);
  }
  deed(action: number, ...args: ExprId[]): ExprId {
    return this.node({ op: "deed", action, args }, deedType);
  }
  claim(expr: ExprId): ExprId {
    return this.node({ op: "claim", args: [expr] }, claimType);
  }

  // ---- declarations

  type(
    name: string,
    parents: number[] = [],
    minded = false,
    perceptions: Perception[] = [],
  ): number {
    const id = this.types.length;
    const ancestors = [id, ...parents.flatMap((parent) => this.types[parent]?.ancestors ?? [])];
    this.types.push({ id, name, parents, ancestors, minded, perceptions });
    return id;
  }
  typeNamed(name: string): number {
    return this.types.findIndex((type) => type.name === name);
  }
  entity(name: string, type: number, facts: Effect[] = []): number {
    const id = this.entities.length;
    this.entities.push(thing(id, name, type, facts));
    return id;
  }
  fluent(name: string, owner: number, more: Partial<Fluent> = {}): number {
    const id = this.fluents.length;
    const storage = more.means === undefined ? "state" : "derived";
    this.fluents.push({ ...blankFluent(id, name, owner, boolean), storage, ...more });
    return id;
  }
  action(
    name: string,
    parameters: [string, ValueType][],
    more: Partial<ActionSchema> = {},
  ): number {
    const id = this.actions.length;
    const named = parameters.map(([parameter, type]) => ({ name: parameter, type }));
    this.actions.push({ ...blankAction(id, name, named, this.yes), ...more });
    return id;
  }
  want(
    holder: Want["holder"],
    claim: ExprId,
    weight: number | ExprId,
    more: Partial<Want> = {},
  ): number {
    const id = this.wants.length;
    this.wants.push({
      id,
      claim,
      weight:
        typeof weight === "number" && more.span === undefined
          ? this.num(weight)
          : (weight as ExprId),
      binders: [],
      where: this.yes,
      while: this.yes,
      holder,
      common: "type" in holder,
      span: nowhere,
      ...more,
    });
    return id;
  }
  expectation(
    name: string,
    when: ExprId,
    then: Effect[],
    parameters: [string, ValueType][] = [],
  ): number {
    const id = this.expectations.length;
    const self: [string, ValueType] = ["p", { kind: "entity", type: this.typeNamed("person") }];
    this.expectations.push({
      id,
      name,
      parameters: [self, ...parameters].map(([parameter, type]) => ({ name: parameter, type })),
      where: this.yes,
      when,
      then,
      span: nowhere,
    });
    return id;
  }
  mind(hooks: Partial<Record<MindHook, ExprId>>, appraisal: Effect[] = []): void {
    this.minds.push({ type: this.typeNamed("person"), hooks, appraisal });
  }
  set(fluent: number, args: ExprId[], value: ExprId): Effect {
    return { kind: "set", place: { fluent, args }, value: { low: value }, span: nowhere };
  }
  believe(holder: number, claim: ExprId, sure = 1): void {
    const draw = { low: this.num(sure) };
    this.beliefs.push({ holder, claim, negated: false, sure: draw, span: nowhere });
  }

  world(): World {
    const { beliefs, endsAfter } = this;
    return {
      ...blankWorld(this.pool, { ...blankStory(), beliefs, endsAfter }),
      types: this.types,
      fluents: this.fluents,
      actions: this.actions,
      rules: this.rules,
      expectations: this.expectations,
      inferences: this.inferences,
      reflexes: this.reflexes,
      wants: this.wants,
      minds: this.minds,
      entities: this.entities,
      facts: this.facts,
    };
  }
}
