/** What the author reads about characters that mean nothing. */
import type { ILexerErrorMessageProvider } from "chevrotain";
import { encodeProblem, type Problem, problem } from "./problem.js";

const foreignSigns: ReadonlyMap<string, string> = new Map([
  ["||", "or"],
  ["|", "or"],
  ["&&", "and"],
  ["&", "and"],
  ["!", "not"],
  ["==", "="],
]);

export class LexerMessages implements ILexerErrorMessageProvider {
  buildUnexpectedCharactersMessage(text: string, offset: number): string {
    return encodeProblem(describe(text, offset));
  }

  buildUnableToPopLexerModeMessage(): string {
    return encodeProblem(problem("FAB1001", "This means nothing here."));
  }
}

function describe(text: string, offset: number): Problem {
  const sign = text[offset]!;
  const wanted = foreignSigns.get(text.slice(offset, offset + 2)) ?? foreignSigns.get(sign);
  if ("“”„«»‘’‚".includes(sign)) {
    return problem(
      "FAB1002",
      "These are the quotes of a word processor.",
      'Use straight quotes: "...".',
    );
  }
  if (wanted !== undefined) {
    return problem("FAB1004", `\`${sign}\` means nothing here.`, `Write \`${wanted}\`.`);
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
  return problem("FAB1001", `${nameOf(sign)} means nothing here.`, "Take it out.");
}

function nameOf(sign: string): string {
  const code = sign.charCodeAt(0);
  if (code > 32 && code < 127) return `\`${sign}\``;
  return `The character U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}
