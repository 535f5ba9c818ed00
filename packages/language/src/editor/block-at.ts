/** In which block a line that is being written stands: told by the lines above it. */

const byFirstWord: ReadonlyMap<string, string> = new Map([
  ["action", "ActionClause"],
  ["type", "Member"],
  ["rule", "RuleLine"],
  ["process", "Effect"],
  ["mind", "MindLine"],
  ["inference", "InferenceClause"],
  ["feeling", "FeelingClause"],
  ["whatif", "WhatIfLine"],
  ["control", "WhatIfLine"],
  ["row", "RowItem"],
  ["pattern", "PatternLine"],
  ["telling", "TellingLine"],
  ["expect", "Timed"],
  ["then", "Effect"],
  ["at", "Effect"],
  ["while", "Effect"],
  ["if", "Effect"],
  ["else", "Effect"],
  ["every", "Effect"],
  ["with", "Effect"],
]);

/** The rule of the lines of that block. `lineStart`: offset of the line; `column`: its indent. */
export function blockAt(text: string, lineStart: number, column: number): string {
  const above = text.slice(0, lineStart).split("\n").reverse();
  const opener = above.find((line) => /^\s*[^\s/]/.test(line) && indentOf(line) < column);
  if (opener === undefined) return "Item";
  const [first, second] = opener.trim().split(/\s+/, 2);
  if (second === "has") return "Member";
  const rule = byFirstWord.get(first!);
  if (rule !== undefined) return rule;
  return /^\s*\w+(\([^)]*\))?(:|\s+means\b)/.test(opener) ? "FieldLine" : "EntityLine";
}

function indentOf(line: string): number {
  return /^\s*/.exec(line)![0].length;
}
