/** `fabula tell`: how it reads. */
import type { Command } from "commander";
import { type FormName, formNames, tellRun } from "fabula";
import { badInput } from "../bad-input.js";
import { parseWord } from "../option-values.js";
import { note, write, writeJson } from "../output.js";
import { openStory, personOf, type RunFlags, runOptionsOf, unwrap } from "../story-input.js";
import { createCommand, withRunOptions } from "./command.js";

interface TellFlags extends RunFlags {
  readonly eyes?: string;
  readonly order: "fabula" | "told";
  readonly form: FormName;
  readonly voice: "you" | "name";
  readonly telling?: string;
  readonly json?: boolean;
}

export function createTellCommand(): Command {
  const command = createCommand(
    "tell",
    "Tell a story: how it reads through these eyes, in this order.",
    "tell leaf/until-the-end --eyes kakashi --form outline",
  ).argument("<STORY>", "a file, or a bundled story like leaf/until-the-end");
  return withRunOptions(command)
    .option("--eyes <PERSON>", "only what this person perceives, believes and does")
    .option(
      "--order <ORDER>",
      "fabula: as it happened; told: as the story's own telling has it",
      parseWord("--order", ["fabula", "told"]),
      "fabula",
    )
    .option("--telling <ID>", "which of the story's tellings, in its order (default: the first)")
    .option(
      "--form <FORM>",
      `${formNames.join(", ")}; epub is a file: > story.epub`,
      parseWord("--form", formNames),
      "prose",
    )
    .option(
      "--voice <VOICE>",
      "what the text calls the one whose eyes they are: you, or by name",
      parseWord("--voice", ["you", "name"]),
      "you",
    )
    .option(
      "--json",
      "one JSON value: the text (an epub in base64) and every passage with its occurrence",
    )
    .action(tell);
}

async function tell(name: string, flags: TellFlags): Promise<void> {
  if (isFile(flags) && process.stdout.isTTY) {
    const remedy = "send it to a file: > story.epub";
    throw badInput("FAB7010", `--form ${flags.form} makes a file that is no text`, remedy);
  }
  const story = openStory(name);
  const options = runOptionsOf(story, flags);
  const eyes = personOf(story, flags.eyes, "--eyes", options.changes);
  // Whoever names a telling wants its order.
  const isOrdered = flags.order === "told" || flags.telling !== undefined;
  const told = tellRun(story, {
    ...options,
    eyes,
    form: flags.form,
    voice: flags.voice,
    ...(isOrdered ? { telling: unwrap(story.readTelling(flags.telling)) } : {}),
  });
  if (told.passages.length === 0)
    note(nothingTold(story.world.entities[eyes]?.title ?? flags.eyes));
  if (!flags.json) return write(told.text);
  const { title, text, passages, hash } = told;
  await writeJson({
    story: name,
    title,
    eyes: flags.eyes ?? null,
    form: flags.form,
    ...(typeof text === "string" ? { text } : { base64: Buffer.from(text).toString("base64") }),
    passages,
    hash,
  });
}

/** Whether it writes bytes that a terminal would take for commands. */
function isFile({ form, json }: TellFlags): boolean {
  return form === "epub" && !json;
}

function nothingTold(eyes: string | undefined): string {
  if (eyes !== undefined) return `nothing of what happened came to ${eyes}`;
  return "left to itself, nothing happens here that is worth telling";
}
