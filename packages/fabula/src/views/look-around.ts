/**
 * What one person has before them at a moment: themselves, whom and what they perceive, and what
 * else they have come to believe. Everything is told as that person believes it; of the truth only
 * that is asked whether something is in reach of their senses.
 */
import { type Simulation, sensesNow } from "@fabula/engine";
import { type ExprId, type Fluent, initialOf, literal, type Sense } from "@fabula/model";
import { type English, finishText, type Scene } from "@fabula/telling";

export interface Look {
  readonly clock: string;
  /** `You are pale.` */
  readonly self: readonly string[];
  /** Whom and what they perceive or have, persons first, and what is worth telling of it. */
  readonly here: readonly { readonly name: string; readonly notes: readonly string[] }[];
  /** What they have come to believe besides, the latest first. */
  readonly known: readonly { readonly clock: string; readonly text: string }[];
}

/** Confidence from which somebody is said to believe (and below 1 - it, to deny). */
const crisp = 0.6;

/** Of more things than this only the first born are looked at. */
const thingsMax = 2_000;

/** Changes nothing in the run. `english`: of this run. */
export function lookAround(simulation: Simulation, english: English, person: number): Look {
  return new Looking(simulation, english, person).look();
}

class Looking {
  /** What is told as perceived is not told again as remembered. */
  readonly #told = new Set<ExprId>();
  readonly #scene: Scene;

  constructor(
    readonly simulation: Simulation,
    readonly english: English,
    readonly person: number,
  ) {
    const at = Math.max(0, simulation.chronicle.count - 1);
    this.#scene = { at, speaker: -1, hearer: -1, said: false, you: person };
  }

  look(): Look {
    const { lexicon } = this.english;
    const here = this.#things().flatMap((thing) => {
      if (thing === this.person || !this.#isPlain(thing)) return [];
      const notes = this.#notesOn(thing);
      if (notes.length === 0 && !this.#isSeen(thing)) return [];
      const isPerson = lexicon.isPerson(thing);
      const all = isPerson ? notes : [...notes, ...this.#openNotesOn(thing)];
      return [{ isPerson, name: lexicon.nameOf(thing), notes: all }];
    });
    const persons = here.filter((one) => one.isPerson);
    const others = here.filter((one) => !one.isPerson);
    return {
      clock: lexicon.clockOf(this.simulation.now),
      self: this.#notesOn(this.person),
      here: [...persons, ...others].map(({ name, notes }) => ({ name, notes })),
      known: this.#known(),
    };
  }

  #things(): number[] {
    const { kernel, world } = this.simulation;
    const all = new Set<number>();
    for (const { id, ancestors, name } of world.types) {
      const isWidest = name !== "world" && ancestors.every((one) => one === id);
      if (isWidest) for (const thing of kernel.store.entitiesOf(id)) all.add(thing);
    }
    return [...all].sort((a, b) => a - b).slice(0, thingsMax);
  }

