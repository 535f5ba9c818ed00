/**
 * What there is to say and to ask, generated from beliefs and wants: no lists of topics. A claim is
 * worth telling when I hold it, think the hearer does not, and a want of mine looks at what the
 * hearer believes of it, or something the hearer wants or expects hangs on it.
 *
 * What somebody's weighing hangs on is kept in parts, one of their wants and one of each law they
 * expect by: a change makes the parts anew that look at it, and as long as the same atoms come out
 * whatever was made of them still holds.
 */
import type { Expectation, ExpressionPool, ExprId, FluentId } from "@fabula/model";
import { Special } from "../beliefs/atoms.js";
import type { Writer } from "../beliefs/writer.js";
import { confidenceIn } from "../learning/learn.js";
import type { Evaluator } from "../reading/evaluator.js";
import { isSameList, Nodes } from "../reading/nodes.js";
import { eachTuple } from "../reading/tuples.js";
import type { Wants } from "./wants.js";

/** How sure I am of what I say. */
const HELD_LEAST = 0.75;
/** Above this I think the hearer holds it already. */
const HELD_BY_HEARER = 0.8;
const UNCERTAIN_LOW = 0.02;
const UNCERTAIN_HIGH = 0.98;

export class Candidates {
  /** By perspective. */
  readonly #relevant: Nodes<readonly number[]>;
  /** By perspective: of the wants, then of each expectation. */
  readonly #parts: Nodes<readonly number[]>;
  /** By the perspective of who speaks on who hears. */
  readonly #tellable: Nodes<readonly ExprId[]>;
  /** By the perspective of who asks. */
  readonly #askable: Nodes<readonly ExprId[]>;
  #saidByName: ReadonlySet<FluentId> | undefined;

  constructor(
    readonly reader: Evaluator,
    readonly wants: Wants,
    readonly writer: Writer,
  ) {
    this.#relevant = new Nodes(reader, (place) => this.#findRelevant(place), isSameList);
    this.#parts = new Nodes(reader, (place) => this.#findPart(place), isSameList);
    this.#tellable = new Nodes(reader, (place) => this.#findTellable(place), isSameList);
    this.#askable = new Nodes(reader, (place) => this.#findAskable(place), isSameList);
  }

  /** Claims (denials where `negated`) that `person` could tell the hearer, in a fixed order. */
  tellable(person: number, hearer: number): readonly ExprId[] {
    const chain = this.reader.space.perspectives;
    return this.#tellable.get(chain.extend(chain.root(person), hearer));
  }

  #findTellable(theirs: number): readonly ExprId[] {
    const { reader } = this;
    const chain = reader.space.perspectives;
    const person = chain.rootOf(theirs);
    const hearer = chain.lastOf(theirs);
    const own = chain.root(person);
    const found = new Set<ExprId>();
    const wanted = new Set<ExprId>();
    for (const claim of this.#about(person, hearer, wanted)) {
      const mine = confidenceIn(reader, own, claim);
      const held = confidenceIn(reader, theirs, claim);
      const isNews = mine >= HELD_LEAST && held < HELD_BY_HEARER;
      const isDenial = mine <= 1 - HELD_LEAST && held > 1 - HELD_BY_HEARER;
      if (!isNews && !isDenial) continue;
      const said = isNews ? claim : reader.grounder.not(claim);
      const heart = this.#heartOf(claim);
      if (heart < 0 || (wanted.has(said) && !this.#isSaidByName(heart))) found.add(said);
    }
    return [...found].sort((a, b) => reader.grounder.compare(a, b));
  }

  /** Claims uncertain to the person on which a want or expectation of theirs hangs. */
  askable(person: number): readonly ExprId[] {
    return this.#askable.get(this.reader.space.perspectives.root(person));
  }

  #findAskable(own: number): readonly ExprId[] {
    const { reader } = this;
    const found: ExprId[] = [];
    for (const atom of this.relevant(own)) {
      const claim = this.writer.plainClaim(atom);
      if (this.#heartOf(claim) >= 0) continue;
      const p = confidenceIn(reader, own, claim);
      if (p > UNCERTAIN_LOW && p < UNCERTAIN_HIGH) found.push(claim);
    }
    return found.sort((a, b) => reader.grounder.compare(a, b));
  }

  /** What the person wants, as claims: what one can ask another to see to. */
  wanted(person: number): readonly ExprId[] {
    const { reader } = this;
    const own = reader.space.perspectives.root(person);
    const found = new Set<ExprId>();
    for (const aim of this.wants.of(own)) {
      const claim = reader.grounder.claim(aim.claim, aim.locals);
      if (reader.world.expressions.typeOf(claim).kind === "boolean") found.add(claim);
    }
    return [...found].sort((a, b) => reader.grounder.compare(a, b));
  }

  /** Claims the person's weighing hangs on, as they stand for that person: held or denied. */
  reasonsOf(perspective: number): readonly ExprId[] {
    const { reader } = this;
    const found: ExprId[] = [];
    for (const atom of this.relevant(perspective)) {
      const claim = this.writer.plainClaim(atom);
      if (this.#heartOf(claim) >= 0) continue;
      const p = confidenceIn(reader, perspective, claim);
      if (p >= HELD_LEAST) found.push(claim);
      else if (p <= 1 - HELD_LEAST) found.push(reader.grounder.not(claim));
    }
    return found.sort((a, b) => reader.grounder.compare(a, b));
  }

  /** Boolean atoms that the wants and expectations of the chain's last person look at. */
  relevant(perspective: number): readonly number[] {
    return this.#relevant.get(perspective);
  }

  #findRelevant(perspective: number): readonly number[] {
    const parts = 1 + this.reader.world.expectations.length;
    const found = new Set<number>();
    for (let part = 0; part < parts; part++) {
      for (const atom of this.#parts.get(perspective * parts + part)) found.add(atom);
    }
    return [...found];
  }

  #findPart(place: number): readonly number[] {
    const { reader } = this;
    const parts = 1 + reader.world.expectations.length;
    const perspective = Math.floor(place / parts);
    const law = reader.world.expectations[(place % parts) - 1];
    const found = new Set<number>();
    const outer = reader.tracer;
    const outlookOf = reader.outlookOf;
    reader.tracer = (at, atom) => {
      if (at === perspective && this.#isSayable(atom)) found.add(atom);
    };
    reader.outlookOf = () => 0.5;
    if (law !== undefined) this.#traceLaw(perspective, law);
    else for (const aim of this.wants.of(perspective)) this.wants.valueOf(perspective, aim);
    reader.outlookOf = outlookOf;
    reader.tracer = outer;
    return [...found];
  }

  #traceLaw(perspective: number, law: Expectation): void {
    const { reader } = this;
    const person = reader.space.perspectives.lastOf(perspective);
    const holder = law.parameters[0]?.type;
    const type = reader.population.typeOf(person);
    if (holder?.kind !== "entity" || !reader.population.isA(type, holder.type)) return;
    const tracer = reader.tracer;
    reader.tracer = undefined;
    const tuples: number[][] = [];
    eachTuple(reader, perspective, law.parameters, 1, law.where, [person], (locals) => {
      tuples.push(locals.slice());
    });
    reader.tracer = tracer;
    for (const locals of tuples) reader.soft(perspective, law.when, locals);
  }

  /**
   * The private fluent that the claim is about; -1 none. Those are said and asked only by acts that
   * name them; one that no act names is told by who wants the hearer to believe it.
   */
  #heartOf(claim: ExprId): FluentId {
    const { expressions, fluents } = this.reader.world;
    const fluent = fluentOf(expressions, claim);
    return fluents[fluent]?.private === true ? fluent : -1;
  }

