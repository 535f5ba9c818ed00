/**
 * Talk-driven stories: two minds in a room, everything belief, foresight and choice. The baseline is
 * the same minds keeping nothing of what they worked out; both must write the same chronicle.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createForgetfulMinds, createMinds, createSimulation, type MindHost } from "@fabula/engine";
import { compileStory } from "@fabula/language";
import type { SourceText, World } from "@fabula/model";
import type { Comparison, Contender } from "./comparison.js";

const runsARound = 2;

export function compareTalk(story: string): Comparison {
  return {
    name: `talk-${story}`,
    operation: "one run of the story, chronicle on",
    operations: runsARound,
    baseline: play("minds that keep nothing", story, createForgetfulMinds),
    contenders: [play("minds", story, createMinds)],
    mustAgree: true,
  };
}

function play(
  name: string,
  story: string,
  minds: (host: MindHost) => ReturnType<typeof createMinds>,
): Contender {
  return {
    name,
    prepare: () => {
      const world = readStory(story);
      return () => {
        let checksum = 0;
        for (let seed = 1; seed <= runsARound; seed += 1) {
          const simulation = createSimulation({ world, seed, createMinds: minds }).run();
          checksum += Number.parseInt(simulation.chronicle.hash().slice(0, 12), 16);
        }
        return checksum;
      };
    },
  };
}

/** From the texts of worlds/; the runner starts us in the root of the repository. */
function readStory(story: string): World {
  const file = join(process.cwd(), "worlds", "leaf", "stories", `${story}.fabula`);
  const { world, diagnostics } = compileStory(readText(file), findModules);
  if (world === undefined) throw new Error(JSON.stringify(diagnostics));
  return world;
}

function findModules(name: string): SourceText[] {
  const path = join(process.cwd(), "worlds", ...name.split("."));
  if (existsSync(`${path}.fabula`)) return [readText(`${path}.fabula`)];
  return readdirSync(path)
    .filter((entry) => entry.endsWith(".fabula"))
    .sort()
    .map((entry) => readText(join(path, entry)));
}

function readText(file: string): SourceText {
  return { name: file, text: readFileSync(file, "utf8") };
}
