/** Small worlds by hand, for tests of the kernel that need no language. */
import {
  type ActionSchema,
  type Effect,
  type EntityDeclaration,
  ExpressionPool,
  type ExprId,
  type ExprNode,
  type Flow,
  type Fluent,
  type Process,
  type Rule,
  type Story,
  type TypeDeclaration,
  type ValueType,
  type World,
} from "@fabula/model";

import {
  blankAction,
  blankFluent,
  blankStory,
  blankWorld,
  boolean,
  entity,
  type Mutable,
  number,
  span,
  thing,
} from "./blank.js";

export { boolean, entity, number, span } from "./blank.js";

export class WorldBuilder {
  readonly pool = new ExpressionPool();
  readonly types: TypeDeclaration[] = [];
  readonly fluents: Fluent[] = [];
  readonly actions: ActionSchema[] = [];
  readonly rules: Rule[] = [];
  readonly processes: Process[] = [];
  readonly entities: EntityDeclaration[] = [];
  readonly facts: Effect[] = [];
  readonly story: Mutable<Story> = blankStory();

  type(name: string, options: Partial<TypeDeclaration> = {}): number {
    const parents = options.parents ?? [];
    const ancestors = parents.flatMap((id) => [id, ...(this.types[id]?.ancestors ?? [])]);
    const id = this.types.length;
    this.types.push({ id, name, parents, ancestors, minded: false, perceptions: [], ...options });
    return id;
  }

  fluent(name: string, owner: number, options: Partial<Fluent> = {}): number {
    const id = this.fluents.length;
    this.fluents.push({ ...blankFluent(id, name, owner, number), ...options });
    return id;
  }

  quantity(name: string, owner: number, low: number, high: number, initial = low): number {
    return this.fluent(name, owner, {
      storage: "quantity",
      low,
      high,
      initial: { low: this.n(initial) },
    });
  }

  flag(name: string, owner: number, initial = false): number {
    return this.fluent(name, owner, { type: boolean, initial: { low: this.b(initial) } });
  }

  derived(name: string, owner: number, type: ValueType, means: ExprId): number {
    return this.fluent(name, owner, { storage: "derived", type, means });
  }

  entity(name: string, type: number, facts: readonly Effect[] = []): number {
    const id = this.entities.length;
    this.entities.push(thing(id, name, type, facts));
    return id;
  }

  rule(name: string, types: readonly number[], when: ExprId, then: readonly Effect[]): Rule {
    return this.addRule(name, types, { kind: "condition", when }, then);
  }

  addRule(
    name: string,
    types: readonly number[],
    trigger: Rule["trigger"],
    then: readonly Effect[],
    where = this.b(true),
  ): Rule {
    const rule: Rule = {
      id: this.rules.length,
      name,
      parameters: types.map((type, index) => ({ name: `p${index}`, type: entity(type) })),
      where,
      trigger,
      then,
      perceptions: [],
      told: [],
      span,
    };
    this.rules.push(rule);
    return rule;
  }

  process(
    name: string,
    types: readonly number[],
    condition: ExprId,
    flows: readonly Flow[],
    where = this.b(true),
  ): void {
    this.processes.push({
      id: this.processes.length,
      name,
      parameters: types.map((type, index) => ({ name: `p${index}`, type: entity(type) })),
      where,
      while: condition,
      flows,
      span,
    });
  }

  action(name: string, types: readonly number[], options: Partial<ActionSchema> = {}): number {
    const id = this.actions.length;
    const parameters = types.map((type, index) => ({ name: `p${index}`, type: entity(type) }));
    this.actions.push({ ...blankAction(id, name, parameters, this.b(true)), ...options });
    return id;
  }

  // ---- expressions
  n(value: number): ExprId {
    return this.pool.intern({ op: "constant", value }, number);
  }
  b(value: boolean): ExprId {
    return this.pool.intern({ op: "constant", value: value ? 1 : 0 }, boolean);
  }
  e(birth: number): ExprId {
    return this.pool.intern({ op: "entity", entity: birth }, entity(0));
  }
  local(slot: number, type: ValueType = entity(0)): ExprId {
    return this.pool.intern({ op: "local", slot }, type);
  }
  get(fluent: number, ...args: ExprId[]): ExprId {
    const type = this.fluents[fluent]?.type ?? number;
    return this.pool.intern({ op: "fluent", fluent, args }, type);
  }
  op(op: "add" | "sub" | "mul" | "div" | "min" | "max", a: ExprId, b: ExprId): ExprId {
    return this.pool.intern({ op, args: [a, b] }, number);
  }
  test(op: "eq" | "ne" | "lt" | "le" | "gt" | "ge" | "and" | "or", a: ExprId, b: ExprId): ExprId {
    return this.pool.intern({ op, args: [a, b] }, boolean);
  }
  not(a: ExprId): ExprId {
    return this.pool.intern({ op: "not", args: [a] }, boolean);
  }
  node(node: ExprNode, type: ValueType): ExprId {
    return this.pool.intern(node, type);
  }
  deed(action: number, ...args: ExprId[]): ExprId {
    return this.pool.intern({ op: "deed", action, args }, { kind: "deed" });
  }

