/** What answers depend on besides the texts: the engine itself, as built. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const packages = [
  "@fabula/model",
  "@fabula/language",
  "@fabula/chronicle",
  "@fabula/engine",
  "@fabula/lab",
  "@fabula/telling",
  "fabula",
];

let known: string | undefined;

/** Of every built file of the packages that answer a run, 64 hexadecimal digits. */
export function engineHash(): string {
  known ??= hashAll();
  return known;
}

function hashAll(): string {
  const require = createRequire(import.meta.url);
  const hash = createHash("sha256");
  for (const name of packages) {
    const folder = dirname(require.resolve(name));
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".js") && !file.startsWith("node"))
      .sort();
    for (const file of files)
      hash.update(`${name}/${file}\n`).update(readFileSync(join(folder, file)));
  }
  return hash.digest("hex");
}

/** The hash under which answers are kept: engine, texts and what is asked. */
export function surveyHash(survey: unknown): string {
  return createHash("sha256").update(engineHash()).update(JSON.stringify(survey)).digest("hex");
}
