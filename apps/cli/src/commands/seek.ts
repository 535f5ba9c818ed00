/** `fabula seek`: is there a story, with everyone in character, that ends like this? */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { Worker } from "node:worker_threads";
import type { Command } from "commander";
import { readStory } from "fabula";
import type { SeekLimits, SeekProgress } from "fabula/seek";
import { BadInput, badInput } from "../bad-input.js";
import { exitCode } from "../exit-code.js";
import { isInterrupted, onInterruption } from "../interruption.js";
import { collectedSets, parseCount, parseLimit, parseShare, parseWord } from "../option-values.js";
import { complain, counted, write, writeJson, writeLine } from "../output.js";
import { isTimed, type SeekChangeFlags, seekLeastChange } from "../seek-change.js";
import type { SeekAnswer, SeekJob, WiderLimit } from "../seek-job.js";
import { findModulesFor } from "../story-input.js";
import { readTextFile } from "../text-file.js";
import { seekThread } from "../threads.js";
import { locateStory } from "../world-library.js";
import { createCommand } from "./command.js";

interface SeekFlags extends SeekChangeFlags {
  readonly goal?: number;
  readonly atl?: number;
  readonly ctl?: number;
  readonly el?: number;
  readonly shortest?: boolean;
  readonly check?: string;
  readonly form: "text" | "sabre";
  readonly seconds: number;
  readonly memory: number;
}

export function createSeekCommand(): Command {
  return createCommand(
    "seek",
    "Find a story, with everyone in character, that ends like this; with time: the least change.",
    'seek examples/the-ford "wick.caught"',
  )
    .argument("<STORY>", "a story, or a problem in the language of the Sabre planner")
    .argument("[EXPR]", "how it must end: a condition, or what the author's utility must reach")
    .option("--goal <N>", "what the author's utility must reach", numberOf("--goal"))
    .option("--atl <N>", "most actions in the story (10)", parseLimit("--atl"))
    .option("--ctl <N>", "most actions in a character's plan (5)", parseLimit("--ctl"))
    .option("--el <N>", "levels of reasons about reasons (2)", parseLimit("--el"))
    .option("--shortest", "prove that no story is shorter")
    .option("--check <PLAN>", "check the plan in this file instead")
    .option("--form <FORM>", "text or sabre", parseWord("--form", ["text", "sabre"]), "text")
    .option(
      "--seconds <N>",
      "stop after so long, with the best so far",
      numberOf("--seconds"),
      3600,
    )
    .option("--memory <MB>", "for the tables of the search", numberOf("--memory"), 1200)
    .option("--share <SHARE>", "with time: share of runs that must end so", parseShare, 0.8)
    .option("--seeds <N>", "with time: seeds to search on", parseCount("--seeds"), 10)
    .option("--fresh <N>", "with time: fresh seeds to try an answer on", parseCount("--fresh"), 20)
    .option("--budget <N>", "with time: stop after so many runs", parseCount("--budget"), 2000)
    .option("--most <N>", "with time: most changes together", parseCount("--most"), 2)
    .option("--best <N>", "with time: answers to find", parseCount("--best"), 3)
    .option("--may <LINE>", "with time: a change to try as well", collectedSets, [])
    .option("--json", 'one JSON value: {"found","plan","length","valid","reason",...}')
    .action(seek);
}

/** Options that mean nothing in a world of the other kind. */
const timedOptions = "share seeds fresh budget most best may".split(" ");
const planOptions = "goal atl ctl el shortest check form seconds memory".split(" ");

function refuse(command: Command, options: readonly string[], why: string): void {
  const given = options.find((option) => command.getOptionValueSource(option) === "cli");
  if (given === undefined) return;
  throw badInput("FAB7006", `--${given} means nothing here: ${why}`, "leave it out");
}

async function seek(
  path: string,
  goal: string | undefined,
  flags: SeekFlags,
  command: Command,
): Promise<void> {
  // Whatever is no story of ours is taken for a problem of Sabre's.
  const isProblem = existsSync(path) && !path.endsWith(".fabula");
  const file = isProblem ? resolve(path) : locateStory(path);
  const { name, text } = readTextFile(isProblem ? path : file);
  if (!isProblem) {
    const read = readStory({ name, text }, findModulesFor(file));
    if (read.ok && isTimed(read.value)) {
      refuse(command, planOptions, "the story has time, and no plan is looked for");
      await seekLeastChange(read.value, goal, flags);
      return;
    }
  }
  refuse(command, timedOptions, "the story has no time, and a plan is looked for");
  const limits = {
    ...(flags.goal === undefined ? {} : { goal: flags.goal }),
    ...(flags.atl === undefined ? {} : { authorTemporalLimit: flags.atl }),
    ...(flags.ctl === undefined ? {} : { characterTemporalLimit: flags.ctl }),
    ...(flags.el === undefined ? {} : { epistemicLimit: flags.el }),
  };
  const answer = await runJob({
    language: isProblem ? "sabre" : "fabula",
    file,
    name,
    text,
    goal,
    limits,
    shortest: flags.shortest === true,
    budgetMs: flags.seconds * 1000,
    bytesMax: flags.memory * 1e6,
    plan: flags.check === undefined ? undefined : readTextFile(flags.check).text,
  });
  if (answer.kind === "wrong") throw new BadInput(answer.diagnostics);
  complain(answer.warnings);
  if (answer.kind === "checked") await showCheck(answer, flags);
  else await showStory(answer, flags);
  if (isInterrupted()) process.exitCode = exitCode.interrupted;
}

