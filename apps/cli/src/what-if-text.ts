/**
 * The answer to `whatif` as a page: plain text or Markdown, the same lines either way. What is
 * really other stands out; the rest is counted, and listed where everything is asked for.
 */
import {
  keeping,
  type Otherwise,
  type Shifted,
  type ToldFollowing,
  toldDifference,
  type WhatIfAnswer,
} from "fabula";
import { durationText, shiftText } from "./duration.js";
import { counted } from "./output.js";

export type WhatIfForm = "text" | "markdown";

export interface WhatIfPage {
  readonly form: WhatIfForm;
  /** Every line of every part. */
  readonly all: boolean;
}

/** Of what followed, those shown of its beginning and of its end. */
const shownMax = { first: 16, last: 8 };

/** Lines of any other part, unless all are asked for. */
const most = { persons: 6, choices: 6, beliefs: 3, names: 12, examples: 2, values: 3 };

const more = "--all lists them";

type Line = readonly [level: number, text: string];

export function whatIfLines(
  answer: WhatIfAnswer,
  changes: readonly string[],
  { form, all }: WhatIfPage,
): string[] {
  const page = new Page(form);
  page.title(`What if: ${changes.join("; ")}`);
  if (answer.firstDivergence === null) {
    page.say("Nothing changes.");
    return page.lines;
  }
  const { clock, base, now, baseValues, nowValues } = answer.firstDivergence;
  const after = `after ${counted(answer.shared, "occurrence")} that both have`;
  page.say(`The two runs part at ${clock}, ${after}.`);
  page.item(0, `without: ${base ?? "nothing more happens"}${valuesText(baseValues, all)}`);
  page.item(0, `with: ${now ?? "nothing more happens"}${valuesText(nowValues, all)}`);
  const { other, shifted, unlike, untold } = toldDifference(answer.followed);
  page.part(`What followed, in one of the two runs alone (${other.length})`);
  page.items(followedLines(other, all));
  if (untold > 0) page.item(0, `besides, ${untold} that no sentence tells (--json has all)`);
  if (shifted.length > 0) {
    const count = shifted.reduce((sum, group) => sum + group.all.length, 0);
    page.part(`In both, only at another time (${count})`);
    page.items(shifted.flatMap((group) => shiftedLines(group, all)));
  }
  if (unlike.length > 0) {
    page.part(`In both at the same time, but not quite alike (${unlike.length})`);
    const lines = unlike.map(({ begun, clock, text }): Line => [0, `${begun ?? clock}  ${text}`]);
    page.items(cut(lines, all ? lines.length : most.examples, 0));
  }
  writePersons(page, answer.persons, all);
  if (all) {
    page.part(`Changed (${answer.changed.length})`);
    page.items(answer.changed.map((one) => [0, `${one.what}: ${differenceOf(one)}`]));
  }
  writeSame(page, answer, all);
  return page.lines;
}

/** ` (fear of mara: 0.2)`; "" for none. */
function valuesText(values: readonly string[], all: boolean): string {
  const shown = all ? values : values.slice(0, most.values);
  const left = values.length - shown.length;
  if (values.length === 0) return "";
  return ` (${shown.join("; ")}${left > 0 ? `; and ${left} more` : ""})`;
}

function followedLines(other: readonly ToldFollowing[], all: boolean): Line[] {
  const { first, last } = shownMax;
  const left = other.length - first - last;
  if (all || left <= 0) return treeLines(other);
  const kept = keeping(other, (_, index) => index < first || index >= other.length - last);
  return [...treeLines(kept), [0, `and ${left} more between the first and the last (${more})`]];
}

function shiftedLines({ least, most: greatest, all: alike }: Shifted, all: boolean): Line[] {
  const lines = alike.map(({ begun, clock, text }) => `${begun ?? clock}  ${text}`);
  const when = rangeText(least, greatest);
  if (alike.length === 1) return [[0, `${when}: ${lines[0]}`]];
  return [
    [0, `${when}: ${alike.length}`],
    ...cut(
      lines.map((text) => [1, text]),
      all ? lines.length : most.examples,
      1,
    ),
  ];
}

/** `1 s to 3 s later`. Both later, or both earlier. */
function rangeText(least: number, greatest: number): string {
  const [less, more] = least < 0 ? [greatest, least] : [least, greatest];
  const from = durationText(Math.abs(less));
  const to = shiftText(more);
  return to.startsWith(`${from} `) ? to : `${from} to ${to}`;
}

