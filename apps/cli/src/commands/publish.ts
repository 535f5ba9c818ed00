/** `fabula publish`: a story as one page that plays in any browser. */
import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { assertSound, publishedPage, readStory, recordModules, sourceOf } from "fabula";
import { badInput } from "../bad-input.js";
import { write } from "../output.js";
import { findModulesFor, personOf, unwrap } from "../story-input.js";
import { studioFile } from "../studio-files.js";
import { readTextFile } from "../text-file.js";
import { locateStory } from "../world-library.js";
import { createCommand, withChangeOptions } from "./command.js";

interface PublishFlags {
  readonly as?: string;
  readonly seed: number;
  readonly change: readonly string[];
}

export function createPublishCommand(): Command {
  const command = createCommand(
    "publish",
    "Make one page of a story, to read and play in any browser, without a server: > story.html.",
    "publish examples/the-boat --as mara",
  ).argument("<STORY>", "a file, or a bundled story like leaf/until-the-end");
  return withChangeOptions(command)
    .option("--as <PERSON>", "the reader can only be this person, and reads nothing beforehand")
    .action(publish);
}

async function publish(name: string, { as, seed, change }: PublishFlags): Promise<void> {
  if (process.stdout.isTTY) {
    throw badInput(
      "FAB7010",
      "a page is no text for a terminal",
      "send it to a file: > story.html",
    );
  }
  const file = locateStory(name);
  const text = readTextFile(file);
  const { find, modules } = recordModules(findModulesFor(file));
  const story = unwrap(readStory(text, find));
  const person = personOf(story, as, "--as");
  const changes = unwrap(story.readChanges(change));
  // Whoever gets the page can mend nothing: a story that goes wrong on the way is refused here.
  const simulation = story.begin({ seed, changes, jitter: 0 });
  simulation.run();
  assertSound(simulation);
  const page = publishedPage(readFileSync(studioFile("published.html"), "utf8"), {
    title: story.world.story.title,
    source: sourceOf({ story: text, modules }),
    seed,
    changes: change,
    ...(person === -1 ? {} : { as: story.world.entities[person]?.name ?? "" }),
  });
  await write(page);
}