  /** What is not plain to everybody is there for who perceives that it is. */
  #isPlain(thing: number): boolean {
    const { types } = this.simulation.world;
    const own = types[this.english.reading.typeOf(thing)];
    const isVeiled = own?.ancestors.some((one) => (types[one]?.perceptions.length ?? 0) > 0);
    return !isVeiled || sensesNow(this.simulation, this.person, -1, [thing]).length > 0;
  }

  /** Seen or heard: what could be felt of somebody who is not there says nothing of them. */
  #isSeen(thing: number): boolean {
    return this.#fluentsOf(thing).some((fluent) => {
      const senses = fluent.parameters.length === 0 ? this.#senses(fluent, [thing]) : [];
      return senses.some((sense) => sense !== "felt");
    });
  }

  #senses(fluent: Fluent, args: readonly number[]): readonly Sense[] {
    if (fluent.perceptions.length === 0) return [];
    return sensesNow(this.simulation, this.person, fluent.id, args);
  }

  #fluentsOf(thing: number): Fluent[] {
    const { world } = this.simulation;
    const type = world.types[this.english.reading.typeOf(thing)];
    return world.fluents.filter((fluent) => type?.ancestors.includes(fluent.owner) ?? false);
  }

  /**
   * What is perceived of it and is not as it mostly is. Of what all know: where the person is, and
   * what is theirs.
   */
  #notesOn(thing: number): string[] {
    const notes = this.#fluentsOf(thing).flatMap((fluent) => {
      const args = this.#argumentsOf(fluent, thing);
      if (args === undefined) return [];
      if (this.#senses(fluent, args).length > 0) return this.#noteOn(fluent, args, () => true);
      if (!isOpen(fluent) || fluent.type.kind !== "entity") return [];
      if (thing === this.person) return this.#noteOn(fluent, args, () => true);
      if (this.english.lexicon.isPerson(thing)) return [];
      return this.#noteOn(fluent, args, (value) => value === this.person);
    });
    return [...new Set(notes)];
  }

  /** What all know of a thing that is there: it is empty. */
  #openNotesOn(thing: number): string[] {
    return this.#fluentsOf(thing).flatMap((fluent) =>
      isOpen(fluent) && fluent.type.kind === "boolean"
        ? this.#noteOn(fluent, [thing], () => true)
        : [],
    );
  }

  /** Of what stands between two, what stands between the thing and who looks. */
  #argumentsOf(fluent: Fluent, thing: number): number[] | undefined {
    const [parameter, ...others] = fluent.parameters;
    if (parameter === undefined) return [thing];
    if (others.length > 0 || parameter.type.kind !== "entity" || thing === this.person) {
      return undefined;
    }
    const own = this.simulation.world.types[this.english.reading.typeOf(this.person)];
    return own?.ancestors.includes(parameter.type.type) ? [thing, this.person] : undefined;
  }

  #noteOn(
    fluent: Fluent,
    args: readonly number[],
    isTold: (value: number) => boolean,
  ): readonly string[] {
    const pool = this.simulation.world.expressions;
    const written = args.map((arg) => {
      const type = Math.max(0, this.english.reading.typeOf(arg));
      return literal(pool, arg, { kind: "entity", type });
    });
    const expr = pool.intern({ op: "fluent", fluent: fluent.id, args: written }, fluent.type);
    const value = this.simulation.evaluateAs(this.person, expr);
    if (Number.isNaN(value) || value === this.#usual(fluent, args) || !isTold(value)) return [];
    if (fluent.type.kind === "boolean") return [this.#say(expr, value === 1)];
    const sides = [expr, literal(pool, value, fluent.type)] as const;
    return [this.#say(pool.intern({ op: "eq", args: sides }, { kind: "boolean" }), true)];
  }

  /** What it is unless a text says otherwise; undefined: that is drawn, or worked out. */
  #usual(fluent: Fluent, args: readonly number[]): number | undefined {
    const { storage, type } = fluent;
    if (storage === "derived") return type.kind === "boolean" ? 0 : undefined;
    const owner = this.english.reading.typeOf(args[0] ?? -1);
    const initial = initialOf(this.simulation.world.types, fluent, owner, args.slice(1));
    if (initial === undefined) return type.kind === "boolean" || type.kind === "number" ? 0 : -1;
    if (initial.high !== undefined) return undefined;
    const node = this.simulation.world.expressions.get(initial.low);
    return node.op === "constant" ? node.value : undefined;
  }

  #say(claim: ExprId, holds: boolean): string {
    this.#told.add(claim);
    return finishText(`${this.english.claims.clause(claim, holds, this.#scene)}.`);
  }

  /** From the chronicle: the latest of each claim. */
  #known(): Look["known"] {
    const { chronicle } = this.simulation;
    const known: { clock: string; text: string }[] = [];
    for (let id = chronicle.count - 1; id > 0; id -= 1) {
      const belief = chronicle.beliefOf(id);
      if (belief?.holder !== this.person || this.#told.has(belief.claim)) continue;
      const { after, claim } = belief;
      const text = this.#say(claim, after > 0.5);
      const isSure = after >= crisp || after <= 1 - crisp;
      if (isSure) known.push({ clock: this.english.lexicon.clockOf(chronicle.timeOf(id)), text });
    }
    return known;
  }
}

/** Known to all, and no computed thing. */
function isOpen({ parameters, perceptions, private: isPrivate, storage }: Fluent): boolean {
  return storage !== "derived" && !isPrivate && parameters.length + perceptions.length === 0;
}
