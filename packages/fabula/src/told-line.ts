/**
 * A line as `play` tells it, or the time before it, as a question: which occurrence it tells. Lines
 * of one person's story are looked for through that person's eyes, so that whatever was read can be
 * asked about.
 */
import type { Occurrence, OccurrenceId } from "@fabula/chronicle";
import type { Simulation } from "@fabula/engine";
import { StoryFault } from "@fabula/lab";
import {
  type EventPattern,
  type ExpressionPool,
  literal,
  type Parameter,
  type World,
} from "@fabula/model";
import { createEnglish, isAct, PassageReader, ReplayedState } from "@fabula/telling";
import { parseMoment } from "./moment.js";
import type { ReadQuestion } from "./opened-story.js";
import { ownStart } from "./views/own-start.js";

export interface ToldLine {
  /** What was typed. */
  readonly line: string;
  /** Milliseconds since the epoch: from, and before which; absent: at any time. */
  readonly from?: number;
  readonly to?: number;
  /** Absent: whatever is told then. */
  readonly text?: string;
}

const clock = /^((?:\p{L}+ \d+ )*\d{1,2}:\d{2}(:\d{2})?)(?:\s+(.+))?$/u;

/** Of what begins with a time of day, or reads like a sentence; undefined: it is no such line. */
export function parseToldLine(world: World, line: string): ToldLine | undefined {
  const [, moment, seconds, rest] = clock.exec(line.trim()) ?? [];
  if (moment !== undefined) {
    const from = parseMoment(world, moment);
    if (from === undefined) return undefined;
    const to = from + (seconds === undefined ? 60_000 : 1000);
    return { line, from, to, ...(rest === undefined ? {} : { text: rest }) };
  }
  const isSentence = /\s/.test(line.trim()) && /[.!?…”"]$/u.test(line.trim());
  return isSentence ? { line, text: line } : undefined;
}

interface Told {
  readonly id: OccurrenceId;
  readonly clock: string;
  readonly text: string;
}

/** What the line tells, in an ended run; a StoryFault where nothing does, or more than one thing. */
export function findTold(simulation: Simulation, line: ToldLine, as: number): OccurrenceId {
  const { entities, types } = simulation.world;
  const minded = entities.filter((one) => types[one.type]?.minded).map((one) => one.id);
  const eyes = as === -1 ? [-1, ...(line.text === undefined ? [] : minded)] : [as];
  for (const focalizer of eyes) {
    const found = toldThrough(simulation, line, focalizer);
    const [first] = found;
    if (first === undefined) continue;
    if (line.text === undefined && found.length > 1) throw severalTold(line, found);
    return wholeOf(simulation, first.id);
  }
  throw nothingTold(line);
}

/** What begins is asked about as it ended, done or cut short. */
function wholeOf({ chronicle }: Simulation, id: OccurrenceId): OccurrenceId {
  if (chronicle.get(id).kind !== "started") return id;
  for (let to = id + 1; to < chronicle.count; to += 1) {
    if (ownStart(chronicle, to) === id) return to;
  }
  return id;
}

function toldThrough({ chronicle, world }: Simulation, line: ToldLine, focalizer: number): Told[] {
  const english = createEnglish(new ReplayedState(world, chronicle), "few");
  const reader = new PassageReader(english, { focalizer });
  const wanted = line.text === undefined ? undefined : plain(line.text);
  const found: Told[] = [];
  for (let id = 0; id < chronicle.count; id += 1) {
    const passage = reader.read(chronicle.get(id));
    if (passage === undefined) continue;
    const { text, time } = passage;
    if (line.from !== undefined && time < line.from) continue;
    if (line.to !== undefined && time >= line.to) break;
    if (wanted !== undefined && plain(text) !== wanted) continue;
    if (found.at(-1)?.text === text) continue;
    found.push({ id, clock: english.lexicon.clockOf(time), text });
    if (wanted !== undefined) break;
  }
  return found;
}

/** Quotation marks and spaces are lost on the way through a shell. */
function plain(text: string): string {
  return text
    .replace(/[“”"‘’'`]/gu, "")
    .replace(/\s+/gu, " ")
    .trim()
    .toLowerCase();
}

function severalTold({ line }: ToldLine, found: readonly Told[]): StoryFault {
  return fault(`at ${line} more than one thing is told`, `ask about one: ${linesOf(found)}`);
}

function nothingTold({ line }: ToldLine): StoryFault {
  return fault(
    `nothing in this run is told as "${line}"`,
    "copy a line, or the time before it, from `fabula play` with the same --seed and --change",
  );
}

function linesOf(found: readonly Told[]): string {
  return found.map((one) => `"${one.clock}  ${one.text}"`).join("; ");
}

function fault(message: string, remedy: string): StoryFault {
  return new StoryFault([{ code: "FAB6006", severity: "error", message, remedy }]);
}

/** The same as a question of the language, which other runs can be asked; undefined: there is none. */
export function questionOf(world: World, occurrence: Occurrence): ReadQuestion | undefined {
  const event = eventOf(world, occurrence);
  if (event === undefined) return undefined;
  return { question: { kind: "timed", timed: { kind: "happens", event } }, event };
}

function eventOf(world: World, occurrence: Occurrence): EventPattern | undefined {
  const { args, kind, schema } = occurrence;
  const pool = world.expressions;
  if (isAct(occurrence) && kind !== "rule") {
    const written = literals(pool, args, world.actions[schema]?.parameters ?? []);
    const phase = kind as "started" | "ended" | "interrupted" | "failed";
    return { kind: "action", id: schema, phase, args: written };
  }
  if (kind !== "rule") return undefined;
  const written = literals(pool, args, world.rules[schema]?.parameters ?? []);
  return { kind: "rule", id: schema, args: written };
}

function literals(pool: ExpressionPool, args: readonly number[], parameters: readonly Parameter[]) {
  return args.map((arg, index) => {
    const type = parameters[index]?.type ?? { kind: "number", dimension: {} };
    return literal(pool, arg, type);
  });
}
