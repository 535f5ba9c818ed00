/**
 * The least that must change for a story to end as wanted, in a timed world: limited-discrepancy
 * search (Harvey and Ginsberg 1995) over the choices that are made. A discrepancy bars one deed that
 * somebody chose; the person then does what they had the next best reason for. Choices that were
 * close come first. Then come the circumstances that the author allows to be changed.
 *
 * Every answer is a list of lines as in a what-if, so that it can be played, and is tried on seeds
 * that the search has not seen.
 */
import type { Decision } from "@fabula/chronicle";
import { judge, type Simulation } from "@fabula/engine";
import { assertSound, type Odds, oddsOf } from "@fabula/lab";
import { describeExpression } from "@fabula/language";
import type { Intervention, Timed } from "@fabula/model";
import { type PathStep, pathOfChange } from "./change-path.js";
import {
  type Alternative,
  type Amount,
  alternativesTo,
  circumstanceAsks,
} from "./circumstances.js";
import type { OpenedStory, ReadQuestion } from "./opened-story.js";

export interface LeastChangeOptions {
  /** Share of runs in which it must end so, 0 .. 1. */
  readonly share: number;
  /** Seeds 1 .. of the search. */
  readonly seeds: number;
  /** Seeds that each answer is tried on, none of the search's. */
  readonly freshSeeds: number;
  /** Runs after which the search gives up. */
  readonly runsMax: number;
  /** Changes made together, at most. */
  readonly changesMax: number;
  /** Answers to find. */
  readonly wanted: number;
  /** Circumstances that may be changed beside the story's own, each as the lines of a what-if. */
  readonly allowed: readonly (readonly string[])[];
  readonly jitter: number;
}

export interface LeastChange {
  /** Lines as in a what-if. */
  readonly changes: readonly string[];
  /** What the author calls those of them that stand under a title in the story. */
  readonly titles: readonly string[];
  /**
   * How much it asks: what the choices were worth more than the next best; 10 a circumstance, and of
   * a number as much of it as it is moved by of its range.
   */
  readonly asks: number;
  /** On the fresh seeds, with the change and as the story is. */
  readonly odds: Odds;
  readonly before: Odds;
  /** A seed in which the change turns it. */
  readonly seed: number;
  readonly clock: string | null;
  /** From where the two runs part to the end as wanted, by causes. */
  readonly path: readonly PathStep[];
}

export interface LeastChangeAnswer {
  readonly found: boolean;
  readonly reason: string;
  /** As the story is, on the seeds of the search. */
  readonly base: Odds;
  /** What asks least first. */
  readonly answers: readonly LeastChange[];
  /** Runs that were played. */
  readonly runs: number;
  /** Sets of changes that were tried. */
  readonly tried: number;
}

interface Candidate extends Alternative {
  readonly changes: readonly Intervention[];
}

interface Turned {
  readonly candidate: Candidate;
  readonly seed: number;
}

/** Halvings of the way to the end of a number's range, and steps back where that was too little. */
const halvings = 6;
const widenings = 3;
/** Failing seeds that a set of changes must turn one of to be tried on all. */
const probesMax = 2;

/** Yields after each run, with how many there were; may be left at any time. */
export function* seekChange(
  story: OpenedStory,
  question: ReadQuestion,
  options: LeastChangeOptions,
): Generator<number, LeastChangeAnswer> {
  return yield* new Search(story, question, options).run();
}

class Search {
  readonly #timed: Timed;
  /** What the story and who asks let be otherwise. */
  #circumstances: readonly Candidate[] = [];
  /** Seeds of runs that do not end so. */
  #probes: readonly number[] = [];
  #runs = 0;
  #tried = 0;

  constructor(
    readonly story: OpenedStory,
    readonly question: ReadQuestion,
    readonly options: LeastChangeOptions,
  ) {
    const asked = question.question;
    this.#timed =
      asked.kind === "timed"
        ? asked.timed
        : { kind: "at", condition: asked.expr, moment: { kind: "end" } };
  }

