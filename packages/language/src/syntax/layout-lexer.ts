/** Langium's lexer with the layout pass behind it. */
import { DefaultLexer, type LexerResult, type TokenizeOptions } from "langium";
import { LayoutPass } from "./layout.js";

export class LayoutLexer extends DefaultLexer {
  override tokenize(text: string, options?: TokenizeOptions): LexerResult {
    const result = super.tokenize(text, options);
    const pass = new LayoutPass(text, this.definition);
    pass.run(result.tokens);
    if (options?.mode === "partial") pass.finishAtCursor();
    else pass.finish();
    result.tokens = pass.tokens;
    result.errors.push(...pass.errors);
    return result;
  }
}
