/** `fabula coverage`: what of a world never happens in a story, over many runs. */
import type { Command } from "commander";
import { type Covered, coverageItems, coverageOf, readStory, surveyStory } from "fabula";
import { exitCode } from "../exit-code.js";
import { isInterrupted } from "../interruption.js";
import { parseRuns } from "../option-values.js";
import { counted, writeJson, writeLine } from "../output.js";
import { type RunFlags, unwrap } from "../story-input.js";
import { gatherTexts, runSurvey, type SurveyFlags } from "../survey-runs.js";
import { createCommand, withRunOptions, withSurveyOptions } from "./command.js";

interface CoverageFlags extends RunFlags, SurveyFlags {
  readonly runs: number;
  readonly all?: boolean;
  readonly json?: boolean;
}

export function createCoverageCommand(): Command {
  const command = createCommand(
    "coverage",
    "Say which actions, rules and branches of a world never happen in a story, over many runs.",
    "coverage leaf/until-the-end --runs 2",
  ).argument("<STORY>", "a file, or a bundled story like leaf/until-the-end");
  withRunOptions(command).option("--runs <N>", "how many seeds", parseRuns, 50);
  return withSurveyOptions(command)
    .option("--all", "name what never happens of the modules it uses, too")
    .option("--json", 'one JSON value: {"runs","happened","of","never":[...],"items":[...]}')
    .action(coverage);
}

async function coverage(name: string, flags: CoverageFlags): Promise<void> {
  const { texts, value: story } = gatherTexts(name, ({ story, find }) =>
    unwrap(readStory(story, find)),
  );
  const { change, jitter, runs, seed } = flags;
  const ask = { kind: "coverage", changes: change, jitter } as const;
  const seeds = { from: seed, to: seed + runs };
  const answer = unwrap(surveyStory(story, ask));
  const answers = await runSurvey({ texts, ask, seeds, answer }, flags);
  const parsed = [...answers].map(([at, text]) => [at, JSON.parse(text) as number[]] as const);
  const items = coverageOf(coverageItems(story.world), parsed);
  const never = items.filter((item) => item.runs === 0);
  if (flags.json) {
    const shown = (item: Covered) => ({ ...item, span: placeOf(item) });
    const happened = items.length - never.length;
    const counts = { runs: answers.size, happened, of: items.length };
    await writeJson({ ...counts, never: never.map(shown), items: items.map(shown) });
  } else {
    const own = flags.all ? undefined : texts.story.name;
    for (const line of linesOf(items, answers.size, own)) await writeLine(line);
  }
  if (isInterrupted()) process.exitCode = exitCode.interrupted;
}

const titles = {
  action: "actions",
  rule: "rules",
  outside: "events from outside",
  branch: "branches",
} as const;

/** `own`: the text whose declarations are named; of others, how many. undefined: all are named. */
function linesOf(items: readonly Covered[], runs: number, own: string | undefined): string[] {
  return (Object.keys(titles) as (keyof typeof titles)[]).flatMap((kind) => {
    const all = items.filter((item) => item.kind === kind);
    if (all.length === 0) return [];
    const never = all.filter((item) => item.runs === 0);
    const share = `${all.length - never.length} of ${all.length}`;
    const title = `${titles[kind]}: ${share} happened in ${counted(runs, "run")}`;
    const isNamed = ({ span }: Covered) => own === undefined || span.source === own;
    const named = never.filter(isNamed);
    const others = never.length - named.length;
    return [
      title,
      ...named.map((item) => `  never  ${item.name}  ${placeOf(item)}`),
      ...(others > 0 ? [`  never  ${others} of the modules it uses (--all names them)`] : []),
    ];
  });
}

function placeOf({ span }: Covered): string {
  return `${span.source}:${span.line}`;
}
