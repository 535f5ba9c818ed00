/**
 * Langium's parser with two of its inner parts bounded. Both reach into private members of the
 * pinned versions (langium 4.2.1, chevrotain 11.1.1); test/syntax/limits.test.ts fails without.
 */
import type { IToken } from "chevrotain";
import { createLangiumParser, type LangiumCoreServices, type LangiumParser } from "langium";

interface Insides {
  readonly nodeBuilder: { addHiddenNodes(tokens: IToken[]): void };
  /** Chevrotain sees the end of the file behind this many tokens. */
  readonly wrapper: { tokVectorLength: number };
}

export function createFabulaParser(services: LangiumCoreServices): LangiumParser {
  const parser = createLangiumParser(services);
  const { nodeBuilder } = parser as unknown as Insides;
  const addHiddenNodes = nodeBuilder.addHiddenNodes.bind(nodeBuilder);
  // It searches all siblings for the place even of no comments: the square of the file's items.
  nodeBuilder.addHiddenNodes = (tokens) => {
    if (tokens.length > 0) addHiddenNodes(tokens);
  };
  return parser;
}

/** The text that is being parsed ends here. */
export function endInput(parser: LangiumParser): void {
  (parser as unknown as Insides).wrapper.tokVectorLength = 0;
}
