/** `fabula whatif`: what changes if one thing is different. */
import type { Command } from "commander";
import { type WhatIfAnswer, whatIf } from "fabula";
import { badInput } from "../bad-input.js";
import { shiftText } from "../duration.js";
import { writeJson, writeLine } from "../output.js";
import { openStory, type RunFlags, unwrap } from "../story-input.js";
import { createCommand, withRunOptions } from "./command.js";

export function createWhatIfCommand(): Command {
  const command = createCommand(
    "whatif",
    "Change one thing and play the same chances: where the story parts, what changes, what stays.",
    'whatif leaf/until-the-end --change "forbid kakashi.vow_to_stay"',
  ).argument("<STORY>", "a file, or a bundled story like leaf/until-the-end");
  return withRunOptions(command)
    .option("--json", 'one JSON value: {"firstDivergence","changed","same","hash","baseHash"}')
    .action(run);
}

async function run(name: string, flags: RunFlags & { readonly json?: boolean }): Promise<void> {
  if (flags.change.length === 0) {
    throw badInput("FAB7006", "whatif needs a change", '--change "forbid kakashi.vow_to_stay"');
  }
  const story = openStory(name);
  const changes = unwrap(story.readChanges(flags.change));
  const answer = whatIf(story, changes, { seed: flags.seed, changes: [], jitter: flags.jitter });
  if (flags.json) await writeJson(answer);
  else for (const line of linesOf(answer)) await writeLine(line);
}

function linesOf(answer: WhatIfAnswer): string[] {
  const { firstDivergence, changed, same } = answer;
  if (firstDivergence === null) return ["Nothing changes."];
  const lines = [
    `The two runs part at ${firstDivergence.clock}.`,
    `  without: ${firstDivergence.base ?? "nothing more happens"}`,
    `  with:    ${firstDivergence.now ?? "nothing more happens"}`,
    "",
    `Changed (${changed.length}):`,
  ];
  for (const one of changed) lines.push(`  ${one.what}: ${differenceOf(one)}`);
  lines.push("", `The same (${same.length}):`, ...same.map((what) => `  ${what}`));
  return lines;
}

function differenceOf(one: WhatIfAnswer["changed"][number]): string {
  if (one.now.length === 0) return `no longer happens (${one.base[0]})`;
  if (one.base.length === 0) return `happens now (${one.now[0]})`;
  const later = one.later ?? 0;
  const when = later === 0 ? "first at the same time" : shiftText(later);
  const often = one.base.length === one.now.length;
  return often ? when : `${when}; ${one.now.length} times instead of ${one.base.length}`;
}
