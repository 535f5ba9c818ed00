/** `fabula test`: does each story still keep its promises, over many seeds? */
import type { Command } from "commander";
import type { TestResult } from "fabula";
import colors from "picocolors";
import { badInput } from "../bad-input.js";
import { exitCode } from "../exit-code.js";
import { isInterrupted } from "../interruption.js";
import { parseJitter, parseRuns, parseShare } from "../option-values.js";
import { writeJson, writeLine } from "../output.js";
import { runStoryTests, type StoryRunOptions } from "../story-runs.js";
import { listTexts } from "../world-library.js";
import { createCommand, withSurveyOptions } from "./command.js";

interface TestFlags extends StoryRunOptions {
  readonly json?: boolean;
}

export function createTestCommand(): Command {
  const command = createCommand(
    "test",
    "Test stories: every expectation, what-if and control, over many seeds.",
    "test leaf/until-the-end --runs 2",
  )
    .argument("<FILE|DIR...>", "files, folders, or bundled stories")
    .option("--runs <N>", "seeds for each expectation, instead of what it asks for", parseRuns)
    .option("--share <SHARE>", "share that must hold, instead of what each asks for", parseShare)
    .option("--sure", "ask no more of what is sure: its 95 % interval clears what is asked")
    .option("--jitter <SHARE>", "shake every weight, bond and trust by up to this", parseJitter, 0);
  return withSurveyOptions(command)
    .option("--json", 'one JSON value: {"passed","failed","rows","results":[...]}')
    .action(test);
}

async function test(paths: string[], flags: TestFlags): Promise<void> {
  const files = listTexts(paths);
  const results: TestResult[] = [];
  const failures: string[] = [];
  let stories = 0;
  for (const file of files) {
    if (isInterrupted()) break;
    const found = await runStoryTests(file, flags);
    if (found === undefined) continue;
    stories += 1;
    // Interrupted before its first seed, an expectation has nothing to say.
    const tried = found.filter((result) => result.seeds > 0);
    results.push(...tried);
    for (const result of tried) if (!result.passed) failures.push(`${file}: ${lineOf(result)}`);
    if (!flags.json) for (const result of tried) await writeLine(lineOf(result));
  }
  if (stories === 0 && !isInterrupted()) {
    throw badInput("FAB7007", `there is no story to test in ${paths.join(", ")}`);
  }
  const failed = failures.length;
  const passed = results.length - failed;
  const rows = countRows(results);
  if (flags.json) await writeJson({ passed, failed, rows, results });
  else {
    await writeLine(`\n${passed} passed, ${failed} failed`);
    // What failed stands above; after a long list it is said again.
    for (const failure of results.length > linesMax ? failures : []) await writeLine(failure);
    if (rows.of > 0) await writeLine(`rows ${rows.passed} of ${rows.of}`);
  }
  if (isInterrupted()) process.exitCode = exitCode.interrupted;
  else if (failed > 0) process.exitCode = exitCode.no;
}

/** Results that are read at one look. */
const linesMax = 20;

/** By their ids, whatever files they stand in. */
function countRows(results: readonly TestResult[]): { passed: number; of: number } {
  const rows = results.filter((result) => result.kind === "row");
  const all = new Set(rows.map(({ id }) => id));
  const failed = new Set(rows.filter(({ passed }) => !passed).map(({ id }) => id));
  return { passed: all.size - failed.size, of: all.size };
}

function lineOf(result: TestResult): string {
  const mark = result.passed ? colors.green("pass") : colors.red("FAIL");
  const rate = `${(result.rate * 100).toFixed(1)} % of ${result.seeds}`;
  const asked = result.passed ? "" : `, ${(result.share * 100).toFixed(0)} % asked`;
  const seeds = result.failing.length === 0 ? "" : `; not with seed ${result.failing.join(", ")}`;
  const id = result.id === "" ? result.kind : result.id;
  return `${mark}  ${id.padEnd(8)} ${result.name}  (${rate}${asked}${seeds})`;
}
