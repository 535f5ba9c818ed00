/**
 * A question to many runs: here, on threads, or on a fleet; with a store, what was answered once is
 * not done again. The answers are the same wherever they come from, and so is where to stop.
 */
import {
  type AnswerSeed,
  type Ask,
  type Batch,
  dealSeeds,
  type FindModules,
  lookEvery,
  recordModules,
  type StoryTexts,
} from "fabula";
import type { Answerer, BatchResult } from "fabula/node";
import { BadInput, badInput } from "./bad-input.js";
import { breathe, isInterrupted, onInterruption } from "./interruption.js";
import { Progress } from "./output.js";
import { findModulesFor } from "./story-input.js";
import { readTextFile } from "./text-file.js";
import { surveyThread } from "./threads.js";
import { locateStory } from "./world-library.js";

export interface SurveyFlags {
  readonly workers: number;
  readonly fleet?: string;
  readonly store?: string;
  readonly progress?: boolean;
}

export interface SurveyJob {
  readonly texts: StoryTexts;
  readonly ask: Ask;
  readonly seeds: Batch;
  /** Read already, where it was: answers here need no second reading. */
  readonly answer: AnswerSeed;
  /**
   * Whether these first answers, by seed, are enough. Asked at every multiple of `lookEvery` in the
   * order of the seeds, whoever came first, so that it stops at the same seed anywhere.
   */
  readonly isEnough?: (answers: readonly (readonly [number, string])[]) => boolean;
}

/** The texts of a story and of every module it asks for; `read` must ask for them. */
export function gatherTexts<T>(
  name: string,
  read: (texts: { story: StoryTexts["story"]; find: FindModules }) => T,
): { readonly texts: StoryTexts; readonly value: T } {
  const file = locateStory(name);
  const story = readTextFile(file);
  const { find, modules } = recordModules(findModulesFor(file));
  const value = read({ story, find });
  return { texts: { story, modules }, value };
}

/** Answers by seed, ascending; fewer than asked for where enough or interrupted. */
export async function runSurvey(job: SurveyJob, flags: SurveyFlags): Promise<Map<number, string>> {
  const collected = await Collected.open(job, flags);
  try {
    if (!collected.isEnough) {
      const { fleet, workers } = flags;
      if (fleet === undefined) await collected.answerHere(workers > 1 ? aloneMs : Infinity);
      if (!collected.isEnough && !isInterrupted()) await collected.answerElsewhere();
    }
    return collected.finish();
  } finally {
    collected.close();
  }
}

/** Threads have to read the story first: what takes less than this is answered without them. */
const aloneMs = 1000;

/** How often what was answered goes to disk. */
const flushMs = 1000;

class Collected {
  readonly #answers: Map<number, string>;
  readonly #unsaved: [number, string][] = [];
  readonly #progress: Progress;
  #flushedAt = Date.now();
  #enough: number | undefined;
  /** The answers of the first seeds, without a gap. */
  readonly #first: [number, string][] = [];

  private constructor(
    private readonly job: SurveyJob,
    private readonly flags: SurveyFlags,
    private readonly hash: string,
    private readonly store: import("fabula/node").Store | undefined,
  ) {
    this.#answers = store?.answersOf(hash, job.seeds) ?? new Map();
    this.#progress = new Progress("runs", flags.progress === true, this.#answers.size);
    this.#look();
  }

  static async open(job: SurveyJob, flags: SurveyFlags): Promise<Collected> {
    if (flags.store === undefined && flags.fleet === undefined) {
      return new Collected(job, flags, "", undefined);
    }
    const { Store, surveyHash } = await import("fabula/node");
    const { texts, ask } = job;
    const hash = surveyHash({ texts, ask });
    if (flags.store === undefined) return new Collected(job, flags, hash, undefined);
    const store = Store.open(flags.store);
    const story = texts.story.name;
    store.putSurvey({ id: hash, kind: ask.kind, story, asked: JSON.stringify(ask) });
    return new Collected(job, flags, hash, store);
  }

  get isEnough(): boolean {
    return this.#enough !== undefined || this.#answers.size === this.total;
  }

  get total(): number {
    return this.job.seeds.to - this.job.seeds.from;
  }