  #isSaidByName(fluent: FluentId): boolean {
    if (this.#saidByName === undefined) {
      const { actions, expressions } = this.reader.world;
      const said = actions.flatMap(({ says }) =>
        says.map(({ claim }) => fluentOf(expressions, claim)),
      );
      this.#saidByName = new Set(said);
    }
    return this.#saidByName.has(fluent);
  }

  #isSayable(atom: number): boolean {
    const special = this.reader.atoms.specialOf(atom);
    return special < 0 || special === Special.claim || special === Special.intends;
  }

  /** Positive claims worth a thought between the two; `wanted`: is given what they should believe. */
  #about(person: number, hearer: number, wanted: Set<ExprId>): Set<ExprId> {
    const { reader } = this;
    const { perspectives: chain } = reader.space;
    const own = chain.root(person);
    const about = new Set<ExprId>();
    for (const aim of this.wants.of(own)) {
      const claim = reader.grounder.claim(aim.claim, aim.locals);
      this.#believedBy(claim, own, hearer, about);
      this.#toBeBelieved(claim, own, hearer, wanted);
    }
    for (const atom of this.relevant(chain.extend(own, hearer))) {
      about.add(this.writer.plainClaim(atom));
    }
    reader.log.note(1 + Special.reasonGiven);
    for (const atom of reader.atoms.ofSpecial(Special.reasonGiven)) {
      const key = reader.keyRead(own, atom);
      if (reader.space.odds(key) === 0 || reader.space.value(key) !== hearer) continue;
      const claim = reader.atoms.argsOf(atom)[0] as ExprId;
      const node = reader.world.expressions.get(claim);
      about.add(node.op === "not" ? node.args[0] : claim);
    }
    return about;
  }

  /** What the hearer believes where the claim holds, whatever else it says. */
  #toBeBelieved(claim: ExprId, own: number, hearer: number, found: Set<ExprId>): void {
    const { reader } = this;
    const node = reader.world.expressions.get(claim);
    switch (node.op) {
      case "believes":
      case "confidence":
        if (reader.soft(own, node.args[0], []) === hearer) found.add(node.args[1]);
        return;
      case "gt":
      case "ge":
        return this.#toBeBelieved(node.args[0], own, hearer, found);
      case "and":
      case "or":
        for (const arg of node.args) this.#toBeBelieved(arg, own, hearer, found);
    }
  }

  /** What a claim says that the hearer believes. */
  #believedBy(claim: ExprId, own: number, hearer: number, about: Set<ExprId>): void {
    const { reader } = this;
    const node = reader.world.expressions.get(claim);
    switch (node.op) {
      case "believes":
      case "confidence":
        if (reader.soft(own, node.args[0], []) === hearer) {
          const inner = reader.world.expressions.get(node.args[1]);
          about.add(inner.op === "not" ? inner.args[0] : node.args[1]);
        }
        return;
      case "not":
      case "and":
      case "or":
      case "if":
      case "add":
      case "sub":
      case "mul":
      case "gt":
      case "ge":
      case "lt":
      case "le":
        for (const arg of node.args) this.#believedBy(arg, own, hearer, about);
    }
  }
}

/** What a claim is about: the fluent, or what a comparison has on its left; -1 none. */
function fluentOf(pool: ExpressionPool, claim: ExprId): FluentId {
  let node = pool.get(claim);
  while (["claim", "not", "eq", "ne"].includes(node.op) && "args" in node) {
    node = pool.get(node.args[0] as ExprId);
  }
  return node.op === "fluent" ? node.fluent : -1;
}
