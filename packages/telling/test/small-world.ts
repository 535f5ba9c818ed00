/**
 * A world made by hand: Ana, Ben and a lamp. Enough for templates, claims, speech and eyes, without
 * a reader of texts and without an engine.
 */
import type { ChronicleReader, Occurrence, TrackReader } from "@fabula/chronicle";
import {
  type ActionSchema,
  ExpressionPool,
  type ExprId,
  type Fluent,
  type Span,
  type TextPart,
  type TypeDeclaration,
  type ValueType,
  type World,
} from "@fabula/model";

export const [worldEntity, ana, ben, lamp] = [0, 1, 2, 3];
const [thingType, personType, pronounType, worldType] = [1, 2, 3, 0];
export const fluents = { pronoun: 0, dying: 1, lit: 2, at: 3, fear: 4, touches: 5 } as const;
export const actions = { tell: 0, light: 1, ask: 2, stay: 3, wish: 4, nod: 5 } as const;

const span: Span = { source: "test", start: 0, end: 0, line: 1, column: 1 };
const person: ValueType = { kind: "entity", type: personType };
const thing: ValueType = { kind: "entity", type: thingType };
const boolean: ValueType = { kind: "boolean" };
const plainNumber: ValueType = { kind: "number", dimension: {} };

export class SmallWorld {
  readonly pool = new ExpressionPool();
  readonly world: World;

  constructor(pronouns: { ana?: number; ben?: number; lamp?: number } = {}) {
    const { pool } = this;
    const { ana: anas = 0, ben: bens = 1, lamp: lamps = 3 } = pronouns;
    const self = pool.intern({ op: "local", slot: 0 }, person);
    const set = (value: number) => ({
      kind: "set" as const,
      place: { fluent: fluents.pronoun, args: [self] },
      value: { low: pool.intern({ op: "constant", value }, { kind: "symbol", type: pronounType }) },
      span,
    });
    const entity = (id: number, name: string, title: string, type: number, pronoun: number) => ({
      id,
      name,
      title,
      type,
      facts: [set(pronoun)],
      span,
    });
    this.world = {
      expressions: pool,
      types: typeDeclarations(),
      fluents: this.#fluents(),
      actions: this.#actions(),
      rules: [],
      processes: [],
      expectations: [],
      inferences: [],
      reflexes: [],
      wants: [],
      minds: [],
      entities: [
        entity(worldEntity, "world", "world", worldType, 3),
        entity(ana, "ana", "Ana", personType, anas),
        entity(ben, "ben", "Ben", personType, bens),
        entity(lamp, "lamp", "the lamp", thingType, lamps),
      ],
      facts: [],
      texts: [],
      units: [{ name: "s", factor: 1, dimension: { time: 1 } }],
      calendar: { name: "common", parts: [{ name: "day", seconds: 86_400 }] },
      story: {
        name: "small",
        title: "A small story",
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
      },
      hash: "0000000000000000",
    };
  }

  /** The claim that a fluent holds of these (entities only). */
  claim(fluent: number, ...args: number[]): ExprId {
    const uses = args.map((arg) => this.pool.intern({ op: "entity", entity: arg }, thing));
    const type = this.world.fluents[fluent]?.type ?? boolean;
    return this.pool.intern({ op: "fluent", fluent, args: uses }, type);
  }

  not(claim: ExprId): ExprId {
    return this.pool.intern({ op: "not", args: [claim] }, boolean);
  }

  believes(who: number, claim: ExprId): ExprId {
    const subject = this.pool.intern({ op: "entity", entity: who }, person);
    return this.pool.intern({ op: "believes", args: [subject, claim] }, boolean);
  }

  over(claim: ExprId, value: number): ExprId {
    const limit = this.pool.intern({ op: "constant", value }, plainNumber);
    return this.pool.intern({ op: "gt", args: [claim, limit] }, boolean);
  }

  isNothing(claim: ExprId): ExprId {
    const nothing = this.pool.intern({ op: "entity", entity: -1 }, thing);
    return this.pool.intern({ op: "eq", args: [claim, nothing] }, boolean);
  }

  deed(action: number, ...args: number[]): ExprId {
    const uses = args.map((arg) => this.pool.intern({ op: "entity", entity: arg }, thing));
    return this.pool.intern({ op: "deed", action, args: uses }, { kind: "deed" });
  }

