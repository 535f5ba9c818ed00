/**
 * What a reader chose for somebody, in a file: a line each, its number and its words. What is there
 * is chosen again, so that a story can be left and gone on with, and what is chosen now is added.
 * The words count where there are any: numbers move when a story is written on.
 */
import { appendFileSync, existsSync, writeFileSync } from "node:fs";
import { badInput } from "./bad-input.js";
import { placeName, readTextFile } from "./text-file.js";

export class KeptChoices {
  readonly #lines: readonly string[];
  #next = 0;
  #isOpen: boolean;

  constructor(private readonly path: string) {
    const text = existsSync(path) ? readTextFile(path).text : "";
    this.#lines = text.split(/\r?\n/);
    this.#isOpen = text !== "" && !text.endsWith("\n");
  }

  /** Which of `texts` was chosen; undefined where nothing more was. */
  next(texts: readonly string[]): number | undefined {
    let line = "";
    while (line === "") {
      if (this.#next >= this.#lines.length) return undefined;
      line = this.#lines[this.#next]?.trim() ?? "";
      this.#next += 1;
    }
    const [, number, words] = /^(\d+)\s*(.*)$/.exec(line) ?? [];
    const isThere = words === "" || (words !== undefined && texts[Number(number)] === words);
    const index = isThere ? Number(number) : texts.indexOf(words ?? line);
    if (index >= 0 && index < texts.length) return index;
    throw badInput(
      "FAB7006",
      `${placeName(this.path)}:${this.#next}: "${line}" cannot be chosen here`,
      `one of: ${texts.join("; ")}; or take this line and all below it out`,
    );
  }

  keep(index: number, texts: readonly string[]): void {
    appendFileSync(this.path, `${this.#isOpen ? "\n" : ""}${index}  ${texts[index]}\n`);
    this.#isOpen = false;
  }

  /** The last one is none any more. */
  takeBack(): void {
    const lines = readTextFile(this.path).text.split("\n");
    const last = lines.findLastIndex((line) => line.trim() !== "");
    writeFileSync(
      this.path,
      lines
        .slice(0, Math.max(0, last))
        .map((line) => `${line}\n`)
        .join(""),
    );
    this.#isOpen = false;
  }
}
