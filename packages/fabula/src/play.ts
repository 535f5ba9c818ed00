/** The shortest way from texts to a chronicle: what another host compares. */
import { assertSound, begin } from "@fabula/lab";
import { compileChanges, compileStory } from "@fabula/language";
import type { Diagnostic, FindModules, SourceText } from "@fabula/model";

export interface PlayInput {
  readonly story: SourceText;
  /** Texts of a module or world by its name; [] where there is none. */
  readonly find: FindModules;
  /** 0 .. 2^53 - 1. */
  readonly seed: number;
  /** Lines as in a what-if. */
  readonly changes?: readonly string[];
}

export interface PlayResult {
  /** 16 hexadecimal digits, the same on every machine; absent where the text is wrong. */
  readonly hash?: string;
  /** Number of occurrences. */
  readonly occurrences: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** Plays to the end. Throws a StoryFault where the text goes wrong on the way. */
export function playStory({ story, find, seed, changes = [] }: PlayInput): PlayResult {
  const { world, diagnostics } = compileStory(story, find);
  if (world === undefined) return { occurrences: 0, diagnostics };
  const lines = changes.map((text, index) => ({ name: `change ${index + 1}`, text }));
  const read = lines.length === 0 ? { changes: [], diagnostics: [] } : compileChanges(world, lines);
  const said = [...diagnostics, ...read.diagnostics];
  if (read.changes === undefined) return { occurrences: 0, diagnostics: said };
  const simulation = begin(world, { seed, changes: read.changes, jitter: 0 });
  simulation.runUntil(Number.POSITIVE_INFINITY);
  assertSound(simulation);
  const { chronicle } = simulation;
  return { hash: chronicle.hash(), occurrences: chronicle.count, diagnostics: said };
}

/** Modules given as a table from module name (`std.body`) to text; `std` means all of `std.*`. */
export function modulesFrom(texts: Readonly<Record<string, string>>): FindModules {
  return (name) =>
    Object.keys(texts)
      .filter((module) => module === name || module.startsWith(`${name}.`))
      .sort()
      .map((module) => ({
        name: `worlds/${module.replaceAll(".", "/")}.fabula`,
        text: texts[module] ?? "",
      }));
}
