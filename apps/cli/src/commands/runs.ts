/** `fabula runs`: what a store holds, and playing a run of it again. */
import { existsSync } from "node:fs";
import type { Command } from "commander";
import { assertSound } from "fabula";
import type { Store, StoredRun } from "fabula/node";
import { badInput } from "../bad-input.js";
import { exitCode } from "../exit-code.js";
import { parseRun } from "../option-values.js";
import { counted, writeJson, writeLine } from "../output.js";
import { firstDifference, storedOccurrences } from "../stored-run.js";
import { openStory, unwrap } from "../story-input.js";
import { createCommand } from "./command.js";

interface RunsFlags {
  readonly replay?: number;
  readonly json?: boolean;
}

export function createRunsCommand(): Command {
  return createCommand(
    "runs",
    "List the runs and answers in a store; play one of them again.",
    "runs my.store --replay 1",
  )
    .argument("<STORE>", "a file that `--store` has written")
    .option("--replay <N>", "play run N again and say whether it is the same", parseRun)
    .option("--json", 'one JSON value: {"runs":[...],"surveys":[...]}, or {"same","differs"}')
    .action(listOrReplay);
}

async function listOrReplay(path: string, flags: RunsFlags): Promise<void> {
  if (!existsSync(path)) throw badInput("FAB7001", `there is no store ${path}`, "check the path");
  const { Store } = await import("fabula/node");
  const store = Store.open(path);
  try {
    if (flags.replay === undefined) await list(store, flags);
    else await replay(store, path, flags.replay, flags);
  } finally {
    store.close();
  }
}

async function list(store: Store, flags: RunsFlags): Promise<void> {
  const [runs, surveys] = [store.runs(), store.surveys()];
  if (flags.json) {
    const asked = surveys.map((one) => ({ ...one, asked: JSON.parse(one.asked) as unknown }));
    await writeJson({ runs, surveys: asked });
    return;
  }
  for (const run of runs) await writeLine(lineOf(run));
  for (const { kind, story, answers, asked } of surveys) {
    await writeLine(`${kind} of ${story}: ${answers} runs answered  ${asked}`);
  }
  if (runs.length + surveys.length === 0) await writeLine("nothing is stored yet");
}

function lineOf({ id, place, seed, changes, occurrences, hash, branch }: StoredRun): string {
  const from = branch === undefined ? "" : `, from run ${branch.parent} after ${branch.shared}`;
  const changed = changes.length === 0 ? "" : `, ${changes.join("; ")}`;
  return `run ${id}  ${place} seed ${seed}${changed}${from}  (${counted(occurrences, "occurrence")}, ${hash})`;
}

async function replay(store: Store, path: string, id: number, flags: RunsFlags): Promise<void> {
  const run = store.runs().find((one) => one.id === id);
  if (run === undefined) {
    const known = store.runs().map((one) => one.id);
    const remedy = known.length === 0 ? "play STORY --store keeps a run" : `one of: ${known}`;
    throw badInput("FAB7006", `${path} has no run ${id}`, remedy);
  }
  const story = openStory(run.place);
  const changes = unwrap(story.readChanges(run.changes));
  const simulation = story.begin({ seed: run.seed, changes, jitter: run.jitter }).run();
  assertSound(simulation);
  const hash = simulation.chronicle.hash();
  const edited = story.world.hash !== run.world;
  const differs = firstDifference(store.occurrencesOf(id), storedOccurrences(simulation));
  const same = differs === undefined && (edited || hash === run.hash);
  if (flags.json) await writeJson({ same, edited, hash, differs: differs ?? null });
  else {
    const texts = edited ? "The texts were edited since. " : "";
    await writeLine(
      same
        ? `${texts}The same ${run.occurrences} occurrences.`
        : `${texts}It differs from occurrence ${(differs?.stored ?? differs?.played)?.id} on:`,
    );
    if (!same) {
      await writeLine(`  then: ${differs?.stored?.text ?? "nothing more happened"}`);
      await writeLine(`  now:  ${differs?.played?.text ?? "nothing more happens"}`);
    }
  }
  if (!same) process.exitCode = exitCode.no;
}
