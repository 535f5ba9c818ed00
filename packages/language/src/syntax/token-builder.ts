/** The tokens of the grammar, made fit for the layout pass and for names in any script. */
import type { TokenType, TokenVocabulary } from "chevrotain";
import { Lexer as ChevrotainLexer } from "chevrotain";
import type { Grammar, GrammarAST, TokenBuilderOptions } from "langium";
import { DefaultTokenBuilder } from "langium";

/** Made by the layout pass only: no text matches them. */
const madeByLayout: readonly string[] = ["INDENT", "DEDENT", "ITEM", "HEAD", "UNIT", "TITLE"];

export class LayoutTokenBuilder extends DefaultTokenBuilder {
  override buildTokens(grammar: Grammar, options?: TokenBuilderOptions): TokenVocabulary {
    const tokens = super.buildTokens(grammar, options) as TokenType[];
    const name = tokens.find((token) => token.name === "ID");
    if (name === undefined) throw new RangeError("the grammar has no terminal ID");
    // `person` is not `per` and `son`: every word may go on as a name.
    for (const token of tokens) if (/^[a-z]+$/.test(token.name)) token.LONGER_ALT = name;
    return tokens;
  }

  protected override buildTerminalToken(terminal: GrammarAST.TerminalRule): TokenType {
    const token = super.buildTerminalToken(terminal);
    if (madeByLayout.includes(terminal.name)) token.PATTERN = ChevrotainLexer.NA;
    // Langium skips what matches a blank; the layout lexer has to see junk.
    if (terminal.name === "JUNK") token.GROUP = "hidden";
    if (terminal.name === "NEWLINE") token.LINE_BREAKS = true;
    return token;
  }
}
