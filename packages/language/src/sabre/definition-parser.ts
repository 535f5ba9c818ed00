/** Definitions of a Sabre file, each up to its `;`. A faulty one is reported and skipped. */
import type { Diagnostic } from "@fabula/model";
import { Misread, misread } from "./diagnostics.js";
import { ExpressionParser } from "./expression-parser.js";
import type { Syntax, SyntaxDefinition, SyntaxEvent, SyntaxParameter } from "./syntax.js";
import type { Token } from "./token.js";

export function parseDefinitions(
  tokens: readonly Token[],
  diagnostics: Diagnostic[],
): SyntaxDefinition[] {
  const parser = new DefinitionParser(tokens);
  const definitions: SyntaxDefinition[] = [];
  for (let start = 0; start < tokens.length; ) {
    const end = parser.findSymbol(start, tokens.length, ";");
    if (end > start) {
      try {
        definitions.push(parser.parse(start, end));
      } catch (error) {
        if (!(error instanceof Misread)) throw error;
        diagnostics.push(error.diagnostic);
      }
    }
    start = end + 1;
  }
  return definitions;
}

type EventParts = { -readonly [K in keyof SyntaxEvent]?: SyntaxEvent[K] };

class DefinitionParser {
  constructor(private readonly tokens: readonly Token[]) {}

  parse(start: number, end: number): SyntaxDefinition {
    const first = this.tokens[start]!;
    const named = this.tokens[start + 1]?.kind === "word";
    const event = this.tokens[start + 2]?.text === "(";
    if (first.text === "type" && named) return this.parseType(start, end);
    if (first.text === "entity" && named) return this.parseEntity(start, end);
    if (first.text === "property" && named && event) return this.parseProperty(start, end);
    if (first.text === "action" && named && event) return this.parseEvent("action", start, end);
    if (first.text === "trigger" && named && event) return this.parseEvent("trigger", start, end);
    if (first.text === "utility") return this.parseUtility(start, end);
    const body = new ExpressionParser(this.tokens).parse(start, end);
    return { kind: "initial", body, span: first.span };
  }

  /** Index of the first `symbol` outside brackets from `start`, or `end`. */
  findSymbol(start: number, end: number, symbol: string): number {
    for (let at = start; at < end; ) {
      const token = this.tokens[at]!;
      if (token.kind === "symbol" && token.text === symbol) return at;
      at = token.partner > at ? token.partner + 1 : at + 1;
    }
    return end;
  }

  private parseType(start: number, end: number): SyntaxDefinition {
    const { name, names } = this.parseNameList(start, end, false);
    return { kind: "type", name, parents: names, span: this.tokens[start + 1]!.span };
  }

  private parseEntity(start: number, end: number): SyntaxDefinition {
    const { name, names } = this.parseNameList(start, end, true);
    return { kind: "entity", name, types: names, span: this.tokens[start + 1]!.span };
  }

  private parseNameList(start: number, end: number, required: boolean) {
    const name = this.tokens[start + 1]!;
    assertName(name);
    const names: string[] = [];
    if (end === start + 2 && !required) return { name: name.text, names };
    this.expect(start + 2, ":", end);
    for (let at = start + 3; ; at += 2) {
      const token = at < end ? this.tokens[at]! : undefined;
      if (token?.kind !== "word") misread("FAB4105", "the name of a type is missing", name.span);
      names.push(token.text);
      if (at + 1 >= end) return { name: name.text, names };
      this.expect(at + 1, ",", end);
    }
  }

  private parseProperty(start: number, end: number): SyntaxDefinition {
    const name = this.tokens[start + 1]!;
    assertName(name);
    const close = this.tokens[start + 2]!.partner;
    this.expect(close + 1, ":", end);
    const range = close + 2 < end ? this.tokens[close + 2]! : undefined;
    if (range?.kind !== "word" || close + 3 !== end) {
      misread("FAB4105", `after the ":" of property ${name.text} stands one type`, name.span);
    }
    const parameters = this.parseParameters(start + 3, close);
    return { kind: "property", name: name.text, parameters, range: range.text, span: name.span };
  }

  private parseParameters(start: number, end: number): SyntaxParameter[] {
    const parameters: SyntaxParameter[] = [];
    for (let at = start; at < end; ) {
      const stop = this.findSymbol(at, end, ",");
      parameters.push(this.parseParameter(at, stop));
      at = stop + 1;
    }
    return parameters;
  }

