/** `fabula ask`: one question of one run. */
import type { Command } from "commander";
import { askRun } from "fabula";
import { exitCode } from "../exit-code.js";
import { writeJson, writeLine } from "../output.js";
import { openStory, personOf, type RunFlags, runOptionsOf, unwrap } from "../story-input.js";
import { createCommand, withRunOptions } from "./command.js";

interface AskFlags extends RunFlags {
  readonly at: string;
  readonly as?: string;
  readonly json?: boolean;
}

export function createAskCommand(): Command {
  const command = createCommand(
    "ask",
    "Ask a story something: in truth, or as far as one person knows.",
    'ask leaf/until-the-end "kakashi.alive" --at end',
  )
    .argument("<STORY>", "a file, or a bundled story like leaf/until-the-end")
    .argument("<EXPR>", "an expression of the language");
  return withRunOptions(command)
    .option(
      "--at <T>",
      'when: start, end, "10 min" after the beginning, 12:30, or an event: "kakashi.dies"',
      "end",
    )
    .option("--as <PERSON>", "as this person believes; may answer unknown")
    .option("--json", 'one JSON value: {"value": ...}')
    .action(ask);
}

async function ask(name: string, text: string, flags: AskFlags): Promise<void> {
  const story = openStory(name);
  const question = unwrap(story.readQuestion(text));
  const at = unwrap(story.readAskedMoment(flags.at, "--at"));
  const options = runOptionsOf(story, flags);
  const as = personOf(story, flags.as, "--as", options.changes);
  const answer = askRun(story, question, { ...options, at, as });
  if (flags.json) await writeJson({ value: answer.value });
  else await writeLine(answer.text);
  if (answer.value === false) process.exitCode = exitCode.no;
}
