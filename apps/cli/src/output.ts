/**
 * Writing to whoever reads: results on stdout, everything else on stderr. A reader that goes away
 * (`fabula play ... | head`) ends the command quietly.
 */
import { writeSync } from "node:fs";
import { type Diagnostic, formatDiagnostic } from "fabula";
import colors from "picocolors";
import { durationText } from "./duration.js";
import { exitCode } from "./exit-code.js";

/** Must run first: a broken pipe is no error of ours. */
export function endQuietlyOnBrokenPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") process.exit(exitCode.done);
      // A full disk: the one thing left to write to is the terminal.
      if (stream === process.stdout) {
        process.stderr.write(`error FAB7003: cannot write the output: ${error.message}\n`);
      }
      process.exit(exitCode.badInput);
    });
  }
}

/**
 * At once, while the story waits for its reader: what is read from the keyboard is read at once too.
 * A terminal or a pipe that is full says EAGAIN: wait for it.
 */
export function writeNow(text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EPIPE") process.exit(exitCode.done);
      if (code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

/** Keeps memory flat: waits while the reader is slower than the story. */
export async function write(text: string | Uint8Array): Promise<void> {
  if (process.stdout.write(text)) return;
  await new Promise<void>((resume) => process.stdout.once("drain", resume));
}

export async function writeLine(text: string): Promise<void> {
  await write(`${text}\n`);
}

/** `1 occurrence`, `3 occurrences`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** What is no part of the answer: a line on stderr. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** One JSON value on one line. */
export async function writeJson(value: unknown): Promise<void> {
  await writeLine(JSON.stringify(value));
}

export function complain(diagnostics: readonly Diagnostic[]): void {
  for (const diagnostic of diagnostics) process.stderr.write(`${shown(diagnostic)}\n`);
}

function shown(diagnostic: Diagnostic): string {
  const text = formatDiagnostic(diagnostic);
  if (!process.stderr.isTTY) return text;
  const paint = diagnostic.severity === "error" ? colors.red : colors.yellow;
  return text.replace(diagnostic.severity, paint(diagnostic.severity));
}

/**
 * How far it is, how fast and how long still: a line on a terminal that is written over; nothing at
 * all in a pipe, unless somebody asked for lines.
 */
export class Progress {
  #shownAt = 0;
  #shown = false;
  readonly #began = Date.now();

  constructor(
    private readonly title: string,
    /** A line for each step that was stored, also in a pipe. */
    private readonly inLines = false,
    /** What was there before: it says nothing about how fast it goes. */
    private readonly before = 0,
  ) {}

  update(done: number, total: number): void {
    if (!process.stderr.isTTY) return;
    const now = Date.now();
    if (now - this.#shownAt < 100 && done < total) return;
    this.#shownAt = now;
    this.#shown = true;
    process.stderr.write(`\r\u001b[K${this.#line(done, total)}`);
  }

  /** So many are on disk. */
  stored(done: number, total: number): void {
    if (this.inLines) process.stderr.write(`stored ${this.#line(done, total)}\n`);
  }

  end(): void {
    if (this.#shown) process.stderr.write("\r\u001b[K");
    this.#shown = false;
  }

  #line(done: number, total: number): string {
    const count = `${this.title} ${done}/${total}`;
    const seconds = (Date.now() - this.#began) / 1000;
    const fresh = done - this.before;
    if (seconds < 1 || fresh === 0) return count;
    const left = durationText((((total - done) * seconds) / fresh) * 1000);
    return `${count}, ${(fresh / seconds).toPrecision(2)} a second, ${left} left`;
  }
}
