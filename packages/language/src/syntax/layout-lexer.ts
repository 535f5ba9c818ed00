/** Langium's lexer with the layout pass behind it. */
import type { ILexingError, IToken } from "chevrotain";
import { DefaultLexer, type LexerResult, type TokenizeOptions } from "langium";
import { describeJunk } from "./junk.js";
import { LayoutPass } from "./layout.js";
import { syntaxErrorsMax, tokensMax } from "./limits.js";
import { encodeProblem, problem } from "./problem.js";

export class LayoutLexer extends DefaultLexer {
  override tokenize(text: string, options?: TokenizeOptions): LexerResult {
    const result = super.tokenize(text, options);
    const junk = result.hidden.filter((token) => token.tokenType.name === "JUNK");
    if (junk.length > 0) {
      result.hidden = result.hidden.filter((token) => token.tokenType.name !== "JUNK");
      result.errors = junkErrors(text, junk);
    }
    const pass = new LayoutPass(text, this.definition);
    pass.run(result.tokens.slice(0, tokensMax));
    if (options?.mode === "partial") pass.finishAtCursor();
    else pass.finish();
    const tooMany = result.tokens[tokensMax];
    if (tooMany !== undefined) result.errors.push(errorAt(tooMany, tooManyTokens));
    result.tokens = pass.tokens;
    result.errors = [...result.errors, ...pass.errors];
    return result;
  }
}

const tooManyTokens = encodeProblem(
  problem(
    "FAB1107",
    `This file is too long (more than ${tokensMax} words and signs); the rest is not read.`,
    "Divide it into modules.",
  ),
);

/** The first of each line: what follows it is mostly its consequence. */
function junkErrors(text: string, junk: readonly IToken[]): ILexingError[] {
  const errors: ILexingError[] = [];
  let line = 0;
  for (const token of junk) {
    if (token.startLine === line) continue;
    if (errors.length === syntaxErrorsMax) break;
    line = token.startLine!;
    errors.push(errorAt(token, encodeProblem(describeJunk(text, token.startOffset))));
  }
  return errors;
}

function errorAt(token: IToken, message: string): ILexingError {
  const { startOffset: offset, startLine: line, startColumn: column, image } = token;
  return { offset, line, column, length: image.length, message };
}
