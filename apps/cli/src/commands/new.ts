/** `fabula new`: a folder with a story of one's own that runs at once. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { firstStory } from "fabula/first-story";
import { badInput } from "../bad-input.js";
import { writeLine } from "../output.js";
import { createCommand } from "./command.js";

export function createNewCommand(): Command {
  return createCommand(
    "new",
    "Make a folder with a story of your own that runs at once.",
    "new the-bridge",
  )
    .argument("<NAME>", "of the folder and the story: letters, digits, hyphens")
    .action(create);
}

async function create(name: string): Promise<void> {
  if (!/^\p{L}[\p{L}\p{N}_-]*$/u.test(name) || name.length > 60) {
    throw badInput(
      "FAB7008",
      `"${name}" is no name for a story`,
      "letters, digits and hyphens, beginning with a letter: the-bridge",
    );
  }
  if (existsSync(name)) {
    throw badInput("FAB7008", `${name} is there already; nothing was written`, "take another name");
  }
  const file = join(name, `${name}.fabula`);
  try {
    mkdirSync(name);
    writeFileSync(file, firstStory(name.replaceAll("-", "_"), titleOf(name)));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw badInput("FAB7003", `cannot write ${file}: ${reason}`);
  }
  await writeLine(
    `${file} is yours.\n\n  fabula play ${file}\n  fabula tell ${file}\n  fabula test ${file}`,
  );
}

/** `the-bridge`: The bridge. */
function titleOf(name: string): string {
  const words = name.replaceAll(/[-_]+/g, " ").trim();
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
