/**
 * The colours of a text: the file is what the language's words make it, and a text is coloured as
 * the language itself reads it, word for word.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createTextMateGrammar, lexFabula, type TextMateGrammar } from "@fabula/language";
import { beforeAll, describe, expect, it } from "vitest";
import oniguruma from "vscode-oniguruma";
import textmate, { type IGrammar } from "vscode-textmate";
import { listWorldTexts, readWorldText } from "../../../scripts/worlds.mjs";

const file = join(import.meta.dirname, "..", "syntaxes", "fabula.tmLanguage.json");
const { resolve } = createRequire(import.meta.url);

type Kind = "keyword" | "name" | "unit" | "number" | "text" | "sign";

/** The innermost scope of every character. */
function scopesOf(grammar: IGrammar, text: string): readonly string[] {
  const scopes: string[] = [];
  let state = textmate.INITIAL;
  let start = 0;
  for (const line of text.split("\n")) {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    for (const token of tokens) {
      scopes.fill("", scopes.length, start + token.startIndex);
      const end = start + Math.min(token.endIndex, line.length);
      for (let at = start + token.startIndex; at < end; at += 1) {
        scopes[at] = token.scopes.at(-1) ?? "";
      }
    }
    start += line.length + 1;
  }
  return scopes;
}

const kinds: readonly (readonly [Kind, RegExp])[] = [
  ["unit", /^keyword\.other\.unit/],
  ["sign", /^(keyword\.operator|punctuation\.(separator|accessor))/],
  ["keyword", /^(keyword|storage\.type|constant\.language|support\.type\.primitive)/],
  ["number", /^constant\.numeric/],
  ["text", /^(string|punctuation\.section\.embedded)/],
  ["name", /^(variable|entity|support\.function)/],
];

function kindOfScope(scope: string): Kind | "" {
  return kinds.find(([, pattern]) => pattern.test(scope))?.[0] ?? "";
}

function kindOfToken(name: string, image: string): Kind {
  if (/^[a-z]/.test(name)) return "keyword";
  if (name === "ID") return "name";
  if (name === "UNIT" || image === "%") return "unit";
  if (name === "NUMBER" || name === "TIME") return "number";
  return /^(STRING|TITLE|TEXT)/.test(name) ? "text" : "sign";
}

/** Words and signs that are coloured as something else than they are read as. */
function differences(grammar: IGrammar, text: string, name: string) {
  const scopes = scopesOf(grammar, text);
  const read = lexFabula(text, name).tokens.filter(({ image }) => image !== "");
  const wrong = read.flatMap(({ startOffset, image, tokenType }) => {
    const wanted = kindOfToken(tokenType.name, image);
    const scope = scopes[startOffset] ?? "";
    const shown = kindOfScope(scope);
    // Units by name: what stands behind `per` and `unit`. A qualified name is one.
    const isFine =
      shown === wanted ||
      (wanted === "name" && shown === "unit") ||
      (image === "." && scope.startsWith("entity.name.namespace"));
    const line = text.slice(0, startOffset).split("\n").length;
    return isFine ? [] : [`${name}:${line}: \`${image}\` is a ${wanted}, shown as ${scope}`];
  });
  return { wrong, words: read.filter((one) => /^[a-z]/.test(one.tokenType.name)) };
}