  // ---- effects
  set(fluent: number, args: readonly ExprId[], low: ExprId, high?: ExprId): Effect {
    const value = high === undefined ? { low } : { low, high };
    return { kind: "set", place: { fluent, args }, value, span };
  }
  shift(fluent: number, args: readonly ExprId[], sign: 1 | -1, low: ExprId): Effect {
    return { kind: "shift", place: { fluent, args }, sign, value: { low }, span };
  }
  rate(fluent: number, args: readonly ExprId[], sign: 1 | -1, rate: ExprId): Flow {
    return { kind: "rate", place: { fluent, args }, sign, rate, span };
  }
  near(fluent: number, args: readonly ExprId[], goal: ExprId, over: ExprId): Flow {
    return { kind: "near", place: { fluent, args }, goal, over, span };
  }

  build(): World {
    return {
      ...blankWorld(this.pool, { ...this.story, entities: this.entities }),
      types: this.types,
      fluents: this.fluents,
      actions: this.actions,
      rules: this.rules,
      processes: this.processes,
      entities: this.entities,
      facts: this.facts,
    };
  }
}

/** People with blood and wounds that bleed, close and kill: what most tests of the kernel play. */
export function bleedingWorld(people = 2) {
  const w = new WorldBuilder();
  const person = w.type("person");
  const wound = w.type("wound");
  const blood = w.quantity("blood", person, 0, 1, 1);
  const pulse = w.quantity("pulse", person, 0, 220, 70);
  const alive = w.flag("alive", person, true);
  const awake = w.flag("awake", person, true);
  const bearer = w.fluent("bearer", wound, { type: entity(person) });
  const depth = w.quantity("depth", wound, 0, 10);
  const me = w.local(0);
  const lost = w.derived("lost", person, number, w.op("sub", w.n(1), w.get(blood, me)));
  w.process(
    "bleeding",
    [wound],
    w.test("and", w.test("gt", w.get(depth, me), w.n(0)), w.get(alive, w.get(bearer, me))),
    [
      w.rate(
        blood,
        [w.get(bearer, me)],
        -1,
        w.op(
          "div",
          w.op("mul", w.op("mul", w.get(depth, me), w.n(0.0001)), w.get(pulse, w.get(bearer, me))),
          w.n(70),
        ),
      ),
    ],
  );
  const faints = w.rule(
    "faints",
    [person],
    w.test("and", w.get(awake, me), w.test("gt", w.get(lost, me), w.n(0.4))),
    [w.set(awake, [me], w.b(false))],
  );
  const dies = w.rule(
    "dies",
    [person],
    w.test("and", w.get(alive, me), w.test("gt", w.get(lost, me), w.n(0.5))),
    [w.set(alive, [me], w.b(false)), w.set(awake, [me], w.b(false))],
  );
  const bind = w.action("bind", [person, wound], {
    takes: w.n(20),
    needs: w.get(awake, me),
    interruptedWhen: w.not(w.get(awake, me)),
    atEnd: [w.set(depth, [w.local(1)], w.n(0))],
  });
  const heal = w.action("heal", [person, wound], {
    until: w.test("eq", w.get(depth, w.local(1)), w.n(0)),
    needs: w.get(awake, me),
    whileLasting: [w.rate(depth, [w.local(1)], -1, w.n(0.05))],
  });
  for (let index = 0; index < people; index++) w.entity(`person${index}`, person);
  for (let index = 0; index < people; index++) {
    const self = w.local(0);
    w.entity(`wound${index}`, wound, [
      w.set(bearer, [self], w.e(index)),
      w.set(depth, [self], w.n(3), w.n(8)),
    ]);
  }
  w.story.endsAfter = 3600;
  return {
    w,
    person,
    wound,
    blood,
    pulse,
    alive,
    awake,
    bearer,
    depth,
    lost,
    faints,
    dies,
    bind,
    heal,
  };
}
