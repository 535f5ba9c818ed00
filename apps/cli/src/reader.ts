/**
 * A reader at the keyboard who chooses for one person. The engine asks in the middle of an instant
 * and waits for the answer, so reading is synchronous. Where the input ends, the person goes on
 * choosing alone.
 */
import { readSync, writeSync } from "node:fs";
import { deedTexts, type English, type Reason, type Scene, type Steering } from "fabula";

/** Options shown at once. */
const optionsMax = 9;

export class Reader implements Steering {
  #ended = false;
  #pending = "";
  /** Set once the run is there: words need it. */
  english: English | undefined;
  /** Shows what happened since the last question. */
  catchUp: () => void = () => {};

  constructor(readonly person: number) {}

  choose(options: readonly Reason[]): number | undefined {
    if (this.#ended || options.length === 0) return undefined;
    const shown = options.slice(0, optionsMax);
    this.catchUp();
    say("\nWhat do you do?\n");
    const { english } = this;
    const deeds = shown.map((option) => option.deed);
    const texts = english === undefined ? [] : deedTexts(english, deeds, this.#scene);
    for (const [index, text] of texts.entries()) say(`  ${index + 1}  ${text}\n`);
    say("  0  nothing\n");
    const answer = this.#ask(0, shown.length);
    return answer === undefined ? undefined : answer - 1;
  }

  grant(deed: number, asker: number): boolean | undefined {
    if (this.#ended) return undefined;
    this.catchUp();
    const name = this.english?.lexicon.nameOf(asker) ?? "somebody";
    say(`\n${name} wants you to ${this.#deed(deed)}.\n  1  yes\n  0  no\n`);
    const answer = this.#ask(0, 1);
    return answer === undefined ? undefined : answer === 1;
  }

  get #scene(): Scene {
    return { at: 0, speaker: -1, hearer: -1, said: false, you: this.person };
  }

  #deed(deed: number): string {
    return this.english?.claims.deed(deed, "", this.#scene) ?? "";
  }

  #ask(low: number, high: number): number | undefined {
    for (;;) {
      say("> ");
      const line = this.#line();
      if (line === undefined) {
        this.#ended = true;
        say("\n");
        return undefined;
      }
      const number = /^\d+$/.test(line.trim()) ? Number(line) : -1;
      if (number >= low && number <= high) return number;
      say(`a number from ${low} to ${high}, please\n`);
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

function say(text: string): void {
  writeSync(1, text);
}
