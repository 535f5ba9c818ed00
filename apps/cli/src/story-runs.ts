/**
 * The tests of one story over its seeds, here or on several threads. Seeds are dealt out in
 * contiguous parts and tallies add up, so any number of threads gives the same result.
 */
import { Worker } from "node:worker_threads";
import {
  addTallies,
  type OpenedStory,
  ports,
  readStory,
  resultOf,
  type Tally,
  type TestOptions,
  type TestResult,
  tallySeeds,
  testCasesOf,
} from "fabula";
import { breathe, isInterrupted } from "./interruption.js";
import { findModulesFor, unwrap } from "./story-input.js";
import { placeName, readTextFile } from "./text-file.js";

export interface StoryRunOptions extends TestOptions {
  readonly workers: number;
}

/** Seeds `from` .. `to` - 1. */
export interface SeedRange {
  readonly from: number;
  readonly to: number;
}

/** What a thread is told; its answers are numbers (one more seed done) and then its tallies. */
export interface SeedJob extends SeedRange {
  readonly file: string;
  readonly options: TestOptions;
}

/** undefined: the file is a module or a story that expects nothing. */
export async function runStoryTests(
  file: string,
  options: StoryRunOptions,
  onProgress: (done: number, total: number) => void,
): Promise<TestResult[] | undefined> {
  const story = openForTests(file);
  if (story === undefined) return undefined;
  const cases = testCasesOf(story.world, options);
  if (cases.length === 0) return undefined;
  const total = Math.max(...cases.map((one) => one.runs));
  let done = 0;
  const onSeed = () => {
    done += 1;
    onProgress(done, total);
  };
  const parts = dealt(total, Math.min(options.workers, total));
  const tallies =
    parts.length === 1
      ? await runHere(story, options, total, onSeed)
      : addTallies(await Promise.all(parts.map((part) => runThread(file, options, part, onSeed))));
  const name = placeName(file);
  return cases.map((one, index) => {
    const tally = tallies[index] ?? { tried: 0, held: 0, failing: [] };
    return resultOf(name, one, tally);
  });
}

/** A story whose text is right; errors end the command. A module has no story to test. */
export function openForTests(file: string): OpenedStory | undefined {
  const source = readTextFile(file);
  if (!/^story\s/m.test(source.text)) return undefined;
  return unwrap(readStory(ports, source, findModulesFor(file)));
}

async function runHere(
  story: OpenedStory,
  options: TestOptions,
  total: number,
  onSeed: () => void,
): Promise<Tally[]> {
  const cases = testCasesOf(story.world, options);
  const parts: Tally[][] = [];
  for (let seed = 1; seed <= total && !isInterrupted(); seed += 1) {
    const range = { from: seed, to: seed + 1 };
    parts.push(tallySeeds(ports.engine, story.world, cases, range, options.jitter));
    onSeed();
    await breathe();
  }
  return addTallies(parts);
}

function runThread(
  file: string,
  options: TestOptions,
  range: SeedRange,
  onSeed: () => void,
): Promise<readonly Tally[]> {
  const job: SeedJob = { file, options, ...range };
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./seed-worker.js", import.meta.url), { workerData: job });
    worker.on("message", (message: number | readonly Tally[]) => {
      if (typeof message === "number") onSeed();
      else resolve(message);
    });
    worker.on("error", reject);
    worker.on("exit", (code) => reject(new Error(`a thread ended early with ${code}`)));
  });
}

/** 1 .. total in parts of nearly equal size. */
function dealt(total: number, parts: number): SeedRange[] {
  return Array.from({ length: parts }, (_, index) => ({
    from: 1 + Math.floor((total * index) / parts),
    to: 1 + Math.floor((total * (index + 1)) / parts),
  }));
}