async function showCheck(
  { result }: Extract<SeekAnswer, { kind: "checked" }>,
  flags: SeekFlags,
): Promise<void> {
  if (flags.json) await writeJson(result);
  else if (result.valid) await writeLine("valid");
  for (const { kind, message, step } of flags.json ? [] : result.failures) {
    await writeLine(`step ${step + 1}: ${kind}: ${message}`);
  }
  if (!result.valid) process.exitCode = exitCode.no;
}

async function showStory(
  { explanation, result, wider }: Extract<SeekAnswer, { kind: "sought" }>,
  flags: SeekFlags,
): Promise<void> {
  const { tellStory, toSabreForm } = await import("fabula/seek");
  const { found, nearest, reason, story } = result;
  if (flags.json) await writeJson({ ...result, explanation, wider });
  else if (found && story !== undefined && explanation !== undefined) {
    await write(flags.form === "sabre" ? toSabreForm(story) : tellStory(explanation));
    if (flags.form === "text" && reason !== "found") await writeLine(reason);
  } else {
    await writeLine(reason);
    if (nearest !== undefined && nearest.plan.length > 0) {
      await writeLine(`It came nearest by: ${nearest.plan.join("; ")}`);
    }
    if (nearest?.refused !== undefined) {
      const { action, after, character, why } = nearest.refused;
      const when = after.length === 0 ? "At the start" : `After ${after.join("; ")}`;
      await writeLine(`${when}, ${action} would help, but ${character} ${why}.`);
    }
    if (result.outcome === "none" && nearest !== undefined) {
      await writeLine(limitsText(result.limits, wider));
    }
  }
  if (!found) process.exitCode = exitCode.no;
}

const limitFlags = {
  authorTemporalLimit: "--atl",
  characterTemporalLimit: "--ctl",
  epistemicLimit: "--el",
} as const;

function limitsText(
  { authorTemporalLimit, characterTemporalLimit, epistemicLimit }: SeekLimits,
  wider: WiderLimit | undefined,
): string {
  const levels = `${counted(epistemicLimit, "level")} of reasons about reasons (--el)`;
  const looked =
    `Looked at: stories of at most ${counted(authorTemporalLimit, "action")} (--atl), ` +
    `plans in somebody's head of at most ${characterTemporalLimit} (--ctl), ${levels}.`;
  if (wider === undefined) return `${looked} None of these, raised alone for a while, brought one.`;
  const { length, limit, value } = wider;
  const story = `there is one of ${counted(length, "action")}`;
  return `${looked} With ${limitFlags[limit]} ${value} ${story}.`;
}

/** On a thread of its own, so that Ctrl-C is heard; in place where it runs from the sources. */
async function runJob(job: SeekJob): Promise<SeekAnswer> {
  if (!existsSync(seekThread)) {
    const { runSeekJob } = await import("../seek-job.js");
    return runSeekJob(job, () => !isInterrupted());
  }
  const flag = new Int32Array(new SharedArrayBuffer(4));
  onInterruption(() => Atomics.store(flag, 0, 1));
  return new Promise((resolve, reject) => {
    const worker = new Worker(seekThread, { workerData: { flag, job } });
    let answered = false;
    worker.on("message", (message: Message) => {
      if (message.kind === "progress") showProgress(message.progress);
      else {
        answered = true;
        showProgress(undefined);
        resolve(message.answer);
      }
    });
    worker.on("error", (error: NodeJS.ErrnoException) => {
      const outOfMemory = error.code === "ERR_WORKER_OUT_OF_MEMORY";
      reject(
        outOfMemory ? badInput("FAB7006", memoryText, "--memory 500, or tighter limits") : error,
      );
    });
    worker.on("exit", (code) => {
      if (!answered) reject(new Error(`the search ended early with ${code}`));
    });
  });
}

const memoryText = "the search needs more memory than this machine gives";

type Message =
  | { readonly kind: "progress"; readonly progress: SeekProgress }
  | { readonly kind: "answer"; readonly answer: SeekAnswer };

/** A line on a terminal that is written over; nothing at all in a pipe. */
function showProgress(progress: SeekProgress | undefined): void {
  if (!process.stderr.isTTY) return;
  if (progress === undefined) {
    process.stderr.write("\r\u001b[K");
    return;
  }
  const { best, depth, expanded, reasonNodes } = progress;
  const found = best < 0 ? "nothing yet" : `${best} actions`;
  const nodes = `${expanded} beginnings, ${reasonNodes} thoughts`;
  process.stderr.write(`\r\u001b[K${nodes}, depth ${depth}, best: ${found}`);
}

function numberOf(option: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== "" && Number.isFinite(value) && value >= 0) return value;
    throw badInput("FAB7006", `${option} takes a number from 0, not "${text}"`, `${option} 5`);
  };
}
