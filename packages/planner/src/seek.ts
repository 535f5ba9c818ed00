/**
 * Is there a story, with everyone in character, that ends like this? The public entry.
 * Whatever is printed as a story has passed the validator.
 */
import type { Diagnostic, DiscreteExpression, DiscreteProblem, SeekLimits } from "@fabula/model";
import { DivisionByZeroError } from "./ground/calculate.js";
import { ground } from "./ground/ground.js";
import type { GroundProblem } from "./ground/ground-problem.js";
import { AuthorSearch } from "./search/author-search.js";
import { MemoryLimitError } from "./search/int-table.js";
import { Reasons } from "./search/reasons.js";
import { shortenPlan } from "./search/shorten.js";
import { EndlessTriggerError } from "./search/transition.js";
import { InterruptedError, World } from "./search/world.js";
import { StoryBuilder } from "./story/build-story.js";
import type { Story } from "./story/story.js";
import { type Verdict, validate } from "./validate/validate.js";

export interface SeekProgress {
  readonly expanded: number;
  readonly generated: number;
  readonly open: number;
  /** Longest beginning of a story looked at. */
  readonly depth: number;
  readonly minds: number;
  readonly reasonNodes: number;
  readonly bytes: number;
  /** Actions of the best story so far; -1 for none. */
  readonly best: number;
}

export interface SeekOptions {
  /** The goal defaults to the initial utility rounded up, or one more if it is whole. */
  readonly limits?: Partial<SeekLimits>;
  /** Go on until the story is proven shortest, or that there is none. */
  readonly shortest?: boolean;
  /** Bytes that the search may use for its tables. */
  readonly bytesMax?: number;
  /** Asked every 256 nodes; false ends the search with what was found. */
  readonly mayGoOn?: (progress: SeekProgress) => boolean;
  readonly weight?: number;
  readonly penalty?: number;
}

export type SeekOutcome =
  | "found"
  /** Proven: there is none within the limits. */
  | "none"
  | "interrupted"
  | "memory"
  | "fault";

export interface NearestMiss {
  /** How far the story came that was nearest to the goal; absent where it is there at the start. */
  readonly plan: readonly string[];
  /** What would have helped, and who has no reason for it or believes it impossible. */
  readonly refused?: {
    readonly after: readonly string[];
    readonly action: string;
    readonly character: string;
    readonly why: "believes it impossible" | "has no reason";
  };
}

export interface SeekResult {
  readonly outcome: SeekOutcome;
  readonly found: boolean;
  readonly plan: readonly string[];
  readonly length: number;
  /** The validator's word on the story. */
  readonly valid: boolean;
  readonly verdict?: Verdict;
  readonly story?: Story;
  /** Whether the length is proven least. */
  readonly isShortest: boolean;
  /** In words: found, or why not. */
  readonly reason: string;
  readonly nearest?: NearestMiss;
  readonly limits: SeekLimits;
  readonly statistics: SeekProgress;
  readonly diagnostics: readonly Diagnostic[];
}

export const defaultLimits = {
  authorTemporalLimit: 10,
  characterTemporalLimit: 5,
  epistemicLimit: 2,
} as const;

const reachedAtStart =
  "no story: it is so at the start already, and nothing within the limits goes beyond that";

export const defaultBytesMax = 1_200_000_000;

/** Weight of the estimate and penalty of an undecided reason; see docs/planner.md, "Tuning". */
export const defaultWeight = 3;
export const defaultPenalty = 1;

/** The problem with another goal: the story must end with `condition` true. */
export function withGoal(problem: DiscreteProblem, condition: DiscreteExpression): DiscreteProblem {
  const number = (value: number): DiscreteExpression => {
    return { kind: "value", value: { kind: "number", value } };
  };
  const branches = [{ condition, then: number(1) }];
  return { ...problem, utility: { kind: "if", branches, otherwise: number(0) } };
}

