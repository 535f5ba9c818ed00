/** `fabula fmt`: one way to write it. Nothing is written to a file that cannot be read. */
import { renameSync, unlinkSync, writeFileSync } from "node:fs";
import type { Command } from "commander";
import { formatText } from "fabula";
import { BadInput, badInput } from "../bad-input.js";
import { exitCode } from "../exit-code.js";
import { write, writeLine } from "../output.js";
import { placeName, readTextFile } from "../text-file.js";
import { listTexts } from "../world-library.js";
import { createCommand } from "./command.js";

interface FmtFlags {
  readonly check?: boolean;
  readonly stdout?: boolean;
}

export function createFmtCommand(): Command {
  return createCommand(
    "fmt",
    "Bring files into the one form; comments stay.",
    "fmt leaf/until-the-end --check",
  )
    .argument("<FILE...>", "files, folders, or bundled stories")
    .option("--check", "write nothing; exit 1 where a file is not in form")
    .option("--stdout", "write the text to stdout instead of to the file")
    .action(format);
}

async function format(paths: string[], flags: FmtFlags): Promise<void> {
  const files = listTexts(paths);
  if (files.length === 0) {
    throw badInput("FAB7007", `there is no .fabula file in ${paths.join(", ")}`);
  }
  const formatted = files.map((file) => {
    const source = readTextFile(file);
    const { text, diagnostics } = formatText(source);
    if (text === undefined) throw new BadInput(diagnostics);
    return { file, text, changed: text !== source.text };
  });
  if (flags.stdout) {
    for (const { text } of formatted) await write(text);
    return;
  }
  for (const { file, text, changed } of formatted) {
    if (!changed) continue;
    await writeLine(placeName(file));
    if (!flags.check) replaceFile(file, text);
  }
  const changed = formatted.some((one) => one.changed);
  if (flags.check && changed) process.exitCode = exitCode.no;
}

/** All or nothing: a full disk must not leave half a story. */
function replaceFile(file: string, text: string): void {
  const beside = `${file}.${process.pid}.new`;
  try {
    writeFileSync(beside, text);
    renameSync(beside, file);
  } catch (error) {
    try {
      unlinkSync(beside);
    } catch {
      // It was never made.
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw badInput("FAB7003", `cannot write ${placeName(file)}: ${reason}`);
  }
}
