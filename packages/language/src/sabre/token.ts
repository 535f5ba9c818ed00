/**
 * Tokens of Sabre's language. Everything that is no symbol and no white space is a word;
 * a minus sign glued to a digit always belongs to the number, so `x() -1` is two values.
 */
import type { Diagnostic, Span } from "@fabula/model";
import { diagnosticAt } from "./diagnostics.js";

export type TokenKind = "symbol" | "word" | "number" | "text";

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly span: Span;
  /** For a bracket: index of its partner; otherwise -1. Filled in by `matchBrackets`. */
  partner: number;
}

export const nestingMax = 200;

const doubleSymbols = ["==", "!=", ">=", "<="];
const singleSymbols = "(){}[],;:*/+-&|!=><";

/** All tokens of `text`; stops at the first thing that cannot be one. */
export function tokenize(text: string, source: string, diagnostics: Diagnostic[]): Token[] {
  const scanner = new Scanner(text, source, diagnostics);
  const tokens: Token[] = [];
  for (let token = scanner.next(); token !== undefined; token = scanner.next()) tokens.push(token);
  matchBrackets(tokens, diagnostics);
  return tokens;
}

class Scanner {
  private at = 0;
  private line = 1;
  private lineStart = 0;

  constructor(
    private readonly text: string,
    private readonly source: string,
    private readonly diagnostics: Diagnostic[],
  ) {}

  next(): Token | undefined {
    if (!this.skipBlank() || this.at >= this.text.length) return undefined;
    const start = this.at;
    const kind = this.scan();
    return { kind, text: this.text.slice(start, this.at), span: this.span(start), partner: -1 };
  }

  private span(start: number): Span {
    return {
      source: this.source,
      start,
      end: this.at,
      line: this.line,
      column: start - this.lineStart + 1,
    };
  }

  private scan(): TokenKind {
    const text = this.text;
    const first = text[this.at]!;
    if (isDigit(first) || (first === "-" && isDigit(text[this.at + 1] ?? ""))) {
      return this.scanNumber();
    }
    if (first === '"') return this.scanText();
    if (doubleSymbols.includes(text.slice(this.at, this.at + 2))) {
      this.at += 2;
      return "symbol";
    }
    if (singleSymbols.includes(first)) {
      this.at += 1;
      return "symbol";
    }
    while (this.at < text.length && isWordPart(text[this.at]!)) this.at += 1;
    return "word";
  }

  private scanNumber(): TokenKind {
    this.at += 1;
    let dots = 0;
    for (; this.at < this.text.length; this.at += 1) {
      const char = this.text[this.at]!;
      if (char === "." && dots === 0) dots = 1;
      else if (!isDigit(char)) break;
    }
    return "number";
  }

  private scanText(): TokenKind {
    const start = this.at;
    const end = this.text.indexOf('"', start + 1);
    if (end < 0) {
      this.at = this.text.length;
      this.diagnostics.push(diagnosticAt("FAB4102", "this text never ends", this.span(start)));
    } else {
      this.at = end + 1;
    }
    return "text";
  }

  /** False when a comment never ends. */
  private skipBlank(): boolean {
    const text = this.text;
    while (this.at < text.length) {
      if (text.startsWith("//", this.at)) {
        const end = text.indexOf("\n", this.at);
        this.at = end < 0 ? text.length : end;
      } else if (text.startsWith("/*", this.at)) {
        const start = this.at;
        const end = text.indexOf("*/", start + 2);
        if (end < 0) {
          const message = "this comment never ends";
          this.diagnostics.push(diagnosticAt("FAB4102", message, this.span(start)));
          return false;
        }
        this.advanceTo(end + 2);
      } else if (isBlank(text[this.at]!)) {
        this.advanceTo(this.at + 1);
      } else {
        return true;
      }
    }
    return true;
  }

  private advanceTo(end: number): void {
    for (; this.at < end; this.at += 1) {
      if (this.text[this.at] === "\n") {
        this.line += 1;
        this.lineStart = this.at + 1;
      }
    }
  }
}

function isBlank(char: string): boolean {
  return char === " " || char === "\n" || char === "\t" || char === "\r" || /\s/.test(char);
}

function isDigit(char: string): boolean {
  return char >= "0" && char <= "9";
}

function isWordPart(char: string): boolean {
  return !singleSymbols.includes(char) && char !== '"' && !isBlank(char);
}

const closing: Readonly<Record<string, string>> = { "(": ")", "{": "}", "[": "]" };

function matchBrackets(tokens: Token[], diagnostics: Diagnostic[]): void {
  const open: number[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index]!;
    if (token.kind !== "symbol") continue;
    if (closing[token.text] !== undefined) {
      open.push(index);
      if (open.length > nestingMax) {
        const message = `brackets are nested more than ${nestingMax} deep`;
        diagnostics.push(diagnosticAt("FAB4103", message, token.span));
        return;
      }
    } else if (token.text === ")" || token.text === "}" || token.text === "]") {
      const start = open.pop();
      const opener = start === undefined ? undefined : tokens[start]!;
      if (opener === undefined || closing[opener.text] !== token.text) {
        const message = `"${token.text}" closes no bracket`;
        diagnostics.push(diagnosticAt("FAB4104", message, token.span));
        return;
      }
      opener.partner = index;
      token.partner = start!;
    }
  }
  const left = open.pop();
  if (left === undefined) return;
  const message = `"${tokens[left]!.text}" is never closed`;
  diagnostics.push(diagnosticAt("FAB4104", message, tokens[left]!.span));
}
