/** `fabula odds`: how often, over many seeds. */
import type { Command } from "commander";
import {
  isNarrow,
  type OddsAsk,
  type OpenedStory,
  type RareAsk,
  readAnsweredRun,
  readStory,
  surveyStory,
} from "fabula";
import { badInput } from "../bad-input.js";
import { exitCode } from "../exit-code.js";
import { isInterrupted } from "../interruption.js";
import { describeOdds, type OddsPlan, oddsReport } from "../odds-report.js";
import {
  collected,
  collectedChanges,
  parseCopies,
  parseRuns,
  parseWidth,
} from "../option-values.js";
import { writeJson, writeLine } from "../output.js";
import { describeRare, rareReport } from "../rare-report.js";
import { type RunFlags, unwrap } from "../story-input.js";
import { gatherTexts, runSurvey, type SurveyFlags } from "../survey-runs.js";
import { createCommand, withRunOptions, withSurveyOptions } from "./command.js";

interface OddsFlags extends RunFlags, SurveyFlags {
  readonly runs: number;
  readonly width?: number;
  readonly compare: readonly string[];
  readonly level: readonly string[];
  readonly copies: number;
  readonly json?: boolean;
}

export function createOddsCommand(): Command {
  const command = createCommand(
    "odds",
    "Say how often something holds, over many seeds.",
    'odds leaf/until-the-end "kakashi.alive at end" --runs 4',
  )
    .argument("<STORY>", "a file, or a bundled story like leaf/until-the-end")
    .argument("<EXPR...>", "a condition on a run; runs are grouped by what they answer to several");
  withRunOptions(command)
    .option("--runs <N>", "how many seeds, at most", parseRuns, 200)
    .option("--width <SHARE>", "stop as soon as the interval is no wider", parseWidth)
    .option(
      "--compare <LINE>",
      "a change: the same runs with it beside those without",
      collectedChanges,
      [],
    )
    .option(
      "--level <EXPR>",
      "rare outcomes: a condition on the way there; repeatable",
      collected,
      [],
    )
    .option("--copies <N>", "how often a run is played on from each level", parseCopies, 4);
  return withSurveyOptions(command)
    .option("--json", 'one JSON value: {"runs","yes","estimate","low","high","seeds",...}')
    .action(odds);
}

async function odds(name: string, questions: string[], flags: OddsFlags): Promise<void> {
  const { texts, value: story } = gatherTexts(name, ({ story, find }) =>
    unwrap(readStory(story, find)),
  );
  const seeds = { from: flags.seed, to: flags.seed + flags.runs };
  if (flags.level.length > 0) {
    const ask = rareAsk(questions, flags);
    const answers = await runSurvey(
      { texts, ask, seeds, answer: unwrap(surveyStory(story, ask)) },
      flags,
    );
    if (answers.size > 0) {
      const report = rareReport([...answers.values()]);
      if (flags.json) await writeJson(report);
      else for (const line of describeRare(report)) await writeLine(line);
    }
  } else {
    const ask = oddsAsk(questions, flags);
    const plan = planOf(story, ask, flags);
    const { width } = flags;
    const isEnough =
      width === undefined || !plan.isCondition[0]
        ? {}
        : {
            isEnough: (first: readonly (readonly [number, string])[]) =>
              isNarrow(
                first.map(([seed, answer]) => readAnsweredRun(seed, answer)),
                width,
              ),
          };
    const job = { texts, ask, seeds, answer: unwrap(surveyStory(story, ask)), ...isEnough };
    const answers = await runSurvey(job, flags);
    const runs = [...answers].map(([seed, answer]) => readAnsweredRun(seed, answer));
    if (runs.length > 0) {
      const report = oddsReport(runs, plan);
      if (flags.json) await writeJson(report);
      else for (const line of describeOdds(report, plan)) await writeLine(line);
    }
  }
  if (isInterrupted()) process.exitCode = exitCode.interrupted;
}

function oddsAsk(questions: readonly string[], flags: OddsFlags): OddsAsk {
  const { change, compare, jitter } = flags;
  const second = compare.length === 0 ? {} : { compare };
  return { kind: "odds", questions, changes: change, ...second, jitter };
}

function rareAsk(questions: readonly string[], flags: OddsFlags): RareAsk {
  const { change, level, copies, jitter } = flags;
  const [question = ""] = questions;
  const other = questions.length > 1 ? "several questions" : undefined;
  const clash = flags.compare.length > 0 ? "--compare" : flags.width ? "--width" : other;
  if (clash !== undefined) {
    throw badInput("FAB7006", `--level does not go with ${clash}`, "ask one after the other");
  }
  return { kind: "rare", question, levels: level, copies, changes: change, jitter };
}

function planOf(story: OpenedStory, ask: OddsAsk, flags: OddsFlags): OddsPlan {
  const isCondition = ask.questions.map((text) => {
    const { question } = unwrap(story.readQuestion(text));
    if (question.kind === "timed") return true;
    return story.world.expressions.typeOf(question.expr).kind === "boolean";
  });
  const wanted = flags.width === undefined ? {} : { width: flags.width };
  return { questions: ask.questions, isCondition, compare: ask.compare ?? [], ...wanted };
}
