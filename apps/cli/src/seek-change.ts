/** `seek` in a timed world: the least that must change for the story to end as wanted. */
import { type LeastChange, type LeastChangeAnswer, type OpenedStory, seekChange } from "fabula";
import { badInput } from "./bad-input.js";
import { exitCode } from "./exit-code.js";
import { breathe, isInterrupted } from "./interruption.js";
import { Progress, writeJson, writeLine } from "./output.js";
import { unwrap } from "./story-input.js";
import { againText } from "./what-if-text.js";

export interface SeekChangeFlags {
  readonly share: number;
  readonly seeds: number;
  readonly fresh: number;
  readonly budget: number;
  readonly most: number;
  readonly best: number;
  readonly may: readonly (readonly string[])[];
  readonly json?: boolean;
}

/** Whether what moves with time makes it a matter of runs and not of plans. */
export function isTimed({ world }: OpenedStory): boolean {
  const moves = world.fluents.some((fluent) => fluent.storage === "quantity");
  return moves || world.processes.length > 0;
}

export async function seekLeastChange(
  story: OpenedStory,
  goal: string | undefined,
  flags: SeekChangeFlags,
): Promise<void> {
  if (goal === undefined) {
    throw badInput("FAB7006", "seek needs an ending in a world with time", '"ben.alive at end"');
  }
  const question = unwrap(story.readQuestion(goal));
  for (const lines of flags.may) unwrap(story.readChanges(lines));
  const search = seekChange(story, question, {
    share: flags.share,
    seeds: flags.seeds,
    freshSeeds: flags.fresh,
    runsMax: flags.budget,
    changesMax: flags.most,
    wanted: flags.best,
    allowed: flags.may,
    jitter: 0,
  });
  const progress = new Progress("runs");
  for (;;) {
    const next = search.next();
    if (next.done === true) {
      progress.end();
      await show(next.value, flags);
      return;
    }
    progress.update(next.value, flags.budget);
    await breathe();
    if (isInterrupted()) break;
  }
  progress.end();
  process.exitCode = exitCode.interrupted;
}

async function show(answer: LeastChangeAnswer, flags: SeekChangeFlags): Promise<void> {
  if (flags.json) await writeJson(answer);
  else {
    const { base, reason, tried, runs, answers } = answer;
    await writeLine(`As it is: ${percent(base.estimate)} of ${base.runs} runs.`);
    for (const one of answers) for (const line of linesOf(one)) await writeLine(line);
    await writeLine(
      `\n${reason}: ${tried} ${tried === 1 ? "change" : "changes"} tried in ${runs} runs`,
    );
  }
  if (!answer.found) process.exitCode = exitCode.no;
}

function linesOf(found: LeastChange): string[] {
  const { asks, odds, before, seed, clock, path } = found;
  const parted =
    clock === null ? "the same happens, and comes to that" : `the runs part at ${clock}`;
  const range = `${percent(odds.low)} to ${percent(odds.high)}`;
  return [
    "",
    ...changeLines(found),
    `  then it ends so in ${percent(odds.estimate)} of ${odds.runs} fresh runs (${range}), ` +
      `without in ${percent(before.estimate)}`,
    `  it asks ${asks.toFixed(2)}; with seed ${seed} ${parted}`,
    ...path.map((step) => {
      const how = step.happens === "now" ? "" : `(${step.happens}) `;
      return `    ${step.clock}  ${how}${step.text}${againText(step.again)}`;
    }),
  ];
}

/** What the author calls it stands above it, as a comment: the lines can be taken as they are. */
function changeLines({ changes, titles }: LeastChange): string[] {
  const blocks = changes.some((change) => change.includes("\n"));
  return [...titles.map((title) => `// ${title}`), changes.join(blocks ? "\n" : "; ")];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}
