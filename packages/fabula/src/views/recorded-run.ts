/**
 * One run, played to its end and kept for looking at: its chronicle, its words, and whether each
 * belief was true when it was formed. What every view of a story is made from; pure.
 */
import type { Chronicle, OccurrenceId } from "@fabula/chronicle";
import type { Simulation } from "@fabula/engine";
import { assertSound, type RunOptions } from "@fabula/lab";
import type { ExprId } from "@fabula/model";
import { createEnglish, type English, type OccurrenceWords, ReplayedState } from "@fabula/telling";
import { createCarriedWords } from "../carried.js";
import type { OpenedStory } from "../opened-story.js";
import { createWords } from "../words.js";

/** How far a run has come: milliseconds since the epoch, and occurrences so far. */
export interface RunProgress {
  readonly time: number;
  readonly occurrences: number;
}

/** Occurrences between two reports of progress. */
const reportEvery = 200;

export class RecordedRun {
  readonly words: OccurrenceWords;
  /** What carried the quantities that an occurrence read: sentences. */
  readonly carried: (id: OccurrenceId) => readonly string[];
  readonly #truths = new Map<OccurrenceId, boolean>();

  private constructor(
    readonly story: OpenedStory,
    readonly options: RunOptions,
    readonly simulation: Simulation,
  ) {
    this.words = createWords(simulation);
    this.carried = createCarriedWords(simulation);
  }

  /**
   * Plays in slices, so that a host can show progress and give up: stop iterating to cancel. Throws
   * a StoryFault where the text goes wrong on the way.
   */
  static *play(story: OpenedStory, options: RunOptions): Generator<RunProgress, RecordedRun> {
    const simulation = story.begin(options);
    const run = new RecordedRun(story, options, simulation);
    simulation.begin();
    let reported = 0;
    let seen = 0;
    do {
      seen = run.#noteTruths(seen);
      if (seen - reported < reportEvery) continue;
      reported = seen;
      yield { time: simulation.now, occurrences: seen };
    } while (simulation.step());
    run.#noteTruths(seen);
    assertSound(simulation);
    return run;
  }

  /** Plays at once. */
  static of(story: OpenedStory, options: RunOptions): RecordedRun {
    const playing = RecordedRun.play(story, options);
    for (;;) {
      const { done, value } = playing.next();
      if (done) return value;
    }
  }

  get chronicle(): Chronicle {
    return this.simulation.chronicle;
  }

  /** Whether what is believed (or doubted) by this occurrence was so; undefined: no belief, or open. */
  isTrue(id: OccurrenceId): boolean | undefined {
    return this.#truths.get(id);
  }

  /** The words for persons and claims as they stood at any time; a cursor of its own. */
  createEnglish(): English {
    return createEnglish(new ReplayedState(this.simulation.world, this.chronicle));
  }

  /** Truth of a closed proposition now: undefined where it is unknown or no proposition. */
  static truthOf(simulation: Simulation, claim: ExprId): boolean | undefined {
    if (simulation.world.expressions.typeOf(claim).kind !== "boolean") return undefined;
    const value = simulation.evaluateNow(claim);
    return Number.isNaN(value) ? undefined : value !== 0;
  }

  #noteTruths(from: number): number {
    const { chronicle, simulation } = this;
    for (let id = from; id < chronicle.count; id += 1) {
      const belief = chronicle.beliefOf(id);
      if (belief === undefined) continue;
      const holds = RecordedRun.truthOf(simulation, belief.claim);
      if (holds !== undefined) this.#truths.set(id, belief.after > 0.5 === holds);
    }
    return chronicle.count;
  }
}
