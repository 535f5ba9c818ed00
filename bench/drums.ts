/** The world of drums (worlds/drums.fabula) with any number of them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compileStory } from "@fabula/language";
import type { World } from "@fabula/model";

const name = "bench/worlds/drums.fabula";

/** From its text; the runner starts us in the root of the repository. */
export function readDrums(drumCount: number): World {
  const text = readFileSync(join(process.cwd(), name), "utf8");
  const counted = text.replace("times 1000", `times ${drumCount}`);
  const { world, diagnostics } = compileStory({ name, text: counted }, () => []);
  if (world === undefined) throw new Error(JSON.stringify(diagnostics));
  return world;
}
