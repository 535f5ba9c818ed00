/**
 * Sabre's expressions. The language is defined by splitting the list of tokens: the construct
 * that is tried first binds loosest, so `&` binds looser than `|` and `*` looser than `+`, and
 * an operator splits at its first place, so `10 - 2 - 3` is `10 - (2 - 3)`.
 * Nothing is split inside brackets.
 */
import type { DiscreteArithmetic, DiscreteComparison, Span } from "@fabula/model";
import { misread } from "./diagnostics.js";
import type { Syntax } from "./syntax.js";
import type { Token } from "./token.js";

type Range = readonly [start: number, end: number];

const comparisons: readonly DiscreteComparison[] = ["==", "!=", ">=", "<=", ">", "<"];
const arithmetic: readonly (DiscreteArithmetic | "product" | "sum")[] = [
  "product",
  "sum",
  "*",
  "/",
  "+",
  "-",
];

const expressionDepthMax = 600;

export class ExpressionParser {
  private depth = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  /** The expression made of tokens `start` up to but not including `end`. */
  parse(start: number, end: number): Syntax {
    this.depth += 1;
    if (this.depth > expressionDepthMax) {
      const message = `this expression is nested more than ${expressionDepthMax} deep`;
      misread("FAB4103", message, this.tokens[start]?.span);
    }
    const syntax = this.parseInside(start, end);
    this.depth -= 1;
    return syntax;
  }

  private parseInside(start: number, end: number): Syntax {
    if (start >= end) {
      const near = this.tokens[Math.min(start, this.tokens.length - 1)];
      misread("FAB4105", "an expression is missing here", near?.span);
    }
    const conjuncts = this.split(start, end, "&");
    if (conjuncts.length > 1) return this.join("and", conjuncts, start);
    const disjuncts = this.split(start, end, "|");
    if (disjuncts.length > 1) return this.join("or", disjuncts, start);
    const first = this.tokens[start]!;
    if (first.text === "!") {
      return { kind: "not", body: this.parse(start + 1, end), span: first.span };
    }
    if (first.text === "if") {
      const conditional = this.parseIf(start, end);
      if (conditional !== undefined) return conditional;
    }
    if (first.text === "forall" || first.text === "exists") return this.parseQuantifier(start, end);
    return this.parseAssignment(start, end);
  }

  private join(kind: "and" | "or", parts: readonly Range[], start: number): Syntax {
    const span = this.tokens[start]!.span;
    return { kind, parts: parts.map(([from, to]) => this.parse(from, to)), span };
  }

  /** Undefined when the tokens hold two `else` at this level: then an operator splits them. */
  private parseIf(start: number, end: number): Syntax | undefined {
    const marks = [start];
    let elseCount = 0;
    for (let at = start + 1; at < end; at = this.after(at)) {
      const text = this.tokens[at]!.text;
      if (text === "elseif" || text === "else") marks.push(at);
      if (text === "else") elseCount += 1;
    }
    if (elseCount > 1) return undefined;
    const branches: { condition: Syntax; then: Syntax }[] = [];
    let otherwise: Syntax | undefined;
    marks.forEach((mark, index) => {
      const stop = marks[index + 1] ?? end;
      if (this.tokens[mark]!.text === "else") {
        if (index !== marks.length - 1) {
          misread("FAB4106", '"elseif" after "else"', this.tokens[stop]!.span);
        }
        otherwise = this.parse(mark + 1, stop);
        return;
      }
      const close = this.closing(mark + 1, "(");
      const condition = this.parse(mark + 2, close);
      branches.push({ condition, then: this.parse(close + 1, stop) });
    });
    const span = this.tokens[start]!.span;
    return otherwise === undefined
      ? { kind: "if", branches, span }
      : { kind: "if", branches, otherwise, span };
  }

  private parseQuantifier(start: number, end: number): Syntax {
    const word = this.tokens[start]!;
    const close = this.closing(start + 1, "(");
    const inside = this.tokens.slice(start + 2, close);
    if (inside.length !== 3 || inside[1]!.text !== ":" || inside[0]!.kind !== "word") {
      misread("FAB4105", `after "${word.text}" stands (name : type)`, word.span);
    }
    return {
      kind: word.text as "forall" | "exists" | "sum" | "product",
      variable: inside[0]!.text,
      type: inside[2]!.text,
      typeSpan: inside[2]!.span,
      body: this.parse(close + 1, end),
      span: word.span,
    };
  }

  private parseAssignment(start: number, end: number): Syntax {
    const parts = this.splitOnce(start, end, "=");
    if (parts === undefined) return this.parseComparison(start, end, 0);
    const [left, right, span] = parts;
    return { kind: "assign", target: this.parse(...left), value: this.parse(...right), span };
  }

