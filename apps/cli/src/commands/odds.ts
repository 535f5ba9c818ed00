/** `fabula odds`: how often, over many seeds. */
import type { Command } from "commander";
import { oddsOf } from "fabula";
import { exitCode } from "../exit-code.js";
import { isInterrupted } from "../interruption.js";
import { countOdds } from "../odds-runs.js";
import { parseRuns, parseWorkers } from "../option-values.js";
import { Progress, writeJson, writeLine } from "../output.js";
import type { RunFlags } from "../story-input.js";
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
    .option("--workers <N>", "threads to share the work", parseWorkers, 1)
    .option("--json", 'one JSON value: {"runs","yes","estimate","low","high"}')
    .action(odds);
}

async function odds(name: string, text: string, flags: OddsFlags): Promise<void> {
  const progress = new Progress("runs");
  const { seed, runs, change, jitter, workers } = flags;
  const job = { story: name, question: text, change, jitter, from: seed, to: seed + runs };
  const count = await countOdds(job, workers, (done) => progress.update(done, runs));
  progress.end();
  if (count.runs === 0) {
    process.exitCode = exitCode.interrupted;
    return;
  }
  const answer = oddsOf(count.yes, count.runs);
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