describe("colours", () => {
  let load: (grammar: TextMateGrammar) => Promise<IGrammar>;
  let grammar: IGrammar;

  beforeAll(async () => {
    const { buffer } = readFileSync(resolve("vscode-oniguruma/release/onig.wasm"));
    await oniguruma.loadWASM(buffer);
    const onigLib = Promise.resolve({
      createOnigScanner: (patterns: string[]) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text: string) => new oniguruma.OnigString(text),
    });
    load = async (value) => {
      const raw = textmate.parseRawGrammar(JSON.stringify(value), "fabula.json");
      const registry = new textmate.Registry({ onigLib, loadGrammar: async () => raw });
      return (await registry.loadGrammar(value.scopeName))!;
    };
    grammar = await load(createTextMateGrammar());
  });

  it("are made of the words of the language as they are now", () => {
    const written = JSON.parse(readFileSync(file, "utf8"));
    expect(written, "run `node scripts/text-mate.mjs` after a build").toEqual(
      createTextMateGrammar(),
    );
  });

  it("know every word of the worlds and every sign as the language reads it", () => {
    const paths = listWorldTexts();
    const seen = new Set<string>();
    for (const path of paths) {
      const { name, text } = readWorldText(path);
      const { wrong, words } = differences(grammar, text, name);
      expect(wrong).toEqual([]);
      for (const { image } of words) seen.add(image);
    }
    expect(paths.length).toBeGreaterThan(50);
    expect(seen.size).toBeGreaterThan(110);
  });

  it("leave no character of the worlds without a scope", () => {
    for (const path of listWorldTexts()) {
      const { name, text } = readWorldText(path);
      const scopes = scopesOf(grammar, text);
      const bare = [...text.matchAll(/\S/g)].filter(({ index }) => {
        const scope = scopes[index] ?? "";
        return scope === "source.fabula" || scope === "" || scope.startsWith("invalid");
      });
      expect(bare.map(({ index }) => `${name}: ${text.slice(index, index + 20)}`)).toEqual([]);
    }
  });

  it("differ where a word is missing, so that the comparison can fail", async () => {
    const whole = JSON.stringify(createTextMateGrammar());
    const spoilt = await load(JSON.parse(whole.replaceAll("reluctance", "reluctances")));
    const text = "action a by p: person\n  reluctance 0.5\n";
    expect(differences(grammar, text, "a").wrong).toEqual([]);
    expect(differences(spoilt, text, "a").wrong).toEqual([
      expect.stringContaining("a:2: `reluctance` is a keyword"),
    ]);
  });

  it.each([
    ["// a note", "note", "comment.line.double-slash.fabula"],
    ["type lamp is thing", "lamp", "entity.name.type.fabula"],
    ["rule goes_out for it: lamp", "goes_out", "entity.name.function.fabula"],
    ["rule goes_out for it: lamp", "lamp", "entity.name.type.fabula"],
    ["action licht_löschen(l: lamp) by p: person", "licht_löschen", "entity.name.function.fabula"],
    ['story tale "A tale"', "tale", "entity.name.namespace.fabula"],
    ['person анна "Anna" // she', "анна", "variable.other.constant.fabula"],
    ['person weight "W"', "weight", "variable.other.constant.fabula"],
    ["  wants alive weight 5", "weight", "keyword.other.fabula"],
    ["  weight: number 0 .. 1", "weight", "variable.parameter.fabula"],
    ["  weight: number 0 .. 1", "number", "support.type.primitive.fabula"],
    ["  pace: number in m per s", "s", "keyword.other.unit.fabula"],
    ["  takes 5 .. 10 min", "10", "constant.numeric.fabula"],
    ["  takes 5 .. 10 min", "min", "keyword.other.unit.fabula"],
    ["begins day 3 06:00", "06:00", "constant.numeric.time.fabula"],
    ['expect D1 "dark" in 95% of 10 runs', "D1", "entity.name.function.fabula"],
    ["expect anna.alive at end", "anna", "variable.other.fabula"],
    ["expect anna.alive at end", "at end", "keyword.other.fabula"],
    ['  told "{p.name} stands."', "{", "punctuation.section.embedded.begin.fabula"],
    ['  told "{p.name} stands."', "name", "variable.other.property.fabula"],
    ['  told "{p.name} stands."', "stands", "string.quoted.double.fabula"],
    ["  when it = unknown", "unknown", "constant.language.fabula"],
    ["  lit # 3", "#", "invalid.illegal.fabula"],
  ])("%s: %s is %s", (line, part, scope) => {
    expect(scopesOf(grammar, line)[line.indexOf(part)]).toBe(scope);
  });

  it("of a text that is not closed end with its line", () => {
    const text = 'rule r for p: person\n  told "{p\nrule s for p: person\n';
    expect(scopesOf(grammar, text)[text.indexOf("rule s")]).toBe("storage.type.fabula");
  });
});
