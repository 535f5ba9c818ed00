/** The answer to `whatif` as a page: plain text or Markdown, the same lines either way. */
import { type ToldFollowing, toldOf, type WhatIfAnswer } from "fabula";
import { shiftText } from "./duration.js";
import { counted } from "./output.js";

export type WhatIfForm = "text" | "markdown";

/** Lines of a part before it is cut; `--json` has all. */
const linesMax = 60;

export function whatIfLines(
  answer: WhatIfAnswer,
  changes: readonly string[],
  form: WhatIfForm,
): string[] {
  const { firstDivergence, changed, followed, persons, untouched, anyway } = answer;
  const page = new Page(form);
  page.title(`What if: ${changes.join("; ")}`);
  if (firstDivergence === null) {
    page.say("Nothing changes.");
    return page.lines;
  }
  const { clock, base, now } = firstDivergence;
  const after = `after ${counted(answer.shared, "occurrence")} that both have`;
  page.say(`The two runs part at ${clock}, ${after}.`);
  page.item(0, `without: ${base ?? "nothing more happens"}`);
  page.item(0, `with: ${now ?? "nothing more happens"}`);
  const told = toldOf(followed);
  page.part(`What followed (${told.length})`);
  page.items(treeLines(told));
  const untold = told.some((one) => one.silent) ? 0 : followed.filter((one) => one.silent).length;
  if (untold > 0) page.item(0, `besides, ${untold} that no sentence tells (--json has all)`);
  for (const { name, learned, missed, chose } of persons) {
    page.part(name);
    page.items([
      ...learned.map((one) => [0, `${one.clock}  now: ${one.text}`] as const),
      ...missed.map((one) => [0, `${one.clock}  no longer: ${one.text}`] as const),
      ...chose.flatMap((one) => [
        [0, `${one.clock}  chooses: ${one.now ?? "nothing"}`] as const,
        [1, `instead of: ${one.base ?? "nothing"}`] as const,
      ]),
    ]);
  }
  page.part(`Changed (${changed.length})`);
  page.items(changed.map((one) => [0, `${one.what}: ${differenceOf(one)}`]));
  page.part(`The same, and nothing that differs is behind it (${untouched.length})`);
  page.items(untouched.map((what) => [0, what]));
  page.part(`The same in spite of it (${anyway.length})`);
  page.items(anyway.map((what) => [0, what]));
  return page.lines;
}

class Page {
  readonly lines: string[] = [];

  constructor(private readonly form: WhatIfForm) {}

  title(text: string): void {
    if (this.form === "markdown") this.lines.push(`# ${text}`, "");
  }

  part(text: string): void {
    this.lines.push("", this.form === "markdown" ? `## ${text}\n` : `${text}:`);
  }

  say(text: string): void {
    this.lines.push(text);
    if (this.form === "markdown") this.lines.push("");
  }

  item(level: number, text: string): void {
    const margin = "  ".repeat(level);
    this.lines.push(
      this.form === "markdown" ? `${margin}- ${escaped(text)}` : `  ${margin}${text}`,
    );
  }

  items(all: readonly (readonly [level: number, text: string])[]): void {
    for (const [level, text] of all.slice(0, linesMax)) this.item(level, text);
    if (all.length > linesMax) this.item(0, `and ${all.length - linesMax} more (--json has all)`);
    if (all.length === 0) this.item(0, "nothing");
  }
}

/** What a text template may hold and Markdown would take for its own. */
function escaped(text: string): string {
  return text.replace(/[\\`*_#<>[\]]/g, (sign) => `\\${sign}`);
}

/** Each below the latest of what it follows from. */
function treeLines(followed: readonly ToldFollowing[]): (readonly [number, string])[] {
  const children = new Map<number, number[]>();
  followed.forEach((one, index) => {
    const parent = one.from.filter((from) => from < index).at(-1) ?? -1;
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [index]);
    else siblings.push(index);
  });
  const lines: (readonly [number, string])[] = [];
  const open = [...(children.get(-1) ?? [])]
    .reverse()
    .map((index): readonly [number, number] => [index, 0]);
  for (let top = open.pop(); top !== undefined; top = open.pop()) {
    const [index, level] = top;
    lines.push([level, lineOf(followed[index] as ToldFollowing)]);
    const inner = Math.min(level + 1, 8);
    for (const child of [...(children.get(index) ?? [])].reverse()) open.push([child, inner]);
  }
  return lines;
}

function lineOf({ again, clock, happens, later, text }: ToldFollowing): string {
  const more = againText(again);
  if (happens === "now") return `${clock}  ${text}${more}`;
  const when = happens === "no longer" ? happens : shiftText(later ?? 0);
  return `${clock}  (${when}) ${text}${more}`;
}

/** ` (3 times, the last at 12:30)`; "" for what came once. */
export function againText(again: ToldFollowing["again"]): string {
  return again === undefined ? "" : ` (${again.times} times, the last at ${again.lastClock})`;
}

function differenceOf(one: WhatIfAnswer["changed"][number]): string {
  if (one.now.length === 0) return `no longer happens (${one.base[0]})`;
  if (one.base.length === 0) return `happens now (${one.now[0]})`;
  const later = one.later ?? 0;
  const when = later === 0 ? "first at the same time" : shiftText(later);
  const often = one.base.length === one.now.length;
  return often ? when : `${when}; ${one.now.length} times instead of ${one.base.length}`;
}
