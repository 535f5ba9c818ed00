/** Texts that are not read at all: too large, or no text. Linear, and before anything else. */
import { textLengthMax, tooLarge } from "@fabula/model";
import { lineLengthMax } from "./limits.js";
import { type Problem, problem } from "./problem.js";

/** What no editor writes into a text: control characters, or what is left of broken UTF-8. */
const noText = /(?![\t\n\v\f\r])[\p{Cc}\uFFFD]/u;

export interface Refusal {
  readonly problem: Problem;
  readonly offset: number;
}

export function refuse(text: string): Refusal | undefined {
  if (text.length > textLengthMax) {
    const { code, message, remedy } = tooLarge(`${(text.length / 1e6).toFixed(1)} million`);
    return { problem: problem(code, message, remedy), offset: 0 };
  }
  const longLine = findLongLine(text);
  if (longLine !== undefined) {
    const message = `This line is too long (more than ${lineLengthMax} characters).`;
    const remedy = "Give parts of it names of their own with `means`.";
    return { problem: problem("FAB1106", message, remedy), offset: longLine };
  }
  const offset = text.search(noText);
  if (offset === -1) return undefined;
  const what = text[offset] === "\uFFFD" ? "bytes that are no UTF-8" : "control characters";
  const message = `This is not a text: it holds ${what}.`;
  return { problem: problem("FAB1005", message, "Save it as plain text in UTF-8."), offset };
}

/** Where the first line begins that is longer than allowed. */
function findLongLine(text: string): number | undefined {
  let start = 0;
  while (start < text.length) {
    const end = text.indexOf("\n", start);
    const length = (end === -1 ? text.length : end) - start;
    if (length > lineLengthMax) return start;
    start += length + 1;
  }
  return undefined;
}
