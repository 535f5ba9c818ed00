/**
 * What every host computes, for scripts/check-hosts.mjs. It is bundled and runs in Node and in a
 * browser, so nothing here may ask for either. Every value is a short text: a hash.
 */
import { Digest, readStory } from "fabula";

/** The texts of worlds/ by their paths there, and what to play. */
export interface ProbeInput {
  readonly texts: Readonly<Record<string, string>>;
  readonly stories: readonly string[];
  readonly seeds: readonly number[];
}

/** Values by name: the same in every host, but for that of the canary. */
export function probe(input: ProbeInput): Record<string, string> {
  const values: Record<string, string> = {
    arithmetic: hashArithmetic(),
    "canary host": "document" in globalThis ? "browser" : "node",
  };
  for (const path of input.stories) {
    for (const [seed, hash] of playStory(path, input)) values[`${path} seed ${seed}`] = hash;
  }
  return values;
}

/** Hash of the chronicle, and how long it is, by seed. @throws Error where the story has an error. */
function playStory(path: string, { texts, seeds }: ProbeInput): [number, string][] {
  const text = texts[path];
  if (text === undefined) throw new RangeError(`no text ${path}`);
  const read = readStory({ name: path, text }, (name) => findModules(texts, name));
  if (!read.ok) throw new Error(`${path}: ${JSON.stringify(read.diagnostics[0])}`);
  return seeds.map((seed) => {
    const simulation = read.value.begin({ seed, changes: [], jitter: 0 }).run();
    const [fault] = simulation.diagnostics;
    if (fault !== undefined) throw new Error(`${path}: ${JSON.stringify(fault)}`);
    const { chronicle } = simulation;
    return [seed, `${chronicle.hash()} of ${chronicle.count} occurrences`];
  });
}

/** As in worlds.mjs, from memory. */
function findModules(texts: ProbeInput["texts"], name: string): { name: string; text: string }[] {
  const path = name.replaceAll(".", "/");
  const isWanted = (file: string) =>
    file === `${path}.fabula` ||
    (!path.includes("/") && file.startsWith(`${path}/`) && file.split("/").length === 2);
  return Object.keys(texts)
    .filter(isWanted)
    .map((file) => ({ name: file, text: texts[file] ?? "" }));
}

/** A long chain of the operations that state may use, through every magnitude. */
function hashArithmetic(): string {
  const digest = new Digest();
  let value = 0.1;
  for (let index = 0; index < 100_000; index += 1) {
    value = Math.sqrt(value * 3.7 + 1 / (index + 1)) - value * 0.25;
    digest.number(value * (index % 2 === 0 ? 1e-9 : 1e9));
  }
  return digest.hex();
}
