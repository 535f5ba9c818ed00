/**
 * Lines and blocks by indentation: one pass over the plain tokens, linear in the file.
 *
 * Puts ITEM before each line at the left margin, NEWLINE at the end of each sentence, INDENT and
 * DEDENT round blocks; the error recovery of the parser leans on ITEM and NEWLINE, so that a wrong
 * line costs that line only. A line at a depth of its own is taken as the outer level's. Tells
 * names, keywords and units apart, and bounds nesting, so that no text can overflow the parser.
 */
import type { ILexingError, IToken, TokenType, TokenTypeDictionary } from "chevrotain";
import { endsValue, isKeywordAt } from "./keyword-place.js";
import { blockDepthMax, sentenceLengthMax } from "./limits.js";
import { Nesting } from "./nesting.js";
import { encodeProblem, type Problem, problem } from "./problem.js";
import { headWords, infixWords, openEnds, openStarts, prefixWords } from "./words.js";

/** Columns that a tab counts for; it is an error all the same. */
const tabWidth = 2;

export class LayoutPass {
  readonly tokens: IToken[] = [];
  readonly errors: ILexingError[] = [];
  /** Columns at which the open blocks start. */
  private readonly columns: number[] = [0];
  private readonly nesting = new Nesting();
  private previous: IToken | undefined;
  private newline: IToken | undefined;
  private readonly openBrackets: IToken[] = [];
  /** Tokens of the sentence so far. */
  private length = 0;
  /** A plain name begins the sentence. */
  private beginsWithName = false;
  private previousIsHead = false;
  private sawTab = false;
  /** `if`s of values whose `else` has not come yet. */
  private openIfs = 0;
  /** A column: the rest of the sentence and all lines that are deeper are left out. */
  private skipDeeperThan: number | undefined;

  constructor(
    private readonly text: string,
    private readonly types: TokenTypeDictionary,
    /** A header may stand here. */
    private readonly isFirst = true,
  ) {}

  run(raw: readonly IToken[]): void {
    for (const [index, token] of raw.entries()) {
      if (token.tokenType.name === "NEWLINE") {
        this.newline ??= token;
        continue;
      }
      this.take(token, raw[index + 1]);
      this.newline = undefined;
    }
  }

  /** Ends the last sentence and all blocks. */
  finish(): void {
    const last = this.previous;
    if (last === undefined) return;
    this.reportOpenBracket();
    if (this.isInSentence()) {
      if (this.newline === undefined) this.put("NEWLINE", last, this.text.length);
      else this.put("NEWLINE", this.newline);
    }
    while (this.columns.length > 1) this.closeBlock(last, this.text.length);
  }

  /** For completion: the text ends at the cursor, whose column tells the block it stands in. */
  finishAtCursor(): void {
    const last = this.previous;
    if (last === undefined || this.newline === undefined) return;
    const end = this.text.length;
    const column = this.columnAt(end);
    this.put("NEWLINE", last, end);
    if (column > this.columns.at(-1)!) this.put("INDENT", last, end);
    while (this.columns.length > 1 && this.columns.at(-1)! > column) this.closeBlock(last, end);
    if (column === 0) this.put("ITEM", last, end);
  }

  private take(token: IToken, next: IToken | undefined): void {
    const startsLine = this.previous === undefined || this.newline !== undefined;
    const column = startsLine ? this.columnAt(token.startOffset) : 0;
    const isHead = startsLine && !this.joins(token, next, column);
    if (isHead) {
      this.beginSentence(token, column);
      this.beginsWithName = false;
    }
    if (this.skipDeeperThan !== undefined) {
      this.previous = token;
      return;
    }
    this.classify(token, next, isHead || this.follows(["then", "else"]));
    if (this.isTooMuch(token)) return;
    if (isHead) this.beginsWithName = token.tokenType.name === "ID";
    this.previousIsHead = isHead;
    this.tokens.push(token);
    this.previous = token;
  }

  /** Is this line part of the sentence above? */
  private joins(token: IToken, next: IToken | undefined, column: number): boolean {
    const previous = this.previous;
    if (previous === undefined || column <= this.columns.at(-1)!) return false;
    if (this.skipDeeperThan !== undefined) return false;
    const names = next?.image === "=" || next?.image === ":";
    const openIf = this.openIfs > 0 && (token.image === "then" || token.image === "else");
    if ((openStarts.has(token.image) || openIf) && !names) return true;
    if (openEnds.has(previous.image) && isKeywordOrSign(previous)) {
      return !(this.previousIsHead && (previous.image === "then" || previous.image === "else"));
    }
    if (this.openBrackets.length === 0) return false;
    return names || !headWords.has(token.image) || prefixWords.has(token.image);
  }

