/** The expectations of a file, its story's and its rows': the survey behind `test`. */
import {
  addTallies,
  engine,
  isSure,
  mergeResults,
  noTally,
  resultsOf,
  rowCasesOf,
  type Tally,
  type TestOptions,
  type TestResult,
  type TestSuite,
  tallySeeds,
  testCasesOf,
} from "@fabula/lab";
import { compileSource } from "@fabula/language";
import type { FindModules, SourceText } from "@fabula/model";
import type { Read } from "../opened-story.js";
import type { AnswerSeed } from "./answer-seed.js";

export interface TestAsk {
  readonly kind: "tests";
  readonly options: TestOptions;
}

/** The story of the file and its rows, as far as they expect something. */
export function readSuites(
  source: SourceText,
  find: FindModules,
  options: TestOptions,
): Read<readonly TestSuite[]> {
  const { diagnostics, story, rows } = compileSource(source, find);
  if (diagnostics.some((one) => one.severity === "error")) return { ok: false, diagnostics };
  const suites: TestSuite[] = [];
  if (story?.world !== undefined) {
    suites.push({ world: story.world, cases: testCasesOf(story.world, options) });
  }
  for (const { id, title, world } of rows) {
    if (world !== undefined) {
      suites.push({ world, cases: rowCasesOf({ id, title, world }, options) });
    }
  }
  const asking = suites.filter((suite) => suite.cases.length > 0);
  return { ok: true, value: withoutSettled(asking, options.settled ?? []), diagnostics };
}

/** The same cases under the same numbers; those that are settled ask for no seed. */
export function withoutSettled(
  suites: readonly TestSuite[],
  settled: readonly number[],
): readonly TestSuite[] {
  if (settled.length === 0) return suites;
  let next = 0;
  return suites.map(({ world, cases }) => ({
    world,
    cases: cases.map((one) => (settled.includes(next++) ? { ...one, runs: 0 } : one)),
  }));
}

/** Numbers of the cases, over all suites, whose answers so far leave no doubt. */
export function settledCases(
  suites: readonly TestSuite[],
  answers: ReadonlyMap<number, string>,
): number[] {
  const cases = suites.flatMap((suite) => suite.cases);
  return cases.flatMap((one, index) => {
    const tallies = [...answers].map(([seed, letters]) => tallyOf(seed, letters[index]));
    const [sum] = addTallies([[noTally], ...tallies.map((tally) => [tally])]);
    return sum !== undefined && isSure(sum, one.share) ? [index] : [];
  });
}

/** Seeds that the longest case of any suite asks for. */
export function seedsAskedBy(suites: readonly TestSuite[]): number {
  return Math.max(0, ...suites.flatMap((suite) => suite.cases.map((one) => one.runs)));
}

export function testSurvey(
  source: SourceText,
  find: FindModules,
  { options }: TestAsk,
): Read<AnswerSeed> {
  const suites = readSuites(source, find, options);
  if (!suites.ok) return suites;
  const value = answerSuites(suites.value, options.jitter);
  return { ok: true, value, diagnostics: suites.diagnostics };
}

/** A letter a case: `1` it holds, `0` it does not, `-` not asked of this seed. */
export function answerSuites(suites: readonly TestSuite[], jitter: number): AnswerSeed {
  return (seed) => suites.flatMap((suite) => answersOf(suite, seed, jitter)).join("");
}

function answersOf({ world, cases }: TestSuite, seed: number, jitter: number): string[] {
  if (!cases.some((one) => seed <= one.runs)) return cases.map(() => "-");
  const tallies = tallySeeds(engine, world, cases, { from: seed, to: seed + 1 }, jitter);
  return tallies.map((tally) => (tally.tried === 0 ? "-" : String(tally.held)));
}

/** One result a case. `answers`: by seed, from the texts of the survey. */
export function testResults(
  name: string,
  suites: readonly TestSuite[],
  answers: ReadonlyMap<number, string>,
): TestResult[] {
  let next = 0;
  const results = suites.flatMap(({ cases }) => {
    const first = next;
    next += cases.length;
    const tallies = addTallies([
      cases.map(() => noTally),
      ...[...answers].map(([seed, letters]) =>
        cases.map((_, index) => tallyOf(seed, letters[first + index])),
      ),
    ]);
    return resultsOf(name, cases, tallies);
  });
  return mergeResults(results);
}

function tallyOf(seed: number, letter: string | undefined): Tally {
  if (letter === "1") return { tried: 1, held: 1, failing: [] };
  return letter === "0" ? { tried: 1, held: 0, failing: [seed] } : noTally;
}