export function seek(problem: DiscreteProblem, options: SeekOptions = {}): SeekResult {
  const grounding = ground(problem);
  if (grounding.ground === undefined) {
    return failure("fault", "the problem has errors", grounding.diagnostics);
  }
  return new Seeker(problem, grounding.ground, options).run();
}

class Seeker {
  private world: World | undefined;
  private search: AuthorSearch | undefined;
  private reasons: Reasons | undefined;
  private best: readonly number[] | undefined;
  private isShortest = false;

  constructor(
    private readonly problem: DiscreteProblem,
    private readonly ground: GroundProblem,
    private readonly options: SeekOptions,
  ) {}

  run(): SeekResult {
    try {
      this.findAny();
      if (this.best !== undefined && this.options.shortest === true) this.findShortest();
    } catch (error) {
      return this.afterError(error);
    }
    return this.best === undefined ? this.noStory() : this.found("found");
  }

  private findAny(): void {
    const { bytesMax = defaultBytesMax, weight = defaultWeight } = this.options;
    const limits = this.limitsOf(Number.NaN);
    this.world = new World(this.ground, { limits, bytesMax, mayGoOn: () => this.mayGoOn() });
    const given = this.options.limits?.goal;
    if (given === undefined) {
      const now = this.world.utility(this.world.transitions.root, -1);
      const goal = Number.isInteger(now) ? now + 1 : Math.ceil(now);
      this.world = this.world.withGoal(goal);
    }
    this.reasons = new Reasons(this.world, this.world.meter);
    const { penalty = defaultPenalty } = this.options;
    const lengthMax = limits.authorTemporalLimit;
    this.search = new AuthorSearch(this.world, this.reasons, { weight, penalty, lengthMax });
    const plan = this.search.run();
    if (plan !== undefined) this.best = shortenPlan(this.world, this.reasons, plan);
  }

  /** Looks for anything shorter, in order of length, with the memory of the first search. */
  private findShortest(): void {
    const lengthMax = this.best!.length - 1;
    const world = this.world!;
    const options = { weight: 0, penalty: 0.02, lengthMax };
    this.search = new AuthorSearch(world, this.reasons!, options);
    const plan = this.search.run();
    if (plan !== undefined) this.best = plan;
    this.isShortest = plan !== undefined || this.search.unproven === 0;
  }

  private limitsOf(goal: number): SeekLimits {
    return { ...defaultLimits, goal, ...this.options.limits };
  }

  private mayGoOn(): boolean {
    return this.options.mayGoOn?.(this.progress()) ?? true;
  }

  private progress(): SeekProgress {
    return {
      expanded: this.search?.expanded ?? 0,
      generated: this.search?.generated ?? 0,
      open: this.search?.openCount ?? 0,
      depth: this.search?.depth ?? 0,
      minds: this.world?.transitions.minds.size ?? 0,
      reasonNodes: this.reasons?.nodes ?? 0,
      bytes: this.world?.meter.used ?? 0,
      best: this.best?.length ?? -1,
    };
  }

  private found(outcome: SeekOutcome): SeekResult {
    const world = this.world!;
    const plan = this.best!;
    const story = new StoryBuilder(world, this.reasons!).build(plan);
    const verdict = story === undefined ? undefined : validate(this.problem, story, world.limits);
    const base = {
      outcome,
      found: verdict?.valid === true,
      plan: plan.map((action) => this.ground.actions[action]!.name),
      length: plan.length,
      valid: verdict?.valid === true,
      isShortest: this.isShortest,
      reason: this.foundText(verdict),
      limits: world.limits,
      statistics: this.progress(),
      diagnostics: [],
    };
    if (story === undefined || verdict === undefined) return base;
    return { ...base, story, verdict };
  }

  private foundText(verdict: Verdict | undefined): string {
    if (verdict === undefined || !verdict.valid) {
      const why = verdict?.failures[0]?.message ?? "a reason is missing";
      return `a plan was found that the validator refuses: ${why}`;
    }
    if (this.isShortest) return "found; proven shortest";
    return this.options.shortest === true ? "found; not proven shortest" : "found";
  }

