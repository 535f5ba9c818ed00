/** `fabula odds`: how often, over many seeds. */
import type { Command } from "commander";
import { countYes, oddsOf } from "fabula";
import { exitCode } from "../exit-code.js";
import { breathe, isInterrupted } from "../interruption.js";
import { parseRuns, parseWorkers } from "../option-values.js";
import { Progress, writeJson, writeLine } from "../output.js";
import { openStory, type RunFlags, runOptionsOf, unwrap } from "../story-input.js";
import { createCommand, withRunOptions } from "./command.js";

interface OddsFlags extends RunFlags {
  readonly runs: number;
  readonly workers: number;
  readonly json?: boolean;
}

export function createOddsCommand(): Command {
  const command = createCommand(
    "odds",
    "Say how often something holds, over many seeds.",
    'odds leaf/until-the-end "kakashi.alive at end" --runs 4',
  )
    .argument("<STORY>", "a file, or a bundled story like leaf/until-the-end")
    .argument("<EXPR>", "a condition on a run");
  return withRunOptions(command)
    .option("--runs <N>", "how many seeds", parseRuns, 200)
    .option("--workers <N>", "processes to share the work", parseWorkers, 1)
    .option("--json", 'one JSON value: {"runs","yes","estimate","low","high"}')
    .action(odds);
}

async function odds(name: string, text: string, flags: OddsFlags): Promise<void> {
  const story = openStory(name);
  const question = unwrap(story.readQuestion(text));
  const { changes, jitter } = runOptionsOf(story, flags);
  const progress = new Progress("runs");
  let yes = 0;
  let runs = 0;
  while (runs < flags.runs && !isInterrupted()) {
    const seed = flags.seed + runs;
    yes += countYes(story, question, { from: seed, to: seed + 1 }, { changes, jitter });
    runs += 1;
    progress.update(runs, flags.runs);
    await breathe();
  }
  progress.end();
  const answer = oddsOf(yes, runs);
  if (flags.json) await writeJson(answer);
  else {
    const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
    const range = `${percent(answer.low)} to ${percent(answer.high)}`;
    await writeLine(
      `${percent(answer.estimate)} (${answer.yes} of ${answer.runs}; ${range} with 95 % confidence)`,
    );
  }
  if (isInterrupted()) process.exitCode = exitCode.interrupted;
}