/** Whoever chose otherwise before those who only learned something else. */
function writePersons(page: Page, persons: readonly Otherwise[], all: boolean): void {
  const chose = persons.filter((one) => one.chose.length > 0);
  const sorted = [...chose, ...persons.filter((one) => one.chose.length === 0)];
  const shown = all ? sorted : sorted.slice(0, most.persons);
  for (const person of shown) {
    page.part(person.name);
    page.items([
      ...cut(choiceLines(person), all ? Number.POSITIVE_INFINITY : most.choices, 0),
      ...beliefLines(person, all),
    ]);
  }
  if (sorted.length > shown.length) {
    const names = sorted.slice(shown.length).map((one) => one.name);
    page.part("Others who learned or chose otherwise");
    page.item(0, `${names.join(", ")} (${more})`);
  }
}

/** A choice as one line, so that it is cut nowhere in the middle. */
function choiceLines({ chose }: Otherwise): Line[] {
  const rows: { clock: string; text: string; times: number; last: string }[] = [];
  for (const { clock, base, now } of chose) {
    const instead = base === null ? "" : ` (instead of: ${base})`;
    const text = now === null ? `no longer: ${base}` : `now: ${now}${instead}`;
    const before = rows.at(-1);
    if (before?.text === text) {
      before.times += 1;
      before.last = clock;
    } else rows.push({ clock, text, times: 1, last: clock });
  }
  return rows.map(({ clock, text, times, last }) => {
    const again = times === 1 ? undefined : { times, lastClock: last };
    return [0, `${clock}  ${text}${againText(again)}`];
  });
}

/** What somebody knows of their own deeds and state is told by the deeds: it is left out first. */
const ownSources: readonly string[] = ["did", "felt"];

function beliefLines({ learned, missed }: Otherwise, all: boolean): Line[] {
  const lines = [
    ...learned.map((one) => ({ ...one, text: `${one.clock}  now: ${one.text}` })),
    ...missed.map((one) => ({ ...one, text: `${one.clock}  no longer: ${one.text}` })),
  ];
  const asLine = ({ text }: { readonly text: string }): Line => [0, text];
  if (all) return lines.map(asLine);
  const news = lines.filter(({ source }) => !ownSources.includes(source));
  const shown = (news.length > 0 ? news : lines).slice(0, most.beliefs);
  const left = lines.length - shown.length;
  const rest: Line[] = [[0, `and ${counted(left, "belief")} more (${more})`]];
  return [...shown.map(asLine), ...(left > 0 ? rest : [])];
}

function writeSame(page: Page, answer: WhatIfAnswer, all: boolean): void {
  const { anyway, before, untouched } = answer;
  const earlier = new Set(all ? [] : before);
  const since = untouched.filter((what) => !earlier.has(what));
  const lines = (names: readonly string[]): Line[] =>
    all ? names.map((what) => [0, what]) : nameLines(names);
  const first: Line[] =
    earlier.size === 0 ? [] : [[0, `${before.length} before the two runs part (${more})`]];
  page.part(`The same, and nothing that differs is behind it (${untouched.length})`);
  page.items([...first, ...lines(since)]);
  page.part(`The same in spite of it (${anyway.length})`);
  page.items(lines(anyway));
}

/** That an act began is said by its end. */
function nameLines(names: readonly string[]): Line[] {
  const known = new Set(names);
  const ends = names.filter((what) => !known.has(what.replace(/ starts$/, "")) || isEnd(what));
  if (ends.length === 0) return [];
  const left = ends.length - most.names;
  const rest = left > 0 ? ` and ${left} more (${more})` : "";
  return [[0, `${ends.slice(0, most.names).join(", ")}${rest}`]];
}

function isEnd(what: string): boolean {
  return !what.endsWith(" starts");
}

/** The first of these lines, and how many more there are. */
function cut(lines: readonly Line[], max: number, level: number): Line[] {
  const left = lines.length - max;
  if (left <= 0) return [...lines];
  return [...lines.slice(0, max), [level, `and ${left} more (${more})`]];
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

  items(all: readonly Line[]): void {
    for (const [level, text] of all) this.item(level, text);
    if (all.length === 0) this.item(0, "nothing");
  }
}

/** What a text template may hold and Markdown would take for its own. */
function escaped(text: string): string {
  return text.replace(/[\\`*_#<>[\]]/g, (sign) => `\\${sign}`);
}

/** Each below the latest of what it follows from. */
function treeLines(followed: readonly ToldFollowing[]): Line[] {
  const children = new Map<number, number[]>();
  followed.forEach((one, index) => {
    const parent = one.from.filter((from) => from < index).at(-1) ?? -1;
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [index]);
    else siblings.push(index);
  });
  const lines: Line[] = [];
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

function lineOf({ again, begun, clock, happens, text }: ToldFollowing): string {
  const mark = happens === "no longer" ? "(no longer) " : "";
  return `${begun ?? clock}  ${mark}${text}${againText(again)}`;
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
