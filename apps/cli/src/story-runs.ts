/**
 * The tests of one story over its seeds, here or on several threads. Seeds are dealt out in
 * contiguous parts and tallies add up, so any number of threads gives the same result.
 */
import {
  addTallies,
  compileSource,
  engine,
  mergeResults,
  resultsOf,
  rowCasesOf,
  type Tally,
  type TestOptions,
  type TestResult,
  type TestSuite,
  tallySeeds,
  testCasesOf,
} from "fabula";
import { BadInput } from "./bad-input.js";
import { breathe, isInterrupted } from "./interruption.js";
import { findModulesFor } from "./story-input.js";
import { placeName, readTextFile } from "./text-file.js";
import { runOnThread } from "./thread.js";

export interface StoryRunOptions extends TestOptions {
  readonly workers: number;
}

/** What a thread is told: part 0 .. parts - 1 of the seeds of every suite of the file. */
export interface SeedJob {
  readonly file: string;
  readonly options: TestOptions;
  readonly part: number;
  readonly parts: number;
}

/** undefined: nothing in the file expects anything. */
export async function runStoryTests(
  file: string,
  options: StoryRunOptions,
  onProgress: (done: number, total: number) => void,
): Promise<TestResult[] | undefined> {
  const suites = openSuites(file, options);
  if (suites.length === 0) return undefined;
  const total = suites.reduce((sum, suite) => sum + seedsOf(suite), 0);
  let done = 0;
  const onSeed = () => {
    done += 1;
    onProgress(done, total);
  };
  const parts = Math.max(1, Math.min(options.workers, Math.max(...suites.map(seedsOf))));
  const jobs = Array.from(
    { length: parts },
    (_, part): SeedJob => ({ file, options, part, parts }),
  );
  const shares =
    parts === 1 ? [await runHere(suites, options, onSeed)] : await runThreads(jobs, onSeed);
  const name = placeName(file);
  const results = suites.flatMap((suite, index) => {
    const tallies = addTallies(shares.map((share) => share[index] ?? []));
    return resultsOf(name, suite.cases, tallies);
  });
  return mergeResults(results);
}

/** The story of the file and its rows, as far as they expect something; errors end the command. */
export function openSuites(file: string, options: TestOptions): TestSuite[] {
  const compiled = compileSource(readTextFile(file), findModulesFor(file));
  const { diagnostics, story, rows } = compiled;
  if (diagnostics.some((one) => one.severity === "error")) throw new BadInput(diagnostics);
  const suites: TestSuite[] = [];
  if (story?.world !== undefined) {
    suites.push({ world: story.world, cases: testCasesOf(story.world, options) });
  }
  for (const { id, title, world } of rows) {
    if (world !== undefined)
      suites.push({ world, cases: rowCasesOf({ id, title, world }, options) });
  }
  return suites.filter((suite) => suite.cases.length > 0);
}

/** One tally a case, for each suite, over this job's share of the seeds of each. */
export function tallyJob(
  suites: readonly TestSuite[],
  job: SeedJob,
  onSeed: () => void,
): Tally[][] {
  return suites.map((suite) => {
    const range = shareOf(seedsOf(suite), job);
    return tallySeeds(engine, suite.world, suite.cases, range, job.options.jitter, onSeed);
  });
}

async function runHere(
  suites: readonly TestSuite[],
  options: TestOptions,
  onSeed: () => void,
): Promise<Tally[][]> {
  const shares: Tally[][] = [];
  for (const { world, cases } of suites) {
    const parts: Tally[][] = [];
    for (let seed = 1; seed <= seedsOf({ world, cases }) && !isInterrupted(); seed += 1) {
      const range = { from: seed, to: seed + 1 };
      parts.push(tallySeeds(engine, world, cases, range, options.jitter));
      onSeed();
      await breathe();
    }
    shares.push(addTallies(parts));
  }
  return shares;
}

async function runThreads(jobs: readonly SeedJob[], onSeed: () => void): Promise<Tally[][][]> {
  const shares = await Promise.all(
    jobs.map((job) => runOnThread<SeedJob, Tally[][]>("./seed-worker.js", job, onSeed)),
  );
  return shares.filter((share) => share !== undefined);
}

function seedsOf(suite: TestSuite): number {
  return Math.max(...suite.cases.map((one) => one.runs));
}

/** Seeds 1 .. total in parts of nearly equal size. */
function shareOf(total: number, { part, parts }: SeedJob): { from: number; to: number } {
  return {
    from: 1 + Math.floor((total * part) / parts),
    to: 1 + Math.floor((total * (part + 1)) / parts),
  };
}
