/**
 * A line that begins with a misspelt word (`proces bleeding for w: wound`) reads as something else,
 * and the parser stumbles only later in it. The first word is what the author should look at.
 */
import { findNearest, strokesBetween } from "../spelling.js";
import { type Problem, problem } from "./problem.js";
import { headWords, loneWords, prefixWords } from "./words.js";

const heads: readonly string[] = [...headWords].filter((word) => !prefixWords.has(word));

/** `line`: the text of the line in which the parser found `what`. */
export function blameHead(what: Problem, line: string): Problem {
  const alone = /^\s*(\w+)\s*$/.exec(line)?.[1];
  if (alone !== undefined && headWords.has(alone) && !loneWords.has(alone)) return needsMore(alone);
  const isStray = what.code === "FAB1201" || what.code === "FAB1205";
  if (isStray && isFactAtMargin(line) && !what.remedy?.startsWith("Did you mean")) {
    const message = "What somebody or something is stands in the block of whom it is said.";
    return problem("FAB1202", message, "Indent it by two spaces.");
  }
  if (what.code === "FAB1201") return missesName(what, line);
  if (what.code !== "FAB1206" && what.code !== "FAB1207") return what;
  const word = /^\s*([a-z][a-z_]{2,})\s/.exec(line)?.[1];
  if (word === undefined || headWords.has(word)) return what;
  const near = findNearest(word, heads);
  const strokesMax = word.length <= 5 ? 1 : 2;
  if (near === undefined || strokesBetween(word, near, 3) > strokesMax) return what;
  // Of three letters, one left out: with another in its place it is rather somebody's name.
  if (word.length === 3 && near.length === 3) return what;
  return problem("FAB1201", `\`${word}\` does not begin a line here.`, `Did you mean \`${near}\`?`);
}

export function needsMore(word: string): Problem {
  const message = `\`${word}\` needs something behind it on its line.`;
  return problem("FAB1205", message, "Go on behind it, or take the line out.");
}

/** `pulse = 70`, `bond(ben) = 0.5`, `not awake`, `touches(ben)`, and no block that it stands in. */
function isFactAtMargin(line: string): boolean {
  return /^(not\s+[\p{L}_]|[\p{L}_][\p{L}\p{N}_.]*(\([^()]*\))?\s*=|[\p{L}_][\p{L}\p{N}_]*\([^()]*\)\s*$)/u.test(
    line,
  );
}

/** `person "Anna"`: the word is right, the name behind it is missing. */
function missesName(what: Problem, line: string): Problem {
  if (what.remedy?.startsWith("Did you mean") || !/ (file|row)\.$/.test(what.message)) return what;
  const [, type, text] = /^\s*(\w+)\s*("|\r?\n?$)/.exec(line) ?? [];
  if (type === undefined || headWords.has(type)) return what;
  const found = text === '"' ? "a text" : "the end of the line";
  const remedy = `Write one behind it: \`${type} name\`.`;
  return problem("FAB1207", `I expected a name after \`${type}\`, but found ${found}.`, remedy);
}
