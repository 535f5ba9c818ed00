/**
 * Langium's parser, bounded, and fed with tokens instead of a text. All of it reaches into private
 * members of the pinned versions (langium 4.2.1, chevrotain 11.1.1); test/syntax/limits.test.ts
 * fails without.
 */
import type { IToken } from "chevrotain";
import {
  type AstNode,
  createLangiumParser,
  type LangiumCoreServices,
  type LangiumParser,
  type Lexer,
  type LexerResult,
  type ParseResult,
} from "langium";

interface Insides {
  lexer: Lexer;
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

/** Parses these tokens of `text`. */
export function parseTokens<N extends AstNode>(
  parser: LangiumParser,
  text: string,
  lexed: LexerResult,
): ParseResult<N> {
  const insides = parser as unknown as Insides;
  const { lexer } = insides;
  // The parser takes comments off the list while it goes.
  const copy = { ...lexed, hidden: [...lexed.hidden] };
  insides.lexer = { definition: lexer.definition, tokenize: () => copy };
  try {
    return parser.parse<N>(text);
  } finally {
    insides.lexer = lexer;
  }
}

/** The text that is being parsed ends here. */
export function endInput(parser: LangiumParser): void {
  (parser as unknown as Insides).wrapper.tokVectorLength = 0;
}
