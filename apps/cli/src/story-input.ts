/** From what was typed to a story ready to be asked: every command begins here. */
import {
  type Diagnostic,
  type Intervention,
  type OpenedStory,
  type Read,
  readStory,
  type SourceText,
} from "fabula";
import { BadInput } from "./bad-input.js";
import { complain } from "./output.js";
import { readTextFile } from "./text-file.js";
import { locateStory, readModule } from "./world-library.js";

/** Options of a run, as typed. */
export interface RunFlags {
  readonly seed: number;
  readonly change: readonly string[];
  readonly jitter: number;
}

export function openStory(name: string): OpenedStory {
  const file = locateStory(name);
  return unwrap(readStory(readTextFile(file), findModulesFor(file)));
}

/** Modules as seen from a story file; each is read once. */
export function findModulesFor(file: string): (name: string) => SourceText[] {
  const read = new Map<string, SourceText[]>();
  return (name) => {
    const known = read.get(name);
    if (known !== undefined) return known;
    const found = readModule(name, file);
    read.set(name, found);
    return found;
  };
}

/** The value; warnings go to stderr, errors end the command. */
export function unwrap<T>(read: Read<T>): T {
  if (!read.ok) throw new BadInput(read.diagnostics);
  complain(read.diagnostics.filter(isWarning));
  return read.value;
}

/** The run that the flags ask for. */
export function runOptionsOf(story: OpenedStory, flags: RunFlags) {
  return {
    seed: flags.seed,
    changes: unwrap(story.readChanges(flags.change)),
    jitter: flags.jitter,
  };
}

/** Birth number of a person named by an option; -1 where the option is absent. */
export function personOf(
  story: OpenedStory,
  name: string | undefined,
  option: string,
  changes: readonly Intervention[] = [],
): number {
  return name === undefined ? -1 : unwrap(story.readPerson(name, option, changes));
}

function isWarning(diagnostic: Diagnostic): boolean {
  return diagnostic.severity === "warning";
}
