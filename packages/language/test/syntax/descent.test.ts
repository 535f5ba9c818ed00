/**
 * Texts in which nothing is wrong are read by a parser of their own, written from the grammar: its
 * trees are Langium's, node by node, and it gives up on whatever Langium finds a mistake in.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import type { AstNode, CstNode } from "langium";
import { describe, expect, it } from "vitest";
import { parseFabula } from "../../src/parse.js";
import { cstOfName } from "../../src/span.js";
import { cutText } from "../../src/syntax/cut.js";
import { type Passage, readByDescent, readByLangium } from "../../src/syntax/passage.js";
import { texts } from "../fixtures.js";

const limits = { isFirst: true, room: 1_000_000, effort: 0 };

function textsIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".fabula"))
    .sort()
    .map((name) => readFileSync(join(folder, name), "utf8").split(/^\/\/: /m, 1)[0]!);
}

const here = import.meta.dirname;
const passages = [
  ...textsIn(join(here, "..", "conformance")),
  ...textsIn(join(here, "..", "..", "..", "..", "worlds")),
  ...texts().map(({ text }) => text),
].flatMap((text) =>
  cutText(text).map((passage, index) => ({ text: passage, isFirst: index === 0 })),
);

function placeOf(cst: CstNode | undefined): unknown {
  if (cst === undefined) return undefined;
  const { offset, end, length, text, range } = cst;
  return { offset, end, length, text, start: range.start };
}

/** A node with all that anybody may ask of it; properties in their order. */
function described(node: AstNode): unknown {
  const own = Object.entries(node).map(([key, value]) => {
    if (key === "$container") return [key, (value as AstNode).$type];
    if (key === "$cstNode") return [key, placeOf(value as CstNode)];
    return [key, Array.isArray(value) ? value.map(written) : written(value)];
  });
  // Langium puts a few of its own at other places among the others.
  const isOurs = ([key]: unknown[]) => !(key as string).startsWith("$");
  const dollars = own.filter((entry) => !isOurs(entry)).sort();
  return { own: own.filter(isOurs), dollars, named: placeOf(cstOfName(node)) };
}

function written(value: unknown): unknown {
  const { $type, $refText, $refNode } = Object(value) as Record<string, unknown>;
  if ($refText !== undefined) return { $refText, at: placeOf($refNode as CstNode) };
  return typeof $type === "string" ? described(value as AstNode) : value;
}

function told({ items, header, cst, nodes, references, ...rest }: Passage): unknown {
  return {
    ...rest,
    items: items.map(described),
    header: header && described(header),
    cst: placeOf(cst),
    types: nodes.map(({ $type }) => $type),
    names: references.map(({ $refText }) => $refText),
  };
}

/** 1: read by descent; 0: left to Langium, which finds a mistake. */
function compare(text: string, isFirst: boolean): number {
  const quick = readByDescent(text, { ...limits, isFirst });
  if (quick === undefined) return 0;
  const langium = readByLangium(text, { ...limits, isFirst });
  expect(langium.parserMistakes.length + langium.lexerMistakes.length, text).toBe(0);
  expect(told(quick), text).toEqual(told(langium));
  return 1;
}

describe("the parser that is written from the grammar", () => {
  it("LANG-13 reads every passage in which nothing is wrong, and makes the tree of Langium", () => {
    const left = passages.filter(({ text, isFirst }) => compare(text, isFirst) === 0);
    for (const { text, isFirst } of left) {
      const { parserMistakes, lexerMistakes, tokenCount } = readByLangium(text, {
        ...limits,
        isFirst,
      });
      if (tokenCount > 0) expect(parserMistakes.length + lexerMistakes.length, text).not.toBe(0);
    }
    expect(passages.length - left.length).toBeGreaterThan(1_500);
  });

  it.each(["", "\n", "\n  \n\n", "// said\n", "\ufeff\r\n"])(
    "reads %j, in which nothing stands",
    (text) => {
      expect(compare(text, true)).toBe(0);
      expect(parseFabula(text, "x").diagnostics).toEqual([]);
    },
  );

  it("LANG-13 gives up on a mistake, or reads what Langium reads, wherever a text is spoilt", () => {
    const words = [...new Set(passages.flatMap(({ text }) => text.split(/(\s+|\b)/)))];
    let read = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...passages),
        fc.nat(),
        fc.constantFrom("out", "in", "twice"),
        fc.constantFrom(...words),
        ({ text, isFirst }, place, how, word) => {
          const parts = text.split(/(\s+|\b)/);
          const at = place % parts.length;
          if (how === "out") parts.splice(at, 1);
          else if (how === "in") parts.splice(at, 0, ` ${word} `);
          else parts.splice(at, 0, parts[at]!);
          read += compare(parts.join(""), isFirst);
        },
      ),
      { numRuns: 3_000 },
    );
    expect(read).toBeGreaterThan(300);
  });
});
