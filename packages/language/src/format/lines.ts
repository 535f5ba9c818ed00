/** The lines of a text with their depth: that of their block, one more where a sentence goes on. */
import type { IToken } from "chevrotain";

export interface LaidLine {
  /** From 1, in the text. */
  readonly number: number;
  /** Steps to the right. */
  readonly depth: number;
  /** What stands on it, from left to right, comments with it. */
  readonly tokens: readonly IToken[];
}

interface CodeLine {
  readonly number: number;
  readonly depth: number;
  /** Columns at which the blocks round it start, as the author had them. */
  readonly columns: readonly number[];
}

/** Lines with code or comments, in order. `tokens`: with those of the layout pass. */
export function layLines(
  text: string,
  tokens: readonly IToken[],
  comments: readonly IToken[],
): readonly LaidLine[] {
  const code = layCode(text, tokens);
  const byLine = new Map<number, IToken[]>();
  for (const token of [...tokens.filter((token) => token.image !== ""), ...comments]) {
    const line = byLine.get(token.startLine!);
    if (line === undefined) byLine.set(token.startLine!, [token]);
    else line.push(token);
  }
  const numbers = [...byLine.keys()].sort((left, right) => left - right);
  let next = code.length - 1;
  const laid: LaidLine[] = [];
  // Upwards: the depth of a comment hangs on the line below it.
  for (const number of numbers.reverse()) {
    const onLine = byLine.get(number)!.sort((left, right) => left.startOffset - right.startOffset);
    while (next > 0 && code[next]!.number > number) next -= 1;
    const here = code[next];
    const depth =
      here?.number === number
        ? here.depth
        : depthOfComment(onLine[0]!, here, below(code, next, number));
    laid.push({ number, depth, tokens: onLine });
  }
  return laid.reverse();
}

/** The first line of code after line `number`; `index` is at or before it. */
function below(code: readonly CodeLine[], index: number, number: number): CodeLine | undefined {
  const here = code[index];
  return here !== undefined && here.number > number ? here : code[index + 1];
}

/**
 * A comment goes with the line below it; at the end of a block it stays in the block where its
 * own column says so.
 */
function depthOfComment(
  comment: IToken,
  above: CodeLine | undefined,
  underneath: CodeLine | undefined,
): number {
  const depth = underneath?.depth ?? 0;
  if (above === undefined || above.number > comment.startLine!) return depth;
  const column = comment.startColumn! - 1;
  let deepest = depth;
  for (let inner = depth + 1; inner < above.columns.length; inner += 1) {
    if (above.columns[inner]! <= column) deepest = inner;
  }
  return deepest;
}

function layCode(text: string, tokens: readonly IToken[]): CodeLine[] {
  const lines: CodeLine[] = [];
  let columns: readonly number[] = [0];
  let beginsSentence = true;
  for (const token of tokens) {
    const { name } = token.tokenType;
    if (name === "INDENT") columns = [...columns, columnOf(text, token.startOffset)];
    else if (name === "DEDENT") columns = columns.slice(0, -1);
    else if (name === "NEWLINE") beginsSentence = true;
    else if (name !== "ITEM") {
      const number = token.startLine!;
      if (lines.at(-1)?.number !== number) {
        const depth = columns.length - 1 + (beginsSentence ? 0 : 1);
        lines.push({ number, depth, columns });
      }
      beginsSentence = false;
    }
  }
  return lines;
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf("\n", offset - 1) + 1);
}
