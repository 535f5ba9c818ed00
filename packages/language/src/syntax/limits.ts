/**
 * Text is from anyone: what one file may ask of the reader. Every limit is an error with a place,
 * and every recursion over the tree is bounded by them.
 */

/** Brackets and words like `not`, open at the same time in one sentence. */
export const nestingMax = 30;
/** Blocks inside blocks. */
export const blockDepthMax = 12;
/** Characters of one line; a file with a longer one is refused. */
export const lineLengthMax = 20_000;
/** Words and signs of one sentence. A chain of `and`s makes a tree as deep as it is long. */
export const sentenceLengthMax = 2_000;
/** Diagnostics shown of one file. */
export const diagnosticsMax = 100;
/** Words and signs of one file: some 50,000 lines. The tree of more would not fit in memory. */
export const tokensMax = 400_000;
/** Sentences of one file that do not parse; after that nobody reads on. */
export const syntaxErrorsMax = 500;
/** Words and signs of one file that are parsed again because of mistakes near them. */
export const effortMax = 300_000;
