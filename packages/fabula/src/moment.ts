/**
 * Points in time as a person writes them: `end`, `start`, `10 min` after the beginning, `12:30`
 * (the first at or after the beginning), `day 3 12:30` of the story's calendar.
 */
import type { World } from "@fabula/model";

const dayMs = 86_400_000;

/** Milliseconds since the epoch; Infinity for the end; undefined where it cannot be read. */
export function parseMoment(world: World, text: string): number | undefined {
  const trimmed = text.trim();
  if (trimmed === "end") return Number.POSITIVE_INFINITY;
  if (trimmed === "start") return world.story.begins;
  return parseLength(world, trimmed) ?? parseClock(world, trimmed);
}

function parseLength(world: World, text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*([\p{L}_]+)$/u.exec(text);
  if (match === null) return undefined;
  const unit = world.units.find((candidate) => candidate.name === match[2] && isTime(candidate));
  if (unit === undefined) return undefined;
  return world.story.begins + Math.round(Number(match[1]) * unit.factor * 1000);
}

function isTime(unit: { readonly dimension: Readonly<Record<string, number>> }): boolean {
  const powers = Object.entries(unit.dimension);
  return powers.length === 1 && powers[0]?.[0] === "time" && powers[0][1] === 1;
}

function parseClock(world: World, text: string): number | undefined {
  const match = /^(.*?)\s*(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text);
  if (match === null) return undefined;
  const [hours, minutes, seconds] = [Number(match[2]), Number(match[3]), Number(match[4] ?? 0)];
  if (hours > 23 || minutes > 59 || seconds > 59) return undefined;
  const ofDay = (hours * 3600 + minutes * 60 + seconds) * 1000;
  const date = match[1] ?? "";
  if (date !== "") {
    const days = parseDate(world, date);
    return days === undefined ? undefined : days + ofDay;
  }
  const today = Math.floor(world.story.begins / dayMs) * dayMs + ofDay;
  return today >= world.story.begins ? today : today + dayMs;
}

/** `year 2 day 3`: parts of the calendar, counted from 1. Milliseconds since the epoch. */
function parseDate(world: World, text: string): number | undefined {
  const words = text.split(/\s+/);
  if (words.length % 2 !== 0) return undefined;
  let total = 0;
  for (let index = 0; index < words.length; index += 2) {
    const part = world.calendar.parts.find((candidate) => candidate.name === words[index]);
    const count = Number(words[index + 1]);
    const seconds = part?.seconds ?? (words[index] === "day" ? dayMs / 1000 : undefined);
    if (seconds === undefined || !Number.isInteger(count) || count < 1) return undefined;
    total += (count - 1) * seconds * 1000;
  }
  return total;
}
