/**
 * Reading on after a mistake. The parser's own recovery looks for the next token that could go on,
 * finds one in the middle of the wrong line, and then closes blocks that are still open: the rest
 * of a long block was lost, and half a file's names with it. So a line that does not parse is taken
 * out, with the block under it, and the text is read again without it, until it parses.
 *
 *   read  ->  first error of each item  ->  is its line inside a block?
 *     yes: told, and the line is left out of the next reading
 *     no (a head, or what follows from a line left out): told if new; the parser recovers alone
 */
import type { IRecognitionException, IToken } from "chevrotain";
import type { LangiumParser, LexerResult } from "langium";
import type { File } from "../generated/ast.js";
import { endInput, parseTokens } from "./fabula-parser.js";
import { syntaxErrorsMax } from "./limits.js";

export interface Reading {
  readonly file: File;
  /** At most one of each line left out; in the order found. */
  readonly errors: readonly IRecognitionException[];
  /** Tokens of the lines that were left out. */
  readonly leftOut: readonly IToken[];
  /** Tokens that were parsed again. */
  readonly effort: number;
  /** With an `effortMax` of at least that the reading is the same. */
  readonly effortNeeded: number;
}

/** Readings of one text. */
const readingsMax = 30;

/**
 * `effortMax`: tokens that may be parsed again. `begin`: called before each reading, with what ends
 * it when there are too many errors.
 */
export function readTokens(
  parser: LangiumParser,
  text: string,
  lexed: LexerResult,
  effortMax: number,
  begin: (onFlood: () => void) => void,
): Reading {
  const all = lexed.tokens;
  const left = new Uint8Array(all.length);
  const errors: IRecognitionException[] = [];
  const told = new Set<IToken>();
  const again = Math.max(0, Math.floor(effortMax / (all.length + 1)));
  const readings = Math.min(readingsMax, 1 + again);
  for (let reading = 1; ; reading += 1) {
    begin(() => endInput(parser));
    const tokens = all.filter((_, index) => left[index] === 0);
    const { value, parserErrors } = parseTokens<File>(parser, text, { ...lexed, tokens });
    const isFlood = parserErrors.length >= syntaxErrorsMax;
    const isLast = reading >= readings || isFlood;
    const plan = new Plan(all, left);
    for (const error of isLast ? parserErrors : firstOfEachItem(tokens, parserErrors)) {
      const isConsequence = plan.leaveOut(error.token);
      if (!isConsequence && !told.has(error.token)) errors.push(error);
      told.add(error.token);
    }
    if (isLast || !plan.hasChanged) {
      const leftOut = all.filter((_, index) => left[index] === 1);
      const length = all.length + 1;
      const wouldGoOn = reading === readings && readings < readingsMax && !isFlood;
      const isWhole = parserErrors.length === 0 || !wouldGoOn;
      // Where there is something wrong, being the last reading makes a difference.
      const needed = (parserErrors.length === 0 ? reading - 1 : reading) * length;
      return {
        file: value,
        errors,
        leftOut,
        effort: (reading - 1) * length,
        effortNeeded: isWhole ? needed : Number.POSITIVE_INFINITY,
      };
    }
  }
}

/** Whatever comes after the first error of an item may follow from it. */
function firstOfEachItem(
  tokens: readonly IToken[],
  errors: readonly IRecognitionException[],
): readonly IRecognitionException[] {
  const itemOf = new Map<IToken, number>();
  let item = 0;
  for (const token of tokens) {
    // The mark itself, where it surprises, ends the item before it.
    itemOf.set(token, item);
    if (token.tokenType.name === "ITEM") item += 1;
  }
  const seen = new Set<number>();
  return errors.filter((error) => {
    // As does the end of the text.
    const here = itemOf.get(error.token) ?? item;
    const isFirst = !seen.has(here);
    seen.add(here);
    return isFirst;
  });
}

/** Which tokens the next reading goes without. */
class Plan {
  hasChanged = false;
  private readonly indexOf = new Map<IToken, number>();

  constructor(
    private readonly all: readonly IToken[],
    private readonly left: Uint8Array,
  ) {
    for (const [index, token] of all.entries()) this.indexOf.set(token, index);
  }

  /** Takes out the line of `token`, if it can be; true where it only follows from such a line. */
  leaveOut(token: IToken): boolean {
    const index = this.indexOf.get(token);
    if (index === undefined) return this.left.at(-1) === 1;
    if (index > 0 && this.left[index - 1] === 1) return true;
    const name = this.nameAt(index);
    if (name === "INDENT") this.take(index, this.endOfBlock(index));
    else if (name !== "DEDENT" && name !== "ITEM") this.takeSentence(index);
    return false;
  }

  private takeSentence(index: number): void {
    let start = index;
    while (start > 0 && this.all[start - 1]!.image !== "") start -= 1;
    const before = start > 0 ? this.nameAt(start - 1) : "";
    // A line at the left margin names what its block is: better half read than not at all.
    if (["", "ITEM", "HEAD"].includes(before)) return;
    let end = index;
    while (end < this.all.length - 1 && this.nameAt(end) !== "NEWLINE") end += 1;
    if (this.nameAt(end + 1) === "INDENT") end = this.endOfBlock(end + 1);
    this.take(start, end);
  }

  /** Of the block that opens at `index`. */
  private endOfBlock(index: number): number {
    let depth = 0;
    for (let at = index; at < this.all.length; at += 1) {
      const name = this.nameAt(at);
      if (name === "INDENT") depth += 1;
      else if (name === "DEDENT") depth -= 1;
      if (depth === 0) return at;
    }
    return this.all.length - 1;
  }

  private take(start: number, end: number): void {
    this.left.fill(1, start, end + 1);
    this.hasChanged = true;
  }

  private nameAt(index: number): string {
    return this.all[index]?.tokenType.name ?? "";
  }
}
