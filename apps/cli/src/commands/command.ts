/** What commands share: their options and an example in their help. */
import { Command, Help, type Option } from "commander";
import {
  collectedChanges,
  parseFleet,
  parseJitter,
  parseSeed,
  parseWorkers,
} from "../option-values.js";

/** A command with an example that works, shown under its help. */
export function createCommand(name: string, description: string, example: string): Command {
  return new Command(name)
    .description(description)
    .configureHelp({ optionDescription: describeOption })
    .addHelpText("after", `\nExample:\n  $ fabula ${example}\n`);
}

const plainHelp = new Help();

/** What is nothing where it is not given needs no default named. */
function describeOption(option: Option): string {
  const { defaultValue, description } = option;
  const isNothing = Array.isArray(defaultValue) && defaultValue.length === 0;
  return isNothing ? description : plainHelp.optionDescription(option);
}

/** `--seed`, `--change` and `--jitter`, alike wherever a story runs. */
export function withRunOptions(command: Command): Command {
  return withChangeOptions(command).option(
    "--jitter <SHARE>",
    "shake every weight, bond and trust by up to this",
    parseJitter,
    0,
  );
}

/** `--seed` and `--change` alone. */
export function withChangeOptions(command: Command): Command {
  return command
    .option("--seed <N>", "which of the possible runs", parseSeed, 1)
    .option(
      "--change <LINE>",
      "a change from outside, as in a what-if; several joined by ; or repeated",
      collectedChanges,
      [],
    );
}

/** Where many runs are made and kept, alike for every question to many runs. */
export function withSurveyOptions(command: Command): Command {
  return command
    .option("--workers <N>", "threads to share the work; the results are the same", parseWorkers, 1)
    .option(
      "--fleet <URL>",
      "machines to share the work, through Redis: redis://host:6379",
      parseFleet,
    )
    .option("--store <FILE>", "keep every answer there, and go on from what it has")
    .option("--progress", "say how far it is, a line each time, also in a pipe");
}
