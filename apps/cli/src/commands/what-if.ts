/** `fabula whatif`: what changes if one thing is different. */
import type { Command } from "commander";
import { compareRuns, type Played, playBoth } from "fabula";
import { badInput } from "../bad-input.js";
import { parseWord } from "../option-values.js";
import { writeJson, writeLine } from "../output.js";
import { headerOf, storedOccurrences } from "../stored-run.js";
import { openStory, type RunFlags, unwrap } from "../story-input.js";
import { type WhatIfForm, whatIfLines } from "../what-if-text.js";
import { createCommand, withRunOptions } from "./command.js";

interface WhatIfFlags extends RunFlags {
  readonly form: WhatIfForm;
  readonly all?: boolean;
  readonly store?: string;
  readonly json?: boolean;
}

export function createWhatIfCommand(): Command {
  const command = createCommand(
    "whatif",
    "Change one thing and play the same chances: where the story parts, what follows, what stays.",
    'whatif leaf/until-the-end --change "forbid kakashi.vow_to_stay"',
  ).argument("<STORY>", "a file, or a bundled story like leaf/until-the-end");
  return withRunOptions(command)
    .option("--form <FORM>", "text or markdown", parseWord("--form", ["text", "markdown"]), "text")
    .option("--all", "every line: all that moved, all that anybody learned, all that is the same")
    .option("--store <FILE>", "keep both runs there, the second as a branch of the first")
    .option(
      "--json",
      'one JSON value: {"firstDivergence","changed","same","followed","persons",...,"hash","baseHash"}',
    )
    .action(run);
}

async function run(name: string, flags: WhatIfFlags): Promise<void> {
  if (flags.change.length === 0) {
    throw badInput("FAB7006", "whatif needs a change", '--change "forbid kakashi.vow_to_stay"');
  }
  const story = openStory(name);
  const changes = unwrap(story.readChanges(flags.change));
  const [base, changed] = playBoth(story, changes, {
    seed: flags.seed,
    changes: [],
    jitter: flags.jitter,
  });
  const answer = compareRuns(base, changed);
  if (flags.store !== undefined) {
    const { Store } = await import("fabula/node");
    const store = Store.open(flags.store);
    try {
      const keep = (played: Played, change: readonly string[], parent?: number) =>
        store.putRun(
          headerOf(name, story, played.simulation, { ...flags, change }),
          storedOccurrences(played.simulation),
          parent === undefined ? undefined : { parent, shared: answer.shared },
        );
      keep(changed, flags.change, keep(base, []));
    } finally {
      store.close();
    }
  }
  if (flags.json) await writeJson(answer);
  else {
    const page = { form: flags.form, all: flags.all === true };
    for (const line of whatIfLines(answer, flags.change, page)) await writeLine(line);
  }
}
