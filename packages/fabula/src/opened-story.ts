/**
 * A story that was read without an error: what every question starts from. Author's mistakes come
 * back as diagnostics, with the codes FAB6xxx for changes and questions.
 */
import type { Simulation, Steering } from "@fabula/engine";
import { begin, type RunOptions } from "@fabula/lab";
import {
  type CompiledQuestion,
  compileChanges,
  compileQuestion,
  compileStory,
  type Question,
} from "@fabula/language";
import type {
  Diagnostic,
  EntityDeclaration,
  EventPattern,
  FindModules,
  Intervention,
  SourceText,
  Telling,
  World,
} from "@fabula/model";
import { parseMoment } from "./moment.js";
import { parseToldLine, type ToldLine } from "./told-line.js";

/** A question that was read: what to evaluate, and what to look for when asked why. */
export interface ReadQuestion {
  readonly question: Question;
  readonly event?: EventPattern;
}

/** A value, or what is wrong with the text it was to be made of. */
export type Read<T> =
  | { readonly ok: true; readonly value: T; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** All values, or everything that is wrong with any. */
export function readAll<T>(reads: readonly Read<T>[]): Read<readonly T[]> {
  const diagnostics: Diagnostic[] = reads.flatMap((read) => [...read.diagnostics]);
  const values: T[] = [];
  for (const read of reads) {
    if (!read.ok) return { ok: false, diagnostics };
    values.push(read.value);
  }
  return { ok: true, value: values, diagnostics };
}

export function readStory(story: SourceText, find: FindModules): Read<OpenedStory> {
  const { world, diagnostics } = compileStory(story, find);
  const broken = diagnostics.some((diagnostic) => diagnostic.severity === "error");
  if (world === undefined || broken) return { ok: false, diagnostics };
  return { ok: true, value: new OpenedStory(world), diagnostics };
}

export class OpenedStory {
  constructor(readonly world: World) {}

  /** A run at its beginning. */
  begin(options: RunOptions, steering?: Steering): Simulation {
    return begin(this.world, options, steering);
  }

  /** Lines as they would stand in a what-if: `set mask.colour = "black"`. */
  readChanges(lines: readonly string[]): Read<readonly Intervention[]> {
    if (lines.length === 0) return { ok: true, value: [], diagnostics: [] };
    const sources = lines.map((text, index) => ({
      name: lines.length === 1 ? "change" : `change ${index + 1}`,
      text,
    }));
    const { changes, diagnostics } = compileChanges(this.world, sources);
    if (changes === undefined || hasError(diagnostics)) return { ok: false, diagnostics };
    return { ok: true, value: changes, diagnostics };
  }

  readQuestion(text: string): Read<ReadQuestion> {
    const source = { name: "question", text };
    const read: CompiledQuestion = compileQuestion(this.world, source);
    const { question, event, diagnostics } = read;
    if (question === undefined || hasError(diagnostics)) return { ok: false, diagnostics };
    const value = { question, ...(event === undefined ? {} : { event }) };
    return { ok: true, value, diagnostics };
  }

  /** A question, or a line as `play` tells it, or the time before one. */
  readWhy(text: string): Read<ReadQuestion | ToldLine> {
    const line = parseToldLine(this.world, text);
    if (line?.from !== undefined) return { ok: true, value: line, diagnostics: [] };
    const read = this.readQuestion(text);
    return read.ok || line === undefined ? read : { ok: true, value: line, diagnostics: [] };
  }

  /** Milliseconds since the epoch; Infinity is the end. */
  readMoment(text: string, option: string): Read<number> {
    const time = parseMoment(this.world, text);
    if (time === undefined) {
      return wrong(
        "FAB6001",
        `${option} takes a point in time, not "${text}"`,
        'end, start, "10 min" after the beginning, or a time like 12:30',
      );
    }
    if (time < this.world.story.begins) {
      return wrong("FAB6001", `${option} "${text}" is before the story begins`);
    }
    return { ok: true, value: time, diagnostics: [] };
  }

  /** A point in time as above, or an event: as soon as it first happens. */
  readAskedMoment(text: string, option: string): Read<number | EventPattern> {
    const time = parseMoment(this.world, text);
    if (time !== undefined || isClockLike(text)) return this.readMoment(text, option);
    const source = { name: option, text };
    const { event, diagnostics } = compileQuestion(this.world, source);
    const isWord = /^\s*\S+\s*$/.test(text) && !/[.(]/.test(text);
    if (hasError(diagnostics) && !isWord) return { ok: false, diagnostics };
    if (event !== undefined) return { ok: true, value: event, diagnostics };
    return wrong(
      "FAB6001",
      `${option} takes a point in time or an event, not "${text}"`,
      'end, start, "10 min" after the beginning, 12:30, or what happens: "anna.tell(ben)"',
    );
  }

  /** The telling with this id, or the first; undefined where none is asked for. */
  readTelling(id: string | undefined): Read<Telling> {
    const { tellings } = this.world.story;
    const found = id === undefined ? tellings[0] : tellings.find((telling) => telling.id === id);
    if (found !== undefined) return { ok: true, value: found, diagnostics: [] };
    const message =
      id === undefined ? "this story has no telling of its own" : `unknown telling "${id}"`;
    const known = tellings.map((telling) => telling.id).join(", ");
    const remedy = known === "" ? "write one: `telling NAME`, or use --eyes" : `one of: ${known}`;
    return wrong("FAB6003", message, remedy);
  }

  /** Birth number of a person, of the story or added by a change: by identifier or by name. */
  readPerson(name: string, option: string, changes: readonly Intervention[] = []): Read<number> {
    const entities = withAdded(this.world.entities, changes);
    const minded = entities.filter((one) => this.world.types[one.type]?.minded);
    // The story's own come before those of a module that they hide.
    const persons = [
      ...minded.filter(({ module }) => module === undefined),
      ...minded.filter(({ module }) => module !== undefined),
    ];
    const wanted = name.trim().toLowerCase();
    const found = persons.find(
      (one) => one.name.toLowerCase() === wanted || one.title.toLowerCase() === wanted,
    );
    if (found !== undefined) return { ok: true, value: found.id, diagnostics: [] };
    const names = persons.map((one) => one.name).join(", ");
    const thing = entities.some((one) => one.name === name);
    const message = thing
      ? `${option}: "${name}" is nobody with a mind`
      : `${option}: unknown person "${name}"`;
    return wrong(
      "FAB6002",
      message,
      names === "" ? "this story has no persons" : `one of: ${names}`,
    );
  }
}

/** Those of the text and those of changes, numbered as in the run. */
function withAdded(
  entities: readonly EntityDeclaration[],
  changes: readonly Intervention[],
): readonly EntityDeclaration[] {
  const added = changes.filter((change) => change.kind === "add");
  const born = added.map(({ entity }, index) => ({ ...entity, id: entities.length + index }));
  return [...entities, ...born];
}

/** Begins with a digit: meant as a time, and told as one where it is wrong. */
function isClockLike(text: string): boolean {
  return /^\s*\d/.test(text);
}

function hasError(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === "error");
}

function wrong<T>(code: string, message: string, remedy?: string): Read<T> {
  const base = { code, severity: "error", message } as const;
  return { ok: false, diagnostics: [remedy === undefined ? base : { ...base, remedy }] };
}
