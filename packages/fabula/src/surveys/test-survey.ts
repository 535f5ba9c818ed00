/** The expectations of a file, its story's and its rows': the survey behind `test`. */
import {
  addTallies,
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
} from "@fabula/lab";
import { compileSource } from "@fabula/language";
import type { FindModules, SourceText } from "@fabula/model";
import type { Read } from "../opened-story.js";
import type { AnswerSeed } from "./survey.js";

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
  const value = suites.filter((suite) => suite.cases.length > 0);
  return { ok: true, value, diagnostics };
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
      cases.map((): Tally => ({ tried: 0, held: 0, failing: [] })),
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
  return letter === "0"
    ? { tried: 1, held: 0, failing: [seed] }
    : { tried: 0, held: 0, failing: [] };
}
