/**
 * A reader at the keyboard who chooses for one person. The engine asks in the middle of an instant
 * and waits for the answer, so reading is synchronous. Where the input ends, the person goes on
 * choosing alone.
 */
import { readSync } from "node:fs";
import { deedTexts, type English, type Look, type Reason, type Scene, type Steering } from "fabula";
import { endedByInterruption } from "./interruption.js";
import type { KeptChoices } from "./kept-choices.js";
import { lookLines } from "./look-text.js";
import { writeNow } from "./output.js";

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
  readonly look: () => Look;
}

/** The last choice is taken back: the story is to be played again up to it. */
export class TakenBack extends Error {}

const commands = "look (or look WORD), undo, or ?";

const help = `a number chooses that line
  look        what you perceive, how you are, what you know
  look WORD   what of it has that word in it
  undo        takes back your last choice
  +           the lines that were left out
`;

export class Reader implements Steering {
  #ended = false;
  #pending = "";
  #told: Told | undefined;
  /** All answers so far, by number, and in words. */
  readonly #made: { readonly index: number; readonly text: string }[] = [];
  /** How many of them were given in this run. */
  #given = 0;

  constructor(
    readonly person: number,
    private readonly kept: KeptChoices | undefined,
  ) {}

  /** Words need the run, and the run is begun with its reader. */
  begin(told: Told): void {
    this.#told = told;
    this.#given = 0;
  }

  /** Something was: this run is not the first that is told. */
  hasTakenBack = false;

  /** What was chosen before is chosen again: all of it was told already. */
  get isRepeating(): boolean {
    return this.#given < this.#made.length;
  }

  /** At the end: whether the last choice is taken back, so that there is more to play. */
  takesBackAtEnd(): boolean {
    if (this.#ended || this.#made.length === 0) return false;
    writeNow("\n(undo takes back your last choice; anything else ends here)\n> ");
    const line = endedByInterruption(() => this.#heard());
    if (line === undefined || !isUndo(line)) return false;
    this.#takeBack();
    return true;
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
    const again = this.#made[this.#given];
    if (again !== undefined) {
      this.#given += 1;
      return again.index;
    }
    this.#told?.catchUp();
    const show = () => {
      writeNow(`\n${this.#told?.clock()}  ${question}\n`);
      list(texts, 1, optionsMax);
      const more = texts.length - 1 - optionsMax;
      if (more > 0) writeNow(`  +  ${more} more\n`);
      list(texts, 0, 0);
    };
    show();
    const before = this.kept?.next(texts);
    if (before !== undefined) writeNow(`> ${before}\n`);
    const answer = before ?? endedByInterruption(() => this.#read(texts, show));
    if (answer === undefined) return undefined;
    if (before === undefined) this.kept?.keep(answer, texts);
    this.#made.push({ index: answer, text: `${texts[answer]}` });
    this.#given += 1;
    return answer;
  }

  #read(texts: readonly string[], show: () => void): number | undefined {
    const last = texts.length - 1;
    for (;;) {
      writeNow("> ");
      const line = this.#heard();
      if (line === undefined) {
        this.#ended = true;
        const name = this.#told?.english.lexicon.nameOf(this.person);
        writeNow(`\nThe input ends here: ${name} chooses alone from now on.\n`);
        return undefined;
      }
      const number = /^\d+$/.test(line) ? Number(line) : -1;
      if (number >= 0 && number <= last) return number;
      const [word = "", ...others] = line.split(/\s+/);
      if (line === "+" && last > optionsMax) list(texts, optionsMax + 1, last);
      else if (word === "?" || word === "help") writeNow(help);
      else if (word === "look" || word === "l") this.#look(others.join(" "), show);
      else if (!isUndo(line)) writeNow(`a number from 0 to ${last}, please; or ${commands}\n`);
      else if (this.#made.length === 0) writeNow("there is nothing to take back\n");
      else {
        this.#takeBack();
        throw new TakenBack();
      }
    }
  }

  #look(words: string, show: () => void): void {
    const look = this.#told?.look();
    if (look === undefined) return;
    writeNow(`${lookLines(look, words).join("\n")}\n`);
    show();
  }

  #takeBack(): void {
    const last = this.#made.pop();
    this.hasTakenBack = true;
    this.kept?.takeBack();
    writeNow(`Taken back: ${last?.text}.\n`);
  }

  /** A line, trimmed, and shown where it was not typed; undefined where there is no more. */
  #heard(): string | undefined {
    const line = this.#line()?.trim();
    if (line !== undefined && !process.stdin.isTTY) writeNow(`${line}\n`);
    return line;
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
    if (index >= from && index <= to) writeNow(`  ${index}  ${text}\n`);
  }
}

function isUndo(line: string): boolean {
  return line === "undo" || line === "u";
}