  private parseComparison(start: number, end: number, level: number): Syntax {
    const operator = comparisons[level];
    if (operator === undefined) return this.parseTypeTest(start, end);
    const parts = this.splitOnce(start, end, operator);
    if (parts === undefined) return this.parseComparison(start, end, level + 1);
    const [left, right, span] = parts;
    return {
      kind: "compare",
      operator,
      left: this.parse(...left),
      right: this.parse(...right),
      span,
    };
  }

  private parseTypeTest(start: number, end: number): Syntax {
    const parts = this.splitOnce(start, end, ":");
    if (parts === undefined) return this.parseArithmetic(start, end, 0);
    const [left, [from, to], span] = parts;
    const type = this.tokens[from];
    if (to - from !== 1 || type?.kind !== "word") {
      misread("FAB4105", 'after ":" stands the name of a type', span);
    }
    return { kind: "isType", body: this.parse(...left), type: type.text, span: type.span };
  }

  private parseArithmetic(start: number, end: number, level: number): Syntax {
    const operator = arithmetic[level];
    if (operator === undefined) return this.parseAtom(start, end);
    if (operator === "product" || operator === "sum") {
      if (this.tokens[start]!.text === operator) return this.parseQuantifier(start, end);
      return this.parseArithmetic(start, end, level + 1);
    }
    const parts = this.split(start, end, operator);
    if (parts.length === 1) return this.parseArithmetic(start, end, level + 1);
    const operands = parts.map(([from, to]) => this.parse(from, to));
    const span = this.tokens[start]!.span;
    return operands.reduceRight((right, left) => {
      return { kind: "arithmetic", operator, left, right, span };
    });
  }

  private parseAtom(start: number, end: number): Syntax {
    const first = this.tokens[start]!;
    const second = this.tokens[start + 1];
    if (first.text === "(") {
      this.expectEnd(first.partner + 1, end);
      return this.parse(start + 1, first.partner);
    }
    if (first.kind === "number") {
      this.expectEnd(start + 1, end);
      return { kind: "number", value: Number(first.text), span: first.span };
    }
    if (first.kind !== "word") misread("FAB4105", `"${first.text}" cannot stand here`, first.span);
    if (end === start + 1 || second === undefined) {
      return { kind: "name", name: first.text, span: first.span };
    }
    if (second.text !== "(") this.expectEnd(start + 1, end);
    this.expectEnd(second.partner + 1, end);
    const inside = this.splitArguments(start + 2, second.partner);
    if (first.text === "believes") return this.believes(inside, first.span);
    const args = inside.map(([from, to]) => this.parse(from, to));
    return { kind: "use", name: first.text, arguments: args, span: first.span };
  }

  private believes(inside: readonly Range[], span: Span): Syntax {
    const [who, what] = inside;
    if (inside.length !== 2 || who === undefined || what === undefined) {
      misread("FAB4105", "believes takes a character and an expression", span);
    }
    return { kind: "believes", character: this.parse(...who), body: this.parse(...what), span };
  }

  private splitArguments(start: number, end: number): Range[] {
    return start === end ? [] : this.split(start, end, ",");
  }

  private expectEnd(at: number, end: number): void {
    if (at >= end) return;
    const token = this.tokens[at]!;
    misread("FAB4105", `unexpected "${token.text}"`, token.span, {
      ...(token.text.startsWith("-") && token.kind === "number"
        ? { remedy: 'a minus sign glued to a digit is part of the number; write "a - 1"' }
        : {}),
    });
  }

  private closing(at: number, open: string): number {
    const token = this.tokens[at];
    if (token?.text !== open) {
      const before = this.tokens[at - 1]!;
      misread("FAB4105", `"${open}" is missing after "${before.text}"`, before.span);
    }
    return token.partner;
  }

  /** The place after the token at `at`, stepping over a whole bracket. */
  private after(at: number): number {
    const partner = this.tokens[at]!.partner;
    return partner > at ? partner + 1 : at + 1;
  }

  private split(start: number, end: number, symbol: string): Range[] {
    const parts: Range[] = [];
    let from = start;
    for (let at = start; at < end; at = this.after(at)) {
      const token = this.tokens[at]!;
      if (token.kind !== "symbol" || token.text !== symbol) continue;
      parts.push([from, at]);
      from = at + 1;
    }
    parts.push([from, end]);
    return parts;
  }

  private splitOnce(
    start: number,
    end: number,
    symbol: string,
  ): readonly [left: Range, right: Range, span: Span] | undefined {
    for (let at = start; at < end; at = this.after(at)) {
      const token = this.tokens[at]!;
      if (token.kind !== "symbol" || token.text !== symbol) continue;
      return [[start, at], [at + 1, end], token.span];
    }
    return undefined;
  }
}
