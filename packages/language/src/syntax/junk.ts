/** What the author reads about characters that mean nothing. */
import { type Problem, problem } from "./problem.js";

const foreignSigns: ReadonlyMap<string, string> = new Map([
  ["||", "or"],
  ["|", "or"],
  ["&&", "and"],
  ["&", "and"],
  ["!", "not"],
  ["==", "="],
]);

/** What is wrong with the character at `offset`, which begins nothing. */
export function describeJunk(text: string, offset: number): Problem {
  const sign = text[offset]!;
  const two = text.slice(offset, offset + 2);
  const foreign = foreignSigns.has(two) ? two : sign;
  const wanted = foreignSigns.get(foreign);
  if (sign === "'") {
    return problem("FAB1001", "`'` means nothing here.", 'A text stands in double quotes: "...".');
  }
  if ("“”„«»‘’‚".includes(sign)) {
    return problem(
      "FAB1002",
      "These are the quotes of a word processor.",
      'Use straight quotes: "...".',
    );
  }
  if (wanted !== undefined) {
    return problem("FAB1004", `\`${foreign}\` means nothing here.`, `Write \`${wanted}\`.`);
  }
  if ('"{}'.includes(sign)) {
    const remedy = "Close it on the same line, and give every `{` in it its `}`.";
    return problem("FAB1003", "This text does not close.", remedy);
  }
  if (sign === "\r") {
    const remedy = "Save the file with line ends of Unix (LF) or Windows (CRLF).";
    return problem("FAB1001", "This line ends with a lone carriage return.", remedy);
  }
  if (sign === ";") return problem("FAB1001", "`;` means nothing here.", "A line ends by itself.");
  return problem(
    "FAB1001",
    `${nameOf(text.codePointAt(offset)!)} means nothing here.`,
    "Take it out.",
  );
}

function nameOf(code: number): string {
  if (code > 32 && code < 127) return `\`${String.fromCharCode(code)}\``;
  return `The character U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}
