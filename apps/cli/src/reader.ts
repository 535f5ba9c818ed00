/**
 * A reader at the keyboard who chooses for one person. The engine asks in the middle of an instant
 * and waits for the answer, so reading is synchronous. Where the input ends, the person goes on
 * choosing alone.
 */
import { readSync, writeSync } from "node:fs";
import { deedTexts, type English, type Reason, type Scene, type Steering } from "fabula";
import { endedByInterruption } from "./interruption.js";
import type { KeptChoices } from "./kept-choices.js";

/** Options shown at once. */
const optionsMax = 9;

/** What the run lets the reader see of it. */
export interface Told {
  readonly english: English;
  readonly clock: () => string;
  /** The latest occurrence. */
  readonly at: () => number;
  /** Shows what happened since the last question. */
  readonly catchUp: () => void;
}

export class Reader implements Steering {
  #ended = false;
  #pending = "";
  #told: Told | undefined;

  constructor(
    readonly person: number,
    private readonly kept: KeptChoices | undefined,
  ) {}

  /** Words need the run, and the run is begun with its reader. */
  begin(told: Told): void {
    this.#told = told;
  }

  choose(options: readonly Reason[]): number | undefined {
    const told = this.#told;
    if (this.#ended || told === undefined || options.length === 0) return undefined;
    const deeds = options.map((option) => option.deed);
    const texts = ["nothing", ...deedTexts(told.english, deeds, this.#scene)];
    const answer = this.#ask("What do you do?", texts);
    return answer === undefined ? undefined : answer - 1;
  }

  grant(deed: number, asker: number): boolean | undefined {
    const told = this.#told;
    if (this.#ended || told === undefined) return undefined;
    const name = told.english.lexicon.nameOf(asker);
    const what = told.english.claims.deed(deed, "", this.#scene);
    const answer = this.#ask(`${name} wants you to ${what}.`, ["no", "yes"]);
    return answer === undefined ? undefined : answer === 1;
  }

  get #scene(): Scene {
    return { at: this.#told?.at() ?? 0, speaker: -1, hearer: -1, said: false, you: this.person };
  }

  /** Index in `texts`, the first of which is to do nothing; undefined: the input has ended. */
  #ask(question: string, texts: readonly string[]): number | undefined {
    this.#told?.catchUp();
    say(`\n${this.#told?.clock()}  ${question}\n`);
    list(texts, 1, optionsMax);
    const more = texts.length - 1 - optionsMax;
    if (more > 0) say(`  +  ${more} more\n`);
    list(texts, 0, 0);
    const before = this.kept?.next(texts);
    if (before !== undefined) say(`> ${before}\n`);
    const answer = before ?? endedByInterruption(() => this.#read(texts));
    if (before === undefined && answer !== undefined) this.kept?.keep(answer, texts);
    return answer;
  }

  #read(texts: readonly string[]): number | undefined {
    const last = texts.length - 1;
    for (;;) {
      say("> ");
      const line = this.#line()?.trim();
      if (line === undefined) {
        this.#ended = true;
        const name = this.#told?.english.lexicon.nameOf(this.person);
        say(`\nThe input ends here: ${name} chooses alone from now on.\n`);
        return undefined;
      }
      if (!process.stdin.isTTY) say(`${line}\n`);
      const number = /^\d+$/.test(line) ? Number(line) : -1;
      if (number >= 0 && number <= last) return number;
      if (line === "+" && last > optionsMax) list(texts, optionsMax + 1, last);
      else say(`a number from 0 to ${last}, please\n`);
    }
  }

  /** The next line of the input; undefined where there is no more. */
  #line(): string | undefined {
    const chunk = Buffer.alloc(1024);
    while (!this.#pending.includes("\n")) {
      const count = readChunk(chunk);
      if (count === 0) return undefined;
      this.#pending += chunk.toString("utf8", 0, count);
    }
    const end = this.#pending.indexOf("\n");
    const line = this.#pending.slice(0, end);
    this.#pending = this.#pending.slice(end + 1);
    return line;
  }
}

/** A terminal that has nothing yet says EAGAIN: wait for it. */
function readChunk(chunk: Buffer): number {
  for (;;) {
    try {
      return readSync(0, chunk);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === "EOF") return 0;
      if (code !== "EAGAIN") return 0;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    }
  }
}

function list(texts: readonly string[], from: number, to: number): void {
  for (const [index, text] of texts.entries()) {
    if (index >= from && index <= to) say(`  ${index}  ${text}\n`);
  }
}

function say(text: string): void {
  writeSync(1, text);
}