  private parseParameter(start: number, end: number): SyntaxParameter {
    const first = this.tokens[start]!;
    const type = this.tokens[start + 2];
    if (end === start + 3 && this.tokens[start + 1]!.text === ":" && type?.kind === "word") {
      assertName(first);
      return { kind: "variable", name: first.text, type: type.text, span: first.span };
    }
    if (end !== start + 1) {
      misread("FAB4105", "a parameter is (name : type) or one value", first.span);
    }
    const value = new ExpressionParser(this.tokens).parse(start, end);
    return { kind: "constant", value, span: first.span };
  }

  private parseEvent(kind: "action" | "trigger", start: number, end: number): SyntaxDefinition {
    const name = this.tokens[start + 1]!;
    assertName(name);
    const close = this.tokens[start + 2]!.partner;
    const open = this.expect(close + 1, "{", end);
    if (open.partner + 1 !== end) {
      const after = this.tokens[open.partner + 1]!;
      misread("FAB4105", `unexpected "${after.text}" after ${kind} ${name.text}`, after.span, {
        remedy: 'a definition ends with ";"',
      });
    }
    const parts: EventParts = {};
    for (let at = close + 2; at < open.partner; ) {
      const stop = this.findSymbol(at, open.partner, ";");
      if (stop > at) this.parsePart(parts, kind, at, stop);
      at = stop + 1;
    }
    const parameters = this.parseParameters(start + 3, close);
    return { consenting: [], ...parts, kind, name: name.text, parameters, span: name.span };
  }

  private parsePart(parts: EventParts, kind: string, start: number, end: number): void {
    const word = this.tokens[start]!;
    const expressions = new ExpressionParser(this.tokens);
    if (word.text === "precondition" || word.text === "effect") {
      this.expect(start + 1, ":", end);
      parts[word.text] = expressions.parse(start + 2, end);
    } else if (word.text === "consenting" && kind === "action") {
      this.expect(start + 1, ":", end);
      parts.consenting = this.parseConsenting(start + 2, end);
    } else if (word.text === "observing" && kind === "action") {
      const open = this.expect(start + 1, "(", end);
      const variable = this.parseParameter(start + 2, open.partner);
      this.expect(open.partner + 1, ":", end);
      if (variable.kind !== "variable") misread("FAB4105", "observing takes (c : type)", word.span);
      const body = expressions.parse(open.partner + 2, end);
      parts.observing = { variable: variable.name, type: variable.type, body };
    } else {
      misread(
        "FAB4105",
        `"${word.text}" is no part of ${kind === "action" ? "an" : "a"} ${kind}`,
        word.span,
        {
          remedy: "the parts are precondition, effect, consenting and observing",
        },
      );
    }
  }

  private parseConsenting(start: number, end: number): Syntax[] {
    const bracketed = this.tokens[start]?.text === "(" && this.tokens[start]!.partner === end - 1;
    const [from, to] = bracketed ? [start + 1, end - 1] : [start, end];
    const names: Syntax[] = [];
    for (let at = from; at < to; ) {
      const stop = this.findSymbol(at, to, ",");
      names.push(new ExpressionParser(this.tokens).parse(at, stop));
      at = stop + 1;
    }
    return names;
  }

  private parseUtility(start: number, end: number): SyntaxDefinition {
    const word = this.tokens[start]!;
    const open = this.expect(start + 1, "(", end);
    this.expect(open.partner + 1, ":", end);
    const body = new ExpressionParser(this.tokens).parse(open.partner + 2, end);
    if (open.partner === start + 2) return { kind: "utility", body, span: word.span };
    const who = this.tokens[start + 2]!;
    if (open.partner !== start + 3 || who.kind !== "word") {
      misread("FAB4105", "utility takes one character or nothing", word.span);
    }
    return { kind: "utility", character: who.text, body, span: who.span };
  }

  private expect(at: number, text: string, end: number): Token {
    const token = at < end ? this.tokens[at] : undefined;
    if (token?.text === text && token.kind === "symbol") return token;
    const before = this.tokens[Math.min(at, this.tokens.length) - 1]!;
    misread("FAB4105", `"${text}" is missing after "${before.text}"`, before.span);
  }
}

function assertName(token: Token): void {
  if (/^\p{L}/u.test(token.text)) return;
  misread("FAB4105", `"${token.text}" is no name; a name starts with a letter`, token.span);
}
