/**
 * Cuts a text where nothing that stands before can change what comes behind: at a line that begins
 * with a word at the left margin. Such a line begins an item, whatever is open above it. Items of
 * one line that follow each other stay together, so that a list of thousands is one passage.
 */

const wordAtMargin =
  /\n(?=[A-Za-z_\u00C0-\u1FFF\u2C00-\u2DFF\u3040-\uD7FF\uF900-\uFFDC])[^\n]*(?=\n|$)/g;

/** Passages in order; together they are the text. The first holds the header, if there is one. */
export function cutText(text: string): readonly string[] {
  const passages: string[] = [];
  let start = 0;
  /** End of the last line that begins with a word at the margin. */
  let end = -1;
  // The line before the first one is none: as if the text began with an end of line.
  for (const { index, 0: line } of `\n${text}`.matchAll(wordAtMargin)) {
    if (end !== -1 && index !== end) {
      passages.push(text.slice(start, index));
      start = index;
    }
    end = index + line.length;
  }
  passages.push(text.slice(start));
  return passages;
}