  *run(): Generator<number, LeastChangeAnswer> {
    const { seeds, share, wanted, changesMax } = this.options;
    const holds = new Map<number, boolean>();
    const failing: Simulation[] = [];
    for (let seed = 1; seed <= seeds; seed += 1) {
      const run = this.#play(seed, []);
      holds.set(seed, run.holds);
      if (!run.holds && failing.length < probesMax) failing.push(run.simulation);
      yield this.#runs;
    }
    const base = oddsOf([...holds.values()].filter((one) => one).length, seeds);
    const end = (reason: string, found: readonly LeastChange[]): LeastChangeAnswer => {
      const answers = found.toSorted(
        (a, b) => a.changes.length - b.changes.length || a.asks - b.asks,
      );
      const holds = answers.length > 0 || base.estimate >= share;
      return { found: holds, reason, base, answers, runs: this.#runs, tried: this.#tried };
    };
    if (base.estimate >= share) return end("it ends so as it is", []);
    this.#probes = failing.map((one) => one.options.seed);
    const seen = new Set<string>();
    const choices = this.#choicesOf(failing, []);
    this.#circumstances = this.#allowedAt(this.#probes[0] ?? 1);
    const open = this.#fresh([...choices, ...this.#circumstances], seen);
    const answers: LeastChange[] = [];
    const answered: (readonly string[])[] = [];
    while (open.length > 0) {
      open.sort((a, b) => a.lines.length - b.lines.length || a.asks - b.asks);
      const candidate = open.shift() as Candidate;
      if (answered.some((lines) => lines.every((line) => candidate.lines.includes(line)))) continue;
      this.#tried += 1;
      const played: Simulation[] = [];
      let turned = false;
      for (const seed of this.#probes) {
        if (turned) break;
        const run = this.#play(seed, candidate.changes);
        if (run.holds) turned = true;
        else played.push(run.simulation);
        yield this.#runs;
      }
      if (turned) {
        const answer = yield* this.#confirm(candidate);
        if (answer !== undefined) {
          answers.push(answer);
          answered.push(candidate.lines);
        }
        if (answers.length >= wanted) return end("found", answers);
      }
      if (this.#isOver()) return end("stopped before all was tried", answers);
      if (candidate.lines.length < changesMax) {
        const further = turned ? [] : this.#choicesOf(played, candidate.lines);
        const both = [...further, ...choices, ...this.#circumstances].flatMap((one) =>
          this.#together(candidate, one),
        );
        open.push(...this.#fresh(both, seen));
      }
    }
    return end(answers.length > 0 ? "found" : "no change of so few brings it about", answers);
  }

  /** A seed that this turns; undefined where it holds in too few runs of the search. */
  *#turnedBy({ changes }: Candidate): Generator<number, number | undefined> {
    const { seeds, share } = this.options;
    let yes = 0;
    let turned: number | undefined;
    for (let at = 1; at <= seeds; at += 1) {
      if (this.#play(at, changes).holds) {
        yes += 1;
        if (this.#probes.includes(at)) turned ??= at;
      }
      yield this.#runs;
      if (yes + seeds - at < share * seeds) return undefined;
    }
    return turned;
  }

  /** How often it holds in fresh runs, where it suffices in those of the search. */
  *#confirm(candidate: Candidate): Generator<number, LeastChange | undefined> {
    const seed = yield* this.#turnedBy(candidate);
    if (seed === undefined) return undefined;
    const { amount } = candidate;
    if (amount !== undefined) return yield* this.#confirmLeast({ candidate, seed }, amount);
    return yield* this.#answer({ candidate, seed }, yield* this.#shareOf(candidate.changes, 0), 0);
  }

  /**
   * Of a number, how far towards the end of its range it must be moved. What is enough for the seeds
   * of the search and too little for fresh ones is gone beyond, by half of what is left, and tried
   * on others as fresh.
   */
  *#confirmLeast(whole: Turned, amount: Amount): Generator<number, LeastChange> {
    let { at, ...least } = yield* this.#narrowed(whole, amount);
    for (let block = 0; ; block += 1) {
      const odds = yield* this.#shareOf(least.candidate.changes, block);
      if (odds.estimate >= this.options.share || least.candidate === whole.candidate) {
        return yield* this.#answer(least, odds, block);
      }
      const further = block < widenings && !this.#isOver() ? roundWithin(at, amount.to) : undefined;
      const [candidate] = further === undefined ? [] : this.#candidate(amount.at(further));
      const seed = candidate === undefined ? undefined : yield* this.#turnedBy(candidate);
      least = candidate === undefined || seed === undefined ? whole : { candidate, seed };
      at = further ?? at;
    }
  }

  /** By halving what is left between what is too little and what is enough. */
  *#narrowed(
    { candidate, seed }: Turned,
    { from, to, at }: Amount,
  ): Generator<number, Turned & { readonly at: number }> {
    let least = from;
    let enough = { candidate, seed, at: to };
    for (let halving = 0; halving < halvings && !this.#isOver(); halving += 1) {
      const between = roundWithin(least, enough.at);
      const [other] = between === undefined ? [] : this.#candidate(at(between));
      if (between === undefined || other === undefined) break;
      const turned = yield* this.#turnedBy(other);
      if (turned === undefined) least = between;
      else enough = { candidate: other, seed: turned, at: between };
    }
    return enough;
  }