  /** `{0}` is local 0, `{0.they}` its form; locals of actions have the type of their parameter. */
  parts(text: string, types: readonly ValueType[]): TextPart[] {
    return text.split(/(\{\d[^}]*\})/).flatMap((piece): TextPart[] => {
      const hole = /^\{(\d)(?:\.(\w+))?\}$/.exec(piece);
      if (hole === null) return piece === "" ? [] : [{ kind: "plain", text: piece }];
      const slot = Number(hole[1]);
      const expr = this.pool.intern({ op: "local", slot }, types[slot] ?? person);
      return [{ kind: "value", expr, form: hole[2] ?? "" }];
    });
  }

  #fluents(): Fluent[] {
    const common = {
      owner: thingType,
      storage: "state",
      symmetric: false,
      private: false,
    } as const;
    const of = (id: number, name: string, type: ValueType, more: Partial<Fluent> = {}): Fluent => ({
      id,
      name,
      type,
      parameters: [],
      perceptions: [],
      ...common,
      ...more,
    });
    const dying = {
      said: this.parts("{0} {0.are} dying", [person]),
      unsaid: this.parts("{0} {0.are} not dying", [person]),
      asked: this.parts("{0.are} {0} dying", [person]),
    };
    return [
      of(fluents.pronoun, "pronoun", { kind: "symbol", type: pronounType }),
      of(fluents.dying, "dying", boolean, { wording: dying }),
      of(fluents.lit, "lit", boolean),
      of(fluents.at, "at", thing, {
        wording: { said: this.parts("{0} {0.are} at {1}", [person, thing]) },
      }),
      of(fluents.fear, "fear", plainNumber, {
        wording: { said: this.parts("{0} {0.are} afraid", [person]) },
      }),
      of(fluents.touches, "touches", boolean, { parameters: [{ name: "other", type: thing }] }),
    ];
  }

  #actions(): ActionSchema[] {
    const truth = this.pool.intern({ op: "constant", value: 1 }, boolean);
    const claim: ValueType = { kind: "claim" };
    const action = (
      id: number,
      name: string,
      types: readonly ValueType[],
      hearer: number,
      told: readonly string[],
      said?: string,
    ): ActionSchema => ({
      id,
      name,
      parameters: types.map((type, index) => ({ name: `p${index}`, type })),
      consents: [],
      needs: truth,
      atStart: [],
      whileLasting: [],
      atEnd: [],
      perceptions: [],
      told: told.map((text) => ({ parts: this.parts(text, types), span })),
      ...(said === undefined ? {} : { wording: { said: this.parts(said, types) } }),
      askable: false,
      hearer,
      says: [],
      shows: [],
      presupposes: [],
      span,
    });
    return [
      action(actions.tell, "tell", [person, person, claim], 1, ["“{2},” {0} say{0.s}."]),
      action(actions.light, "light", [person, thing], -1, ["{0} light{0.s} {1}."], "light {1}"),
      action(actions.ask, "ask", [person, person, claim], 1, ["'{2.asked}?' {0} ask{0.s} {1}."]),
      action(actions.stay, "stay", [person, person], -1, [], "stay with {1}"),
      action(actions.wish, "wish", [person, person], 1, [
        "“Next time,” {0} say{0.s}, “you and I.”",
      ]),
      action(actions.nod, "nod", [person, person], 1, ["{0} nod{0.s}."]),
    ];
  }
}

function typeDeclarations(): TypeDeclaration[] {
  const type = (id: number, name: string, parents: number[], minded = false) => ({
    id,
    name,
    parents,
    ancestors: [id, ...parents],
    minded,
    perceptions: [],
  });
  return [
    type(worldType, "world", []),
    type(thingType, "thing", []),
    type(personType, "person", [thingType], true),
    { ...type(pronounType, "pronouns", []), symbols: ["she", "he", "they", "it"] },
  ];
}

/** A chronicle of these occurrences; ids and the beginning (with the pronouns) are put in. */
export function chronicleOf(
  small: SmallWorld,
  occurrences: readonly Partial<Occurrence>[],
): ChronicleReader & TrackReader {
  const base = { schema: -1, args: [], perceived: [], writes: [], causes: [] };
  const beginning: Occurrence = {
    ...base,
    id: 0,
    time: 0,
    kind: "beginning",
    writes: small.world.entities.flatMap((entity) => pronounWrite(small, entity.id)),
  };
  const rest = occurrences.map(
    (one, index): Occurrence => ({ ...base, kind: "ended", time: 0, ...one, id: index + 1 }),
  );
  const all = [beginning, ...rest];
  return {
    count: all.length,
    get: (id) => {
      const found = all[id];
      if (found === undefined) throw new RangeError(`no occurrence ${id}`);
      return found;
    },
    bornOf: () => [],
    trackOf: () => [],
    endTime: all.at(-1)?.time ?? 0,
    hash: () => "0000000000000000",
  };
}

function pronounWrite(small: SmallWorld, entity: number) {
  const [fact] = small.world.entities[entity]?.facts ?? [];
  if (fact?.kind !== "set") return [];
  const node = small.pool.get(fact.value.low);
  const value = node.op === "constant" ? node.value : 3;
  return [{ fluent: fluents.pronoun, args: [entity], value, accumulates: false }];
}