  private beginSentence(token: IToken, column: number): void {
    this.reportOpenBracket();
    this.nesting.reset();
    this.length = 0;
    this.openIfs = 0;
    if (this.skipDeeperThan !== undefined) {
      if (column > this.skipDeeperThan) return;
      this.skipDeeperThan = undefined;
    }
    if (this.isInSentence()) this.put("NEWLINE", this.newline!);
    this.placeBlock(token, column);
    if (this.columns.length === 1) this.put(this.isHeader(token) ? "HEAD" : "ITEM", token);
  }

  private isHeader(token: IToken): boolean {
    if (!this.isFirst || this.tokens.length > 0) return false;
    return token.image === "module" || token.image === "story";
  }

  /** Not so at the beginning, and behind a block that was left out. */
  private isInSentence(): boolean {
    const last = this.tokens.at(-1);
    return last !== undefined && last.image !== "";
  }

  private placeBlock(token: IToken, column: number): void {
    const inner = this.columns.at(-1)!;
    if (column > inner) {
      if (this.columns.length > blockDepthMax) {
        this.report(
          token,
          problem("FAB1105", `Blocks nest too deeply here (more than ${blockDepthMax}).`),
        );
        this.skipDeeperThan = inner;
        // The line above has its block, if an empty one.
        this.put("INDENT", token);
        this.put("DEDENT", token);
        return;
      }
      this.columns.push(column);
      this.put("INDENT", token);
      return;
    }
    const before = [...this.columns];
    while (this.columns.length > 1 && this.columns.at(-1)! > column) this.closeBlock(token);
    if (this.columns.at(-1) !== column) this.report(token, wrongDepth(column, before));
  }

  /** A first line that is indented opens no block: the left margin is where it starts. */
  private columnAt(offset: number): number {
    const lineStart = Math.max(
      this.text.lastIndexOf("\n", offset - 1) + 1,
      this.text.charCodeAt(0) === 0xfeff ? 1 : 0,
    );
    // Up to the first sign, be it one that means nothing and is no token.
    const blank = /^[ \t\u00A0\uFEFF]*/.exec(this.text.slice(lineStart, offset))![0];
    if (!blank.includes("\t")) return blank.length;
    if (!this.sawTab) {
      this.sawTab = true;
      const start = lineStart + blank.indexOf("\t");
      this.errors.push(this.errorAt(start, 1, undefined, undefined, tabProblem));
    }
    return blank.replaceAll("\t", " ".repeat(tabWidth)).length;
  }

  private classify(token: IToken, next: IToken | undefined, isHead: boolean): void {
    const name = this.types.ID!;
    const previous = this.length === 0 ? undefined : this.previous;
    if (token.image === "%" && previous?.tokenType.name === "NUMBER") {
      retag(token, this.types.UNIT!);
    } else if (token.tokenType.name === "STRING" && this.isTitle()) {
      retag(token, this.types.TITLE!);
    } else if (isWord(token)) {
      const mayBeUnit = !infixWords.has(token.image) && token.image !== "openly";
      if (previous?.tokenType.name === "NUMBER" && mayBeUnit) {
        retag(token, this.types.UNIT!);
      } else if (token.tokenType !== name && !this.isKeyword(token, next, isHead, previous)) {
        retag(token, name);
      }
    }
    this.length += 1;
    if (token.image === "if" && isKeywordOrSign(token) && !isHead) this.openIfs += 1;
    if (token.image === "else" && this.openIfs > 0) this.openIfs -= 1;
  }

  /** Behind `expect`, or `expect` and a name. */
  private isTitle(): boolean {
    const name = this.previous?.tokenType.name;
    if (this.length === 1) return name === "expect";
    return this.length === 2 && name === "ID" && this.tokens.at(-2)?.tokenType.name === "expect";
  }

