/** An author's words on one line, without characters that XML and story formats cannot hold. */

const breaks = /[\t\n\v\f\r\u0085\u2028\u2029 ]+/g;
const unwritable = /[^ -~\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

export function plainLine(text: string): string {
  return text.replace(breaks, " ").replace(unwritable, "\ufffd").trim();
}

/** A title where a form must have one. */
export function titleLine(title: string): string {
  return plainLine(title) || "Untitled";
}