  private noStory(): SeekResult {
    const world = this.world!;
    const { limits, transitions } = world;
    const { authorTemporalLimit } = limits;
    const vector = transitions.minds.vector(transitions.root);
    if (world.utility(transitions.root, -1) >= limits.goal && this.search!.unproven === 0) {
      const { nearest: _, ...base } = this.without("none", reachedAtStart);
      return base;
    }
    const outOfReach = world.bounds.authorDistance(vector) > authorTemporalLimit;
    const proven = this.search!.unproven === 0;
    const reason = outOfReach
      ? `no story: even if everybody did everything, the goal is out of reach within ${authorTemporalLimit}`
      : proven
        ? `no story within the limits: all that everybody has reasons for was tried${this.doubt()}`
        : "no story found, but some reasons could not be decided";
    return this.without(proven ? "none" : "interrupted", reason);
  }

  /** What is left to say where a refusal hung on which reasons others were given. */
  private doubt(): string {
    const { choices } = this.reasons!;
    return choices === 0 ? "" : ` (in ${choices} plans with one choice of the others' reasons)`;
  }

  private afterError(error: unknown): SeekResult {
    const interrupted = error instanceof InterruptedError;
    if (interrupted || isMemory(error)) {
      const outcome = interrupted ? "interrupted" : "memory";
      if (this.best !== undefined) return this.found(outcome);
      const reason = interrupted
        ? "out of budget before a story was found"
        : "out of memory before a story was found; allow more, or tighten the limits";
      return this.without(outcome, reason);
    }
    if (error instanceof EndlessTriggerError || error instanceof DivisionByZeroError) {
      const code = error instanceof EndlessTriggerError ? "FAB4134" : "FAB4132";
      const { message } = error;
      return failure("fault", message, [{ code, severity: "error", message }]);
    }
    throw error;
  }

  private without(outcome: SeekOutcome, reason: string): SeekResult {
    const nearest = this.search === undefined ? undefined : this.nearest();
    const base = {
      outcome,
      found: false,
      plan: [],
      length: -1,
      valid: false,
      isShortest: false,
      reason,
      limits: this.world?.limits ?? this.limitsOf(1),
      statistics: this.progress(),
      diagnostics: [],
    };
    return nearest === undefined ? base : { ...base, nearest };
  }

  private nearest(): NearestMiss {
    const nameOf = (action: number) => this.ground.actions[action]!.name;
    const plan = this.search!.nearestPlan().map(nameOf);
    const refusal = this.search!.refusal();
    if (refusal === undefined || refusal.character < 0) return { plan };
    const { transitions } = this.world!;
    const state = refusal.plan.reduce((at, a) => transitions.step(at, a), transitions.root);
    const mind = transitions.minds.inner(state, refusal.character);
    const refused = {
      after: refusal.plan.map(nameOf),
      action: nameOf(refusal.action),
      character: this.ground.entityNames[refusal.character]!,
      why: transitions.isPossible(mind, refusal.action)
        ? ("has no reason" as const)
        : ("believes it impossible" as const),
    };
    return { plan, refused };
  }
}

/** Our own limit, or the engine's: both end the search and not the process. */
function isMemory(error: unknown): boolean {
  if (error instanceof MemoryLimitError) return true;
  return error instanceof RangeError && /allocation|array length|size/i.test(error.message);
}

function failure(
  outcome: SeekOutcome,
  reason: string,
  diagnostics: readonly Diagnostic[],
): SeekResult {
  return {
    outcome,
    found: false,
    plan: [],
    length: -1,
    valid: false,
    isShortest: false,
    reason,
    limits: { ...defaultLimits, goal: 1 },
    statistics: {
      expanded: 0,
      generated: 0,
      open: 0,
      depth: 0,
      minds: 0,
      reasonNodes: 0,
      bytes: 0,
      best: -1,
    },
    diagnostics,
  };
}
