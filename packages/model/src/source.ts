/** Texts as the language takes them: it never looks for files itself. */

export interface SourceText {
  /** How diagnostics name it: a path as a person would say it. */
  readonly name: string;
  readonly text: string;
}

/** UTF-16 code units of one text; the longest novel's worth of rules is far below. */
export const textLengthMax = 2_000_000;
/** Bytes of a file: no text of `textLengthMax` has more in UTF-8, so a larger file is not read. */
export const textBytesMax = 3 * textLengthMax;
/** What is said of a larger one, wherever it turns up. `size`: "100 MB". */
export function tooLarge(size: string): {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
} {
  return {
    code: "FAB1006",
    message: `This text is too large (${size}; at most ${textLengthMax / 1e6} million characters).`,
    remedy: "Divide it into modules, or see whether this is the file you meant.",
  };
}

/** The texts of a module (`std.body`: one) or a whole world (`std`: all); [] where there is none. */
export type FindModules = (name: string) => readonly SourceText[];
