/** `fabula sift`: micro-stories in what happened. */
import type { Command } from "commander";
import { type FoundStory, type OpenedStory, patternsOf, readStory, surveyStory } from "fabula";
import { badInput } from "../bad-input.js";
import { exitCode } from "../exit-code.js";
import { isInterrupted } from "../interruption.js";
import { parseRuns } from "../option-values.js";
import { writeJson, writeLine } from "../output.js";
import { type RunFlags, unwrap } from "../story-input.js";
import { gatherTexts, runSurvey, type SurveyFlags } from "../survey-runs.js";
import { createCommand, withRunOptions, withSurveyOptions } from "./command.js";

interface SiftFlags extends RunFlags, SurveyFlags {
  readonly all?: boolean;
  readonly runs: number;
  readonly json?: boolean;
}

export function createSiftCommand(): Command {
  const command = createCommand(
    "sift",
    "Find micro-stories in what happens: the patterns of a story and of its world.",
    "sift leaf/until-the-end --all",
  )
    .argument("<STORY>", "a file, or a bundled story like leaf/until-the-end")
    .argument("[PATTERN...]", "patterns by their names");
  withRunOptions(command)
    .option("--all", "every pattern there is")
    .option("--runs <N>", "over so many seeds", parseRuns, 1);
  return withSurveyOptions(command)
    .option("--json", 'one JSON value: {"runs","patterns":[{"id","title","runs","stories"}]}')
    .action(sift);
}

async function sift(name: string, ids: string[], flags: SiftFlags): Promise<void> {
  const { texts, value: story } = gatherTexts(name, ({ story, find }) =>
    unwrap(readStory(story, find)),
  );
  if (ids.length === 0 && !flags.all)
    throw badInput("FAB7006", "sift needs a pattern", known(story));
  const patterns = unwrap(patternsOf(story, flags.all ? [] : ids));
  const { change, jitter, runs, seed } = flags;
  const names = patterns.map((pattern) => pattern.id);
  const ask = { kind: "sift", patterns: names, changes: change, jitter } as const;
  const answer = unwrap(surveyStory(story, ask));
  const seeds = { from: seed, to: seed + runs };
  const answers = await runSurvey({ texts, ask, seeds, answer }, flags);
  const found = [...answers].flatMap(([at, text]) =>
    (JSON.parse(text) as FoundStory[]).map((one) => ({ seed: at, ...one })),
  );
  const results = patterns.map(({ id, title }) => {
    const stories = found.filter((one) => one.pattern === id);
    return { id, title, runs: new Set(stories.map((one) => one.seed)).size, stories };
  });
  if (flags.json) await writeJson({ runs: answers.size, patterns: results });
  else {
    for (const { title, stories, runs: inRuns } of results) {
      const often = answers.size > 1 ? ` (in ${inRuns} of ${answers.size} runs)` : "";
      await writeLine(`${title}${often}: ${stories.length === 0 ? "nowhere" : stories.length}`);
      for (const one of stories.slice(0, shownMax)) {
        await writeLine(`  ${answers.size > 1 ? `seed ${one.seed}  ` : ""}${one.text}`);
        for (const step of one.steps) await writeLine(`    ${step.clock}  ${step.text}`);
      }
      if (stories.length > shownMax) await writeLine(`  and ${stories.length - shownMax} more`);
    }
  }
  if (isInterrupted()) process.exitCode = exitCode.interrupted;
  else if (found.length === 0) process.exitCode = exitCode.no;
}

const shownMax = 10;

function known(story: OpenedStory): string {
  const ids = story.world.story.patterns.map((pattern) => pattern.id);
  return ids.length === 0 ? "this story has none: write `pattern NAME ...`" : ids.join(", ");
}
