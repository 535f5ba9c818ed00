/** `fabula check`: reads files and says everything that is wrong with them, all at once. */
import type { Command } from "commander";
import { compileSource, type Diagnostic } from "fabula";
import { BadInput, badInput } from "../bad-input.js";
import { exitCode } from "../exit-code.js";
import { complain, writeJson, writeLine } from "../output.js";
import { findModulesFor } from "../story-input.js";
import { placeName, readTextFile } from "../text-file.js";
import { listTexts } from "../world-library.js";
import { createCommand } from "./command.js";

export function createCheckCommand(): Command {
  return createCommand(
    "check",
    "Read stories and modules and say everything that is wrong with them.",
    "check leaf/until-the-end",
  )
    .argument("<FILE...>", "files, folders, or bundled stories")
    .option("--json", "one JSON value: every diagnostic")
    .action(check);
}

async function check(paths: string[], flags: { readonly json?: boolean }): Promise<void> {
  const files = listTexts(paths);
  if (files.length === 0) {
    throw badInput("FAB7007", `there is no .fabula file in ${paths.join(", ")}`);
  }
  const found = new Map<string, Diagnostic>();
  for (const file of files) {
    for (const diagnostic of checkFile(file)) found.set(JSON.stringify(diagnostic), diagnostic);
  }
  const diagnostics = [...found.values()];
  const errors = diagnostics.filter((one) => one.severity === "error").length;
  if (flags.json) await writeJson({ files: files.map(placeName), errors, diagnostics });
  else {
    complain(diagnostics);
    if (errors === 0)
      await writeLine(`${files.length} ${files.length === 1 ? "file" : "files"}, no error`);
  }
  if (errors > 0) process.exitCode = exitCode.badInput;
}

function checkFile(file: string): readonly Diagnostic[] {
  try {
    return compileSource(readTextFile(file), findModulesFor(file)).diagnostics;
  } catch (error) {
    if (error instanceof BadInput) return error.diagnostics;
    throw error;
  }
}
