/** Values of options, checked where they are read: a bad one names the option and what it takes. */
import { badInput } from "./bad-input.js";

/** 0 .. 2^53 - 1. */
export function parseSeed(text: string): number {
  return wholeNumber("--seed", text, 0, Number.MAX_SAFE_INTEGER);
}

export function parseRuns(text: string): number {
  return wholeNumber("--runs", text, 1, 1_000_000);
}

/** Number of a run in a store. */
export function parseRun(text: string): number {
  return wholeNumber("--replay", text, 1, 1_000_000_000);
}

export function parseDepth(text: string): number {
  return wholeNumber("--depth", text, 1, 100);
}

export function parseWorkers(text: string): number {
  return wholeNumber("--workers", text, 1, 256);
}

/** Where a fleet meets: the address of a Redis. */
export function parseFleet(text: string): string {
  if (/^rediss?:\/\/[^/]/.test(text)) return text;
  throw badInput("FAB7006", `a fleet meets at a Redis, not at "${text}"`, "redis://host:6379");
}

/** `70%` or `0.7` -> 0.7; at most 100%. */
export function parseShare(text: string): number {
  const value = shareOf(text);
  if (value >= 0 && value <= 1) return value;
  throw badInput("FAB7006", `--share takes 0% to 100%, not "${text}"`, "--share 70%");
}

/** `25%` or `0.25` -> 0.25; below 100%. */
export function parseJitter(text: string): number {
  const value = shareOf(text);
  if (value >= 0 && value < 1) return value;
  throw badInput(
    "FAB7006",
    `--jitter takes 0% up to less than 100%, not "${text}"`,
    "--jitter 25%",
  );
}

export function parseCount(option: string): (text: string) => number {
  return (text) => wholeNumber(option, text, 1, 1_000_000);
}

/** How far a search looks; 0 is not at all. */
export function parseLimit(option: string): (text: string) => number {
  return (text) => wholeNumber(option, text, 0, 1_000_000);
}

export function parseCopies(text: string): number {
  return wholeNumber("--copies", text, 2, 100);
}

/** `5%` or `0.05` -> 0.05; above 0, at most 100%. */
export function parseWidth(text: string): number {
  const value = shareOf(text);
  if (value > 0 && value <= 1) return value;
  throw badInput("FAB7006", `--width takes more than 0% up to 100%, not "${text}"`, "--width 5%");
}

function shareOf(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(%?)$/.exec(text.trim());
  return match === null ? Number.NaN : Number(match[1]) / (match[2] === "%" ? 100 : 1);
}

/** One of a few words. */
export function parseWord<Word extends string>(
  option: string,
  words: readonly Word[],
): (text: string) => Word {
  return (text) => {
    const word = words.find((candidate) => candidate === text);
    if (word !== undefined) return word;
    throw badInput("FAB7006", `${option} takes ${words.join(", ")}; not "${text}"`);
  };
}

/** An option that may stand several times. */
export function collected(text: string, before: readonly string[] = []): string[] {
  return [...before, text];
}

/** Lines of a what-if: one, or several joined by `;`. */
export function collectedChanges(text: string, before: readonly string[] = []): string[] {
  return [...before, ...changesIn(text)];
}

/** The same, where each text is a set of changes by itself. */
export function collectedSets(text: string, before: readonly string[][] = []): string[][] {
  return [...before, changesIn(text)];
}

function changesIn(text: string): string[] {
  const lines = (text.match(/(?:"[^"]*"|[^;])+/g) ?? []).map((line) => line.trim());
  const said = lines.filter((line) => line !== "");
  return said.length === 0 ? [text] : said;
}

function wholeNumber(option: string, text: string, low: number, high: number): number {
  const value = /^\d{1,16}$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(value) && value >= low && value <= high) return value;
  throw badInput(
    "FAB7006",
    `${option} takes a whole number from ${low} to ${high}, not "${text}"`,
    `${option} ${Math.max(low, 7)}`,
  );
}