  private isKeyword(
    token: IToken,
    next: IToken | undefined,
    isHead: boolean,
    previous: IToken | undefined,
  ): boolean {
    const nextIsEnd = next === undefined || next.tokenType.name === "NEWLINE";
    const keyword = previous !== undefined && isKeywordOrSign(previous);
    return isKeywordAt({
      word: token.image,
      isHead,
      isSecond: this.length === 1 && this.beginsWithName,
      previous: previous && {
        image: previous.image,
        isKeyword: keyword,
        endsValue: keyword
          ? endsValue(previous.image)
          : !/^TEXT_(START|MID)$/.test(previous.tokenType.name),
      },
      next: nextIsEnd ? "" : next.image,
      nextIsWord: !nextIsEnd && isWord(next),
      isCall: next?.image === "(" && next.startOffset === token.endOffset! + 1,
    });
  }

  private follows(words: readonly string[]): boolean {
    return this.previousIsHead && words.includes(this.previous!.image) && this.length > 0;
  }

  /** Keeps count of what is open; too deep or too long: the rest of the sentence is left out. */
  private isTooMuch(token: IToken): boolean {
    if (token.image === "(") this.openBrackets.push(token);
    else if (token.image === ")") this.openBrackets.pop();
    const tooDeep = this.nesting.isTooDeep(token.image, isKeywordOrSign(token));
    if (!tooDeep && this.length <= sentenceLengthMax) return false;
    const [code, what] = tooDeep
      ? ["FAB1104", "This line nests too deeply."]
      : ["FAB1106", `This line is too long (more than ${sentenceLengthMax} words and signs).`];
    // At the last word that is kept: what the parser says of the cut stands on the same line.
    this.report(
      this.tokens.at(-1)!,
      problem(code!, what!, "Give parts of it names of their own with `means`."),
    );
    this.skipDeeperThan = this.columns.at(-1)!;
    this.openBrackets.length = 0;
    this.previous = token;
    return true;
  }

  private reportOpenBracket(): void {
    const open = this.openBrackets[0];
    this.openBrackets.length = 0;
    if (open !== undefined) this.report(open, openBracketProblem);
  }

  private closeBlock(at: IToken, offset?: number): void {
    this.columns.pop();
    this.put("DEDENT", at, offset);
  }

  /** A token without a width at `at`, or at `offset` in its line. */
  private put(name: string, at: IToken, offset = at.startOffset): void {
    const type = this.types[name]!;
    const place = {
      startOffset: offset,
      endOffset: offset,
      startLine: at.startLine,
      endLine: at.startLine,
      startColumn: at.startColumn,
      endColumn: at.startColumn,
    };
    this.tokens.push({
      image: "",
      ...place,
      tokenType: type,
      tokenTypeIdx: type.tokenTypeIdx!,
    } as IToken);
  }

  private report(token: IToken, what: Problem): void {
    const length = token.image.length;
    const { startLine, startColumn } = token;
    this.errors.push(this.errorAt(token.startOffset, length, startLine, startColumn, what));
  }

  private errorAt(
    offset: number,
    length: number,
    line: number | undefined,
    column: number | undefined,
    what: Problem,
  ): ILexingError {
    return { offset, length, line, column, message: encodeProblem(what) };
  }
}

const tabProblem = problem(
  "FAB1101",
  "A line is indented with a tab.",
  "Use two spaces a step, all through the file.",
);

const openBracketProblem = problem("FAB1103", "This bracket is not closed.", "Add `)`.");

function wrongDepth(column: number, columns: readonly number[]): Problem {
  const places =
    columns.length === 1 ? `${columns[0]}` : columns.join(", ").replace(/, (\d+)$/, " and $1");
  const spaces = `${column} ${column === 1 ? "space" : "spaces"}`;
  const message = `This line is ${spaces} in, but the blocks around it start at ${places}.`;
  return problem("FAB1102", message, "Move it to one of these.");
}

function isKeywordOrSign(token: IToken): boolean {
  const code = token.tokenType.name.charCodeAt(0);
  return code < 65 || code > 90;
}

/** Letters, `_`: whatever could be a name. */
function isWord(token: IToken): boolean {
  const code = token.image.charCodeAt(0);
  return code > 127 || code === 95 || ((code | 32) >= 97 && (code | 32) <= 122);
}

function retag(token: IToken, type: TokenType): void {
  token.tokenType = type;
  token.tokenTypeIdx = type.tokenTypeIdx!;
}
