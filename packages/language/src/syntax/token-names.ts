/** How tokens and blocks are called when we talk to an author. */

/** A declaration that opens a block: what it is called, and the rule of its lines. */
export interface Block {
  readonly name: string;
  readonly line: string;
  /** The lines of it that hold effects, where effects cannot stand alone. */
  readonly effects?: string;
}

/** By the rule of the declaration. In the order in which a stray line looks for its home. */
export const blocks: ReadonlyMap<string, Block> = new Map<string, Block>([
  ["File", { name: "a file", line: "Item" }],
  [
    "Action",
    { name: "an action", line: "ActionClause", effects: "`at start`, `while lasting` or `at end`" },
  ],
  ["TypeDecl", { name: "a type", line: "Member" }],
  ["HasDecl", { name: "a `has` block", line: "Member" }],
  ["Field", { name: "a field", line: "FieldLine" }],
  ["Entity", { name: "a person, place or thing", line: "EntityLine" }],
  ["WhatIf", { name: "a what-if", line: "WhatIfLine" }],
  ["Row", { name: "a row", line: "RowItem" }],
  ["Feeling", { name: "a feeling", line: "FeelingClause" }],
  ["Inference", { name: "an inference", line: "InferenceClause" }],
  ["Mind", { name: "a mind", line: "MindLine" }],
  ["Pattern", { name: "a pattern", line: "PatternLine" }],
  ["Telling", { name: "a telling", line: "TellingLine" }],
  ["Rule", { name: "a rule", line: "RuleLine", effects: "`then`" }],
  ["Process", { name: "a process", line: "Effect" }],
  ["Outside", { name: "what comes from outside", line: "Effect" }],
]);

const tokenNames: ReadonlyMap<string, string> = new Map([
  ["NEWLINE", "the end of the line"],
  ["INDENT", "an indented block"],
  ["DEDENT", "the end of the block"],
  ["ID", "a name"],
  ["STRING", "a text in quotes"],
  ["TITLE", "a text in quotes"],
  ["NUMBER", "a number"],
  ["ITEM", "a line at the left margin"],
  ["HEAD", "`module` or `story`"],
  ["EOF", "the end of the file"],
  ["UNIT", "a unit"],
  ["TIME", "a time of day"],
  ["TEXT_START", "a text in quotes"],
  ["TEXT_MID", "the rest of the text"],
  ["TEXT_END", "the rest of the text"],
]);

export function nameOfToken(token: string): string {
  return tokenNames.get(token) ?? `\`${token}\``;
}