  #isOver(): boolean {
    return this.#runs >= this.options.runsMax;
  }

  /** On the seeds of a block behind those of the search. */
  *#shareOf(changes: readonly Intervention[], block: number): Generator<number, Odds> {
    const { freshSeeds, seeds } = this.options;
    const first = seeds + 1 + block * freshSeeds;
    let yes = 0;
    for (let seed = first; seed < first + freshSeeds; seed += 1) {
      if (this.#play(seed, changes).holds) yes += 1;
      yield this.#runs;
    }
    return oddsOf(yes, freshSeeds);
  }

  *#answer(turned: Turned, odds: Odds, block: number): Generator<number, LeastChange> {
    const { seed } = turned;
    const { asks, changes, lines, titles = [] } = turned.candidate;
    const { jitter } = this.options;
    const before = yield* this.#shareOf([], block);
    const { clock, path } = pathOfChange(this.story, this.#timed, changes, { seed, jitter });
    return { changes: lines, titles, asks, odds, before, seed, clock, path };
  }

  #play(seed: number, changes: readonly Intervention[]) {
    this.#runs += 1;
    const simulation = this.story.begin({ seed, changes, jitter: this.options.jitter });
    const holds = judge(simulation, [this.#timed])[0] === true;
    assertSound(simulation);
    return { simulation, holds };
  }

  /** One candidate a deed that was chosen in these runs, by the narrowest margin it won by. */
  #choicesOf(runs: readonly Simulation[], before: readonly string[]): Candidate[] {
    const asks = new Map<string, number>();
    for (const { chronicle } of runs) {
      for (let id = 0; id < chronicle.count; id += 1) {
        const decision = chronicle.decisionOf(id);
        if (decision === undefined || chronicle.kindOf(id) !== "decision") continue;
        if (decision.chosen < 0 || !isDeed(decision)) continue;
        const line = `forbid ${describeExpression(this.story.world, decision.chosen)}`;
        asks.set(line, Math.min(asks.get(line) ?? Number.POSITIVE_INFINITY, marginOf(decision)));
      }
    }
    return [...asks]
      .filter(([line]) => !before.includes(line))
      .flatMap(([line, asks]) => this.#candidate({ lines: [line], asks }));
  }

  /** `seed`: of the run that says what is as the story stands. */
  #allowedAt(seed: number): Candidate[] {
    const start = this.story.begin({ seed, changes: [], jitter: this.options.jitter });
    start.begin();
    const own = this.story.world.story.circumstances.flatMap((one) => alternativesTo(one, start));
    const asked = this.options.allowed.map((lines) => ({ lines, asks: circumstanceAsks }));
    return [...own, ...asked].flatMap((one) => this.#candidate(one));
  }

  /** [] where the lines do not read: what came to be in a run has no name in another. */
  #candidate(alternative: Alternative): Candidate[] {
    const read = this.story.readChanges(alternative.lines);
    return read.ok ? [{ ...alternative, changes: read.value }] : [];
  }

  #together(one: Candidate, other: Candidate): Candidate[] {
    const places = [...(one.places ?? []), ...(other.places ?? [])];
    const lines = [...one.lines, ...other.lines].sort();
    if (new Set(lines).size < lines.length || new Set(places).size < places.length) return [];
    const titles = [...(one.titles ?? []), ...(other.titles ?? [])];
    return this.#candidate({ lines, titles, asks: one.asks + other.asks, places });
  }

  #fresh(candidates: readonly Candidate[], seen: Set<string>): Candidate[] {
    return candidates.filter(({ lines }) => {
      const key = [...lines].sort().join("\n");
      return !seen.has(key) && seen.add(key);
    });
  }
}

/** The middle, to as few digits as lie between both; undefined where nothing does. */
function roundWithin(low: number, high: number): number | undefined {
  const middle = (low + high) / 2;
  for (let digits = 2; digits <= 6; digits += 1) {
    const rounded = Number(middle.toPrecision(digits));
    if (Math.abs(rounded - middle) < Math.abs(high - low) / 4) return rounded;
  }
  return undefined;
}

function isDeed({ outcome }: Decision): boolean {
  return ["acts", "intends", "grants", "answers"].includes(outcome);
}

/** What the chosen deed was worth more than the next best, or than doing nothing. */
function marginOf({ chosen, reasons, margin }: Decision): number {
  const own = reasons.find((reason) => reason.deed === chosen)?.gain;
  if (own === undefined) return Math.max(0, margin?.margin ?? 1);
  const others = reasons.filter((reason) => reason.deed !== chosen).map((reason) => reason.gain);
  return Math.max(0, own - Math.max(0, ...others));
}