  /** For so many milliseconds. */
  async answerHere(most: number): Promise<void> {
    const { from, to } = this.job.seeds;
    const end = performance.now() + most;
    for (let seed = from; seed < to && performance.now() < end; seed += 1) {
      if (isInterrupted() || this.isEnough) return;
      if (this.#answers.has(seed)) continue;
      this.#take({ from: seed, to: seed + 1 }, [this.job.answer(seed)]);
      await breathe();
    }
  }

  async answerElsewhere(): Promise<void> {
    const { runBatches } = await import("fabula/node");
    const interrupted = new AbortController();
    onInterruption(() => interrupted.abort());
    const batches = dealSeeds(this.job.seeds, (seed) => this.#answers.has(seed));
    const { answerer, atOnce, survey } = await this.#answerer();
    const onResult = (batch: Batch, result: BatchResult) => {
      if (result.kind === "wrong") throw new BadInput(result.diagnostics);
      this.#take(batch, result.answers);
      return !this.isEnough;
    };
    try {
      await runBatches(answerer, {
        survey,
        batches,
        atOnce,
        signal: interrupted.signal,
        onResult,
      });
    } finally {
      await answerer.close();
    }
  }

  /** In order of the seeds, no more than enough. What is left goes to disk first. */
  finish(): Map<number, string> {
    this.#flush();
    this.#progress.end();
    const answers = this.#inOrder();
    return this.#enough === undefined ? answers : new Map([...answers].slice(0, this.#enough));
  }

  close(): void {
    this.#progress.end();
    this.store?.close();
  }

  async #answerer(): Promise<{ answerer: Answerer; atOnce: number; survey: string }> {
    const { texts, ask } = this.job;
    const content = { texts, ask };
    const { fleet } = this.flags;
    if (fleet !== undefined) {
      const { connectFleet, engineHash } = await import("fabula/node");
      const options = { url: fleet, engine: engineHash() };
      const answerer = await connectFleet(options, new Map([[this.hash, content]])).catch(
        (error: unknown) => {
          throw unreachable(fleet, error);
        },
      );
      if ((await answerer.countMachines()) === 0) {
        process.stderr.write(`no worker of this Fabula listens yet: fabula worker ${fleet}\n`);
      }
      return { answerer, atOnce: 2000, survey: this.hash };
    }
    const { batchesHeld, besideThisThread, createThreads } = await import("fabula/node");
    const others = this.flags.workers - 1;
    const threads = createThreads(surveyThread, others, () => content);
    const answerer = besideThisThread(threads, this.job.answer);
    return { answerer, atOnce: 1 + others * batchesHeld, survey: this.hash };
  }

  #take({ from, to }: Batch, answers: readonly string[]): void {
    for (let seed = from; seed < to; seed += 1) {
      const answer = answers[seed - from];
      if (answer === undefined || this.#answers.has(seed)) continue;
      this.#answers.set(seed, answer);
      this.#unsaved.push([seed, answer]);
    }
    this.#look();
    if (Date.now() - this.#flushedAt >= flushMs) this.#flush();
    this.#progress.update(this.#answers.size, this.total);
  }

  #look(): void {
    const { isEnough, seeds } = this.job;
    if (isEnough === undefined) return;
    for (let seed = seeds.from + this.#first.length; this.#enough === undefined; seed += 1) {
      const answer = this.#answers.get(seed);
      if (answer === undefined) return;
      const count = this.#first.push([seed, answer]);
      if (count % lookEvery === 0 && isEnough(this.#first)) this.#enough = count;
    }
  }

  #inOrder(): Map<number, string> {
    return new Map([...this.#answers].sort(([a], [b]) => a - b));
  }

  #flush(): void {
    this.#flushedAt = Date.now();
    if (this.store === undefined || this.#unsaved.length === 0) return;
    this.store.putAnswers(this.hash, this.#unsaved);
    this.#unsaved.length = 0;
    this.#progress.stored(this.#answers.size, this.total);
  }
}

function unreachable(url: string, error: unknown): Error {
  if (!(error instanceof Error) || error.name !== "FleetUnreachable") return error as Error;
  return badInput(
    "FAB7009",
    `no Redis answers at ${url}: ${error.message}`,
    "start one (redis-server), or use --workers",
  );
}
