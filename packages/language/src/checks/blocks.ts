/**
 * Blocks that say nothing. The grammar lets every block be empty (see the trap in fabula.langium),
 * and a line moved out of its block by mistake leaves one behind. And lines of a story that stand in
 * a module, where nothing would come of them.
 */
import type { Diagnostic } from "@fabula/model";
import type { AstNode } from "langium";
import type { Circumstance, Expect, Item, Row, WhatIf } from "../generated/ast.js";
import type { ParsedFile } from "../parse.js";
import { spanOf } from "../span.js";

/** FAB1209 to FAB1212. Only of files that parse. */
export function checkBlocks({ file, passages }: ParsedFile): readonly Diagnostic[] {
  const found = file.header?.kind === "module" ? file.items.flatMap(checkModuleItem) : [];
  for (const { nodes } of passages) {
    for (const node of nodes) {
      const empty = emptyBlock(node);
      if (empty !== undefined) found.push(empty);
      if (node.$type === "WhatIf") found.push(...checkWhatIf(node as WhatIf));
      if (node.$type === "Row") found.push(...checkRow(node as Row));
    }
  }
  return found;
}

/** Which list must not be empty, and what it holds. */
const wanted: ReadonlyMap<string, readonly [list: string, holds: string]> = new Map([
  ["HasDecl", ["members", "a field"]],
  ["FactsDecl", ["facts", "a fact"]],
  ["CalendarDecl", ["parts", "a part, like `day = 24 h`"]],
  ["Process", ["effects", "what moves, like `x falls by 1 per min`"]],
  ["Rule", ["effects", "what follows"]],
  ["Expectation", ["effects", "what follows"]],
  ["FeelingThen", ["effects", "what follows"]],
  ["AtStart", ["effects", "an effect"]],
  ["AtEnd", ["effects", "an effect"]],
  ["WhileLasting", ["effects", "what moves, like `x falls by 1 per min`"]],
  ["EveryEffect", ["effects", "an effect"]],
  ["IfEffect", ["then", "an effect"]],
  ["ChanceEffect", ["then", "an effect"]],
  ["Mind", ["lines", "a line, like `floor means 0.5`"]],
  ["Inference", ["clauses", "a line, like `about C`"]],
  ["Feeling", ["clauses", "a line, like `rises by 1 when C`"]],
  ["WhatIf", ["lines", "a change, like `set x = 1`"]],
  ["Circumstance", ["lines", "a change, like `set x = 1`"]],
  ["Row", ["items", "a thing and what is expected of it"]],
  ["Pattern", ["lines", "a line, like `find a: p.verb`"]],
  ["Telling", ["lines", "a line, like `eyes p`"]],
]);

function emptyBlock(node: AstNode): Diagnostic | undefined {
  const [list, holds] = wanted.get(node.$type) ?? ["conditions", "a condition"];
  const isEmpty =
    node.$type === "Expect" ? (node as Expect).conditions.length === 0 : isEmptyList(node, list);
  if (node.$type === "Circumstance" && (node as Circumstance).title === undefined) return undefined;
  if (!isEmpty || (node.$type !== "Expect" && !wanted.has(node.$type))) return undefined;
  return {
    code: "FAB1209",
    severity: "error",
    message: "This block says nothing.",
    span: spanOf(node),
    remedy: `Put in ${holds}, or take it out.`,
  };
}

function isEmptyList(node: AstNode, list: string): boolean {
  return (node as unknown as Record<string, readonly unknown[] | undefined>)[list]?.length === 0;
}

/** What belongs to one story, and what it would be in a module. */
const ofStories: ReadonlyMap<Item["$type"], string> = new Map([
  ["Begins", "A module does not begin: what uses it does."],
  ["Ends", "A module does not end: what uses it does."],
  ["Outside", "What comes at a time comes in a story: in a module nothing would come of it."],
  ["Question", "A question is asked of a story: in a module nobody would ask it."],
  ["Expect", "What is expected is expected of a story: in a module nobody would ask."],
  ["WhatIf", "A what-if is asked of a story: in a module nobody would ask."],
  ["Circumstance", "What may be otherwise is said of a story: in a module nobody would seek."],
]);

function checkModuleItem(item: Item): Diagnostic[] {
  const message = ofStories.get(item.$type);
  if (message === undefined) return [];
  const remedy = "Move it into the story, or, with all that it needs, into a `row`.";
  return [{ code: "FAB1212", severity: "error", message, span: spanOf(item), remedy }];
}

function checkWhatIf(node: WhatIf): readonly Diagnostic[] {
  const expects = node.lines.some((line) => line.$type === "Expect");
  if (node.kind === "control" || expects || node.lines.length === 0) return [];
  return [
    {
      code: "FAB1210",
      severity: "warning",
      message: "This what-if expects nothing.",
      span: spanOf(node),
      remedy:
        "Add a line `expect ...` inside it; see whether the `expect` below should be indented.",
    },
  ];
}

function checkRow(node: Row): readonly Diagnostic[] {
  const asks = node.items.some((item) => item.$type === "Expect" || item.$type === "WhatIf");
  if (!asks || node.items.some((item) => item.$type === "RestsOn")) return [];
  return [
    {
      code: "FAB1211",
      severity: "warning",
      message: `The row \`${node.name}\` does not say what carries it.`,
      span: spanOf(node),
      remedy: "Add `rests on` and the rules, actions or definitions without which it must fail.",
    },
  ];
}
