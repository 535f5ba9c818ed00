/** `fabula drives`: what moves an outcome most. */
import type { Command } from "commander";
import { type Driver, findDrivers, oddsOf, readFeaturedRun, readStory, surveyStory } from "fabula";
import { exitCode } from "../exit-code.js";
import { isInterrupted } from "../interruption.js";
import { parseRuns } from "../option-values.js";
import { writeJson, writeLine } from "../output.js";
import { type RunFlags, unwrap } from "../story-input.js";
import { gatherTexts, runSurvey, type SurveyFlags } from "../survey-runs.js";
import { createCommand, withRunOptions, withSurveyOptions } from "./command.js";

interface DrivesFlags extends RunFlags, SurveyFlags {
  readonly runs: number;
  readonly json?: boolean;
}

export function createDrivesCommand(): Command {
  const command = createCommand(
    "drives",
    "Say which draws, weights, choices and beliefs move an outcome most, over many runs.",
    'drives leaf/until-the-end "kakashi.unmask(any)" --runs 12',
  )
    .argument("<STORY>", "a file, or a bundled story like leaf/until-the-end")
    .argument("<EXPR>", "a condition on a run");
  withRunOptions(command).option("--runs <N>", "how many seeds", parseRuns, 200);
  return withSurveyOptions(command)
    .option("--json", 'one JSON value: {"runs","yes","estimate","low","high","drivers":[...]}')
    .action(drives);
}

async function drives(name: string, question: string, flags: DrivesFlags): Promise<void> {
  const { texts, value: story } = gatherTexts(name, ({ story, find }) =>
    unwrap(readStory(story, find)),
  );
  const { change, jitter, runs, seed } = flags;
  const ask = { kind: "drivers", question, changes: change, jitter } as const;
  const seeds = { from: seed, to: seed + runs };
  const answer = unwrap(surveyStory(story, ask));
  const answers = await runSurvey({ texts, ask, seeds, answer }, flags);
  if (answers.size > 0) {
    const featured = [...answers.values()].map(readFeaturedRun);
    const odds = oddsOf(featured.filter((run) => run.holds).length, featured.length);
    const drivers = findDrivers(featured);
    if (flags.json) await writeJson({ ...odds, drivers });
    else {
      await writeLine(`${percent(odds.estimate)} of ${odds.runs} runs: ${question}`);
      for (const line of linesOf(drivers)) await writeLine(line);
    }
  }
  if (isInterrupted()) process.exitCode = exitCode.interrupted;
}

const titles = {
  draw: "Chance that moves it",
  parameter: "Weights that move it",
  choice: "Choices that go with it",
  belief: "Beliefs that go with it",
} as const;
const shownMax = 12;

function linesOf(drivers: readonly Driver[]): string[] {
  const lines = (Object.keys(titles) as (keyof typeof titles)[]).flatMap((kind) => {
    const mine = drivers.filter((driver) => driver.kind === kind);
    if (mine.length === 0) return [];
    const more = mine.length > shownMax ? [`  and ${mine.length - shownMax} more`] : [];
    return ["", `${titles[kind]}:`, ...mine.slice(0, shownMax).map(sentenceOf), ...more];
  });
  return lines.length > 0
    ? lines
    : ["", "Nothing stands out; more --runs would show smaller moves."];
}

function sentenceOf(driver: Driver): string {
  const { kind, name, with: yes, without, effect, low, high, runsWith, runsWithout } = driver;
  const isDrawn = kind === "draw" || kind === "parameter";
  const [one, other] = isDrawn
    ? [`Where ${name} falls high`, "where it falls low"]
    : [`Where it comes about that ${name}`, "where not"];
  const range = `${points(effect)} points, ${points(low)} to ${points(high)}`;
  const counts = `${runsWith} and ${runsWithout} runs`;
  return `  ${one}, it holds in ${percent(yes)}, ${other} in ${percent(without)} (${range}; ${counts}).`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}

function points(difference: number): string {
  return `${difference > 0 ? "+" : ""}${(difference * 100).toFixed(0)}`;
}
