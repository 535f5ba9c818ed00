/** The small world that the tests of this package read, spoil and mend. */
import { readFileSync } from "node:fs";
import type { FindModules, SourceText } from "@fabula/model";

const names = ["body", "craft", "talk", "tale"] as const;
export type FixtureName = (typeof names)[number];

export function fixture(name: FixtureName): string {
  return readFileSync(new URL(`fixtures/${name}.fabula`, import.meta.url), "utf8");
}

/** All fixtures, with some of them replaced by other texts. */
export function texts(changed: Partial<Record<FixtureName, string>> = {}): readonly SourceText[] {
  return names.map((name) => ({ name, text: changed[name] ?? fixture(name) }));
}

/** Finds modules among `texts` by their headers. */
export function finderOf(all: readonly SourceText[]): FindModules {
  return (wanted) =>
    all.filter(({ text }) => {
      const name = /^module (\S+)/m.exec(text)?.[1] ?? "";
      return name === wanted || name.startsWith(`${wanted}.`);
    });
}

/** `text` with one passage replaced; a passage that is not there is a mistake in the test. */
export function edit(text: string, passage: string, replacement: string): string {
  if (!text.includes(passage)) throw new RangeError(`the fixture has no "${passage}"`);
  return text.replace(passage, () => replacement);
}
