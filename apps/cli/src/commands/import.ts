/** `fabula import sabre`: a problem of the Sabre planner as a story in Fabula's language. */
import { existsSync, writeFileSync } from "node:fs";
import { Command } from "commander";
import { importSabre } from "fabula";
import { BadInput, badInput } from "../bad-input.js";
import { complain, write, writeLine } from "../output.js";
import { readTextFile } from "../text-file.js";
import { createCommand } from "./command.js";

export function createImportCommand(): Command {
  const sabre = createCommand(
    "sabre",
    "Write a problem of the Sabre planner as a story in Fabula's language.",
    "import sabre treasure.txt -o treasure.fabula",
  )
    .argument("<FILE>", "the problem")
    .option("-o, --output <FILE>", "where to write the story; without, it is printed")
    .action(importFile);
  return new Command("import")
    .description("Take over what was written for another tool.")
    .addHelpText("after", "\nExample:\n  $ fabula import sabre treasure.txt -o treasure.fabula\n")
    .addCommand(sabre.exitOverride().showHelpAfterError("(--help says more)"));
}

async function importFile(path: string, { output }: { output?: string }): Promise<void> {
  const { name, text } = readTextFile(path);
  const { diagnostics, text: story } = importSabre(text, name);
  if (story === undefined) throw new BadInput(diagnostics);
  complain(diagnostics);
  if (output === undefined) {
    await write(story);
    return;
  }
  if (existsSync(output)) {
    throw badInput("FAB7008", `${output} is there already`, "another name, or move it away first");
  }
  writeFileSync(output, story);
  await writeLine(`wrote ${output}`);
}
