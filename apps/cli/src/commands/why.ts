/** `fabula why`: the causes, in truth or as far as one person can know. */
import type { Command } from "commander";
import { type Verification, type WhyAnswer, type WhyNode, whyRun } from "fabula";
import { shiftText } from "../duration.js";
import { exitCode } from "../exit-code.js";
import { parseDepth } from "../option-values.js";
import { Progress, writeJson, writeLine } from "../output.js";
import { openStory, personOf, type RunFlags, runOptionsOf, unwrap } from "../story-input.js";
import { createCommand, withRunOptions } from "./command.js";

interface WhyFlags extends RunFlags {
  readonly as?: string;
  readonly verify?: boolean;
  readonly depth: number;
  readonly json?: boolean;
}

export function createWhyCommand(): Command {
  const command = createCommand(
    "why",
    "Say why something came to be: its causes and theirs, back to the beginning.",
    'why leaf/until-the-end "kakashi.alive = false" --verify',
  )
    .argument("<STORY>", "a file, or a bundled story like leaf/until-the-end")
    .argument("<EXPR>", "a condition that came to hold, an event, or a line that play told");
  return withRunOptions(command)
    .option("--as <PERSON>", "as far as this person knows; may answer unknown")
    .option("--depth <N>", "levels of causes in the text (JSON has them all)", parseDepth, 6)
    .option(
      "--verify",
      "run again without causes: which are necessary, enough alone, one of several",
    )
    .option("--json", "one JSON value: the tree, and what the runs without each cause showed")
    .action(why);
}

async function why(name: string, text: string, flags: WhyFlags): Promise<void> {
  const story = openStory(name);
  const question = unwrap(story.readWhy(text));
  const options = runOptionsOf(story, flags);
  const as = personOf(story, flags.as, "--as", options.changes);
  const progress = new Progress("runs without a cause");
  const answer = whyRun(story, question, {
    ...options,
    as,
    verify: flags.verify === true,
    onVerified: (done, total) => progress.update(done, total),
  });
  progress.end();
  if (flags.json) await writeJson({ question: text, as: flags.as ?? null, ...inJson(answer) });
  else {
    const asked = "line" in question ? undefined : question.question;
    const isAtMoment = asked?.kind === "timed" && asked.timed.kind === "at";
    await writeAnswer(answer, text, isAtMoment, flags);
  }
  if (!answer.found && !answer.unknown) process.exitCode = exitCode.no;
}

function inJson(answer: WhyAnswer) {
  if (answer.found) return { value: "known", ...answer };
  return { value: answer.unknown ? "unknown" : "never", ...answer };
}

async function writeAnswer(
  answer: WhyAnswer,
  text: string,
  isAtMoment: boolean,
  flags: WhyFlags,
): Promise<void> {
  if (!answer.found) {
    const never = isAtMoment ? "not so" : "never";
    await writeLine(
      answer.unknown ? `unknown: ${flags.as} knows nothing of it` : `${never}: ${text}`,
    );
    for (const sentence of answer.hindered) await writeLine(`  ${sentence}`);
    return;
  }
  for (const line of linesOf(answer.tree, "", "", flags.depth)) await writeLine(line);
  if (answer.verified !== undefined) {
    await writeLine("\nRun again, with one cause taken away each time:");
    for (const one of answer.verified) await writeLine(`  ${one.without}: ${resultOf(one)}`);
  }
}

function resultOf(one: Verification): string {
  if (one.necessary) {
    const enough = one.sufficient ? ", and enough alone" : "";
    return `then it never comes to this: necessary${enough}`;
  }
  const still = `it comes to this all the same${one.later ? `, ${shiftText(one.later)}` : ""}`;
  if (one.verdict === "one-of") {
    const others = one.others.join("; ");
    return `${still}: one of several, not without all of them (${others})`;
  }
  return one.sufficient ? `${still}: enough alone, not needed` : still;
}

/** Of one cause, in the text. */
const causesMax = 6;

/** That an act ended because it began is no news: the causes of its beginning stand there. */
function withoutBeginning(node: WhyNode): WhyNode {
  const starts = node.causes.find((cause) => {
    return cause.what === `${node.what} starts` && !cause.repeated;
  });
  if (starts === undefined) return node;
  const causes = node.causes.flatMap((cause) => (cause === starts ? starts.causes : [cause]));
  const supposed = [...(starts.supposed ?? []), ...(node.supposed ?? [])];
  return { ...node, causes, supposed, unknown: node.unknown || starts.unknown };
}

/** Causes that read the same but for the time stand together: the first of them, and how many. */
function inSeries(
  causes: readonly WhyNode[],
): { readonly cause: WhyNode; readonly count: number }[] {
  const groups = new Map<string, WhyNode[]>();
  for (const cause of causes) {
    const key = `${cause.kind} ${cause.series ?? cause.text}`;
    groups.set(key, [...(groups.get(key) ?? []), cause]);
  }
  return [...groups.values()].flatMap((all) => {
    const [first] = all;
    if (first === undefined) return [];
    if (all.length < 3) return all.map((cause) => ({ cause, count: 1 }));
    const text = `${first.series ?? first.text} (one of ${all.length})`;
    return [{ cause: { ...first, text }, count: all.length }];
  });
}

/** The sentence goes on in its reasons. */
function withReasons(text: string, weighed: string): string {
  const open = text.replace(/\.$/, "");
  return `${open}${weighed.startsWith("because") ? ", " : " "}${weighed}.`;
}

/** `day 3 06:00:00 to 06:00:04`: what took time is told as it begins. */
export function whenText({ begun, clock }: Pick<WhyNode, "begun" | "clock">): string {
  if (begun === undefined) return clock;
  const [day, time = clock] = /^(.*) (\S+)$/.exec(clock)?.slice(1) ?? [];
  return `${begun} to ${begun.startsWith(`${day} `) ? time : clock}`;
}

/** `depth`: levels below this one. What is written out elsewhere is left out of the text. */
function linesOf(whole: WhyNode, first: string, rest: string, depth: number): string[] {
  const node = withoutBeginning(whole);
  const kind = node.kind === "asked" ? "" : `${node.kind}: `;
  const text = node.weighed === undefined ? node.text : withReasons(node.text, node.weighed);
  const lines = [`${first}${whenText(node)}  ${kind}${text}`];
  // What they suppose may well be what explains the rest of the tree: it is named again.
  const named = node.causes.filter((cause) => !cause.repeated || cause.kind === "supposed");
  const all = inSeries(named);
  const { carried = [], supposed = [] } = node;
  const notes = [...carried, ...supposed.map((sentence) => `supposed: ${sentence}`)];
  const below = all.slice(0, causesMax);
  const more = all.slice(causesMax).reduce((sum, { count }) => sum + count, 0);
  if (depth === 0) {
    if (below.length > 0) lines.push(`${rest}└ ... (--depth shows more)`);
    return lines;
  }
  notes.forEach((note, index) => {
    const last = index === notes.length - 1 && below.length === 0 && !node.unknown;
    lines.push(`${rest}${last ? "└ " : "├ "}${note}`);
  });
  below.forEach(({ cause }, index) => {
    const last = index === below.length - 1 && !node.unknown && more === 0;
    const marks = last ? ["└ ", "  "] : ["├ ", "│ "];
    lines.push(...linesOf(cause, `${rest}${marks[0]}`, `${rest}${marks[1]}`, depth - 1));
  });
  if (more > 0)
    lines.push(`${rest}${node.unknown ? "├" : "└"} and ${more} more (--json has them all)`);
  if (node.unknown) lines.push(`${rest}└ unknown`);
  return lines;
}
