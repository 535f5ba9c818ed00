/**
 * Text is from anyone: what one file may ask of the reader. Every limit is an error with a place,
 * and every recursion over the tree is bounded by them.
 */

/** UTF-16 code units; larger files are refused before anything looks at them. */
export const sourceLengthMax = 8_000_000;
/** Brackets and words like `not`, open at the same time in one sentence. */
export const nestingMax = 30;
/** Blocks inside blocks. */
export const blockDepthMax = 12;
/** Words and signs of one sentence. A chain of `and`s makes a tree as deep as it is long. */
export const sentenceLengthMax = 2_000;
/** Diagnostics shown of one file. */
export const diagnosticsMax = 100;
