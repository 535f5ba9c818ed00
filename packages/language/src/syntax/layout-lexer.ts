/** Langium's lexer with the layout pass behind it. */
import type { ILexingError, IToken } from "chevrotain";
import { DefaultLexer, type LexerResult, type TokenizeOptions } from "langium";
import { describeJunk } from "./junk.js";
import { LayoutPass } from "./layout.js";
import { syntaxErrorsMax, tokensMax } from "./limits.js";
import { encodeProblem, problem } from "./problem.js";

export interface PassageTokens extends LexerResult {
  /** Words and signs of the text, without those of the layout pass. */
  readonly count: number;
}

export class LayoutLexer extends DefaultLexer {
  override tokenize(text: string, options?: TokenizeOptions): LexerResult {
    return this.#tokenize(text, { isFirst: true, room: tokensMax }, options);
  }

  /** A part of a text; `room`: words and signs that may still come. */
  tokenizePassage(
    text: string,
    place: { readonly isFirst: boolean; readonly room: number },
  ): PassageTokens {
    return this.#tokenize(text, place);
  }

  #tokenize(
    text: string,
    { isFirst, room }: { readonly isFirst: boolean; readonly room: number },
    options?: TokenizeOptions,
  ): PassageTokens {
    const result = super.tokenize(text, options);
    const count = result.tokens.length;
    const junk = result.hidden.filter((token) => token.tokenType.name === "JUNK");
    if (junk.length > 0) {
      result.hidden = result.hidden.filter((token) => token.tokenType.name !== "JUNK");
      result.errors = junkErrors(text, junk);
    }
    const pass = new LayoutPass(text, this.definition, isFirst);
    pass.run(result.tokens.slice(0, room));
    if (options?.mode === "partial") pass.finishAtCursor();
    else pass.finish();
    const tooMany = result.tokens[room];
    if (tooMany !== undefined) result.errors.push(errorAt(tooMany, tooManyTokens));
    result.tokens = pass.tokens;
    result.errors = [...result.errors, ...pass.errors];
    return { ...result, count };
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
