/**
 * The tests of rows. A row shows one mechanism in its smallest scene, and says what it rests on:
 * with any of that switched off, something the row expects must fail. A row that holds all the
 * same shows something else than it says.
 */
import type { World } from "@fabula/model";
import {
  noTally,
  resultOf,
  type Tally,
  type TestCase,
  type TestOptions,
  type TestResult,
  testCasesOf,
} from "./story-test.js";

/** A control in a row says nothing of runs. */
const runsOfControl = 10;
/** What matters shows at once: so many seeds are enough to see a row fall apart. */
const runsWithout = 5;

/** Every case of the row, and each again without each mechanism. All go by the row's id. */
export function rowCasesOf(
  row: { readonly world: World; readonly id: string; readonly title: string },
  options: TestOptions,
): TestCase[] {
  const { id, title, world } = row;
  const cases = testCasesOf(world, options).map((one): TestCase => {
    const name = one.name === "" || one.name === title ? title : `${title}: ${one.name}`;
    const isControl = one.kind === "control" && one.conditions.length === 0;
    const runs = isControl ? (options.runs ?? runsOfControl) : one.runs;
    return { ...one, id, kind: "row", row: title, name, runs };
  });
  const without = world.story.mechanisms.flatMap((mechanism) =>
    cases.map((one): TestCase => {
      return { ...one, without: mechanism, runs: Math.min(one.runs, runsWithout) };
    }),
  );
  return [...cases, ...without];
}

/** One result a case; one for all that was asked without the same mechanism. */
export function resultsOf(
  story: string,
  cases: readonly TestCase[],
  tallies: readonly Tally[],
): TestResult[] {
  const results = cases.map((one, at) => {
    return { one, result: resultOf(story, one, tallies[at] ?? noTally) };
  });
  const mechanisms = new Set(cases.flatMap(({ without }) => without ?? []));
  return [
    ...results.flatMap(({ one, result }) => (one.without === undefined ? [result] : [])),
    ...[...mechanisms].flatMap((mechanism) => {
      const mine = results.filter(({ one }) => one.without === mechanism);
      return withoutMechanism(
        mechanism.name,
        mine.map(({ result }) => result),
        mine[0]?.one.row ?? "",
      );
    }),
  ];
}

/** Passes where something fails. */
function withoutMechanism(
  mechanism: string,
  results: readonly TestResult[],
  title: string,
): TestResult[] {
  const [first] = results;
  if (first === undefined) return [];
  const passed = results.some((result) => result.seeds > 0 && !result.passed);
  return [
    {
      ...first,
      name: passed ? title : `${title}: holds without ${mechanism}`,
      rate: passed ? 1 : 0,
      share: 1,
      seeds: Math.max(...results.map(({ seeds }) => seeds)),
      passed,
      failing: [],
    },
  ];
}
