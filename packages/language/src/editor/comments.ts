/** What an author wrote beside a declaration. */

/** `//` inside a text is none: a line has an even number of quotes before its comment. */
export function splitComment(line: string): { readonly code: string; readonly comment: string } {
  for (let at = line.indexOf("//"); at !== -1; at = line.indexOf("//", at + 2)) {
    const quotes = line.slice(0, at).split('"').length - 1;
    if (quotes % 2 === 0)
      return { code: line.slice(0, at).trim(), comment: line.slice(at + 2).trim() };
  }
  return { code: line.trim(), comment: "" };
}

/**
 * The declaration on line `index` (from 0) without its comment, and that comment: behind it, else
 * above it; "" where there is none.
 */
export function declarationAt(
  lines: readonly string[],
  index: number,
): { readonly declaration: string; readonly comment: string } {
  const { code, comment } = splitComment(lines[index] ?? "");
  return { declaration: code, comment: comment === "" ? commentAbove(lines, index) : comment };
}

/** Lines of comment right above line `index` (from 0). */
function commentAbove(lines: readonly string[], index: number): string {
  const found: string[] = [];
  for (let line = index - 1; line >= 0; line -= 1) {
    const comment = /^\s*\/\/\s?(.*)$/.exec(lines[line]!)?.[1];
    if (comment === undefined) break;
    found.unshift(comment);
  }
  return found.join("\n");
}
