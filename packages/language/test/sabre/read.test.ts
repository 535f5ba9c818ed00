/** Reader for Sabre's language: binding strength, names, and errors with their place. */
import { type DiscreteExpression, formatDiagnostic } from "@fabula/model";
import { describe, expect, it } from "vitest";
import { readSabre, readSabreCondition } from "../../src/sabre/index.js";

const names = `type place; entity A : character; entity B : character; entity P : place; entity Q : place;
property p() : boolean; property q() : boolean; property r() : boolean;
property n() : number; property at(c : character) : place;
`;

/** The expression with brackets around everything. */
function shown(expression: DiscreteExpression): string {
  switch (expression.kind) {
    case "value": {
      const { value } = expression;
      if (value.kind === "unknown") return "?";
      return value.kind === "entity" ? value.name : String(value.value);
    }
    case "variable":
      return expression.name;
    case "fluent":
      return `${expression.property}(${expression.arguments.map(shown).join(",")})`;
    case "and":
      return `(${expression.parts.map(shown).join(" & ")})`;
    case "or":
      return `(${expression.parts.map(shown).join(" | ")})`;
    case "not":
      return `!${shown(expression.body)}`;
    case "compare":
    case "arithmetic":
      return `(${shown(expression.left)} ${expression.operator} ${shown(expression.right)})`;
    case "if": {
      const branches = expression.branches.map(
        (b) => `${shown(b.condition)} then ${shown(b.then)}`,
      );
      const rest = expression.otherwise === undefined ? "" : ` else ${shown(expression.otherwise)}`;
      return `[if ${branches.join(" elseif ")}${rest}]`;
    }
    case "forall":
    case "exists":
    case "sum":
    case "product":
      return `${expression.kind}(${expression.variable.name}) ${shown(expression.body)}`;
    case "believes":
      return `believes(${shown(expression.character)}, ${shown(expression.body)})`;
    case "isType":
      return `(${shown(expression.body)} : ${expression.type})`;
    case "assign":
      return `${shown(expression.target)} := ${shown(expression.value)}`;
  }
}

function condition(text: string): string {
  const { problem } = readSabre(names, "names");
  const { condition: found, diagnostics } = readSabreCondition(text, "test", problem!);
  expect(diagnostics).toEqual([]);
  return shown(found!);
}

function utility(text: string): string {
  const { diagnostics, problem } = readSabre(`${names}utility(): ${text};`, "test");
  expect(diagnostics).toEqual([]);
  return shown(problem!.utility);
}

function effect(text: string): string {
  const { diagnostics, problem } = readSabre(`${names}action a() { effect: ${text}; };`, "test");
  expect(diagnostics).toEqual([]);
  return shown(problem!.actions[0]!.effect);
}

function errors(text: string): string[] {
  return readSabre(text, "test").diagnostics.map((one) => formatDiagnostic(one).split("\n")[0]!);
}

describe("binding strength", () => {
  it.each([
    ["p() & q() | r()", "(p() & (q() | r()))"],
    ["p() | q() & r()", "((p() | q()) & r())"],
    ["!p() & q()", "(!p() & q())"],
    ["!n() == 1", "!(n() == 1)"],
    ["forall(c : character) at(c) == P", "forall(c) (at(c) == P)"],
    ["exists(c : character) at(c) == P & p()", "(exists(c) (at(c) == P) & p())"],
    ["believes(A, at(B)) == P", "(believes(A, at(B)) == P)"],
    ["sum(c : character) n() > 0", "(sum(c) n() > 0)"],
    ["A : character", "(A : character)"],
  ])("condition %s", (text, wanted) => {
    expect(condition(text)).toBe(wanted);
  });

  it.each([
    ["1 + 2 * 3", "((1 + 2) * 3)"],
    ["10 - 2 - 3", "(10 - (2 - 3))"],
    ["12 / 2 * 3", "((12 / 2) * 3)"],
    [
      "if(p()) 1 else n() + if(q()) 2 else 3",
      "([if p() then 1 else n()] + [if q() then 2 else 3])",
    ],
    ["if(p()) 1 elseif(q()) 2 else n() + 1", "[if p() then 1 elseif q() then 2 else (n() + 1)]"],
    ["-1", "-1"],
  ])("utility %s", (text, wanted) => {
    expect(utility(text)).toBe(wanted);
  });

  it.each([
    ["if(p()) q() & r()", "([if p() then q() := true] & r() := true)"],
    ["!p() & at(A) == P", "(p() := false & at(A) := P)"],
    ["believes(A, at(B) = P)", "believes(A, at(B) := P)"],
    ["believes(A, at(B)) = ?", "believes(A, at(B)) := ?"],
    ["believes(A, !p())", "believes(A, p() := false)"],
    ["forall(c : character) at(c) = P", "forall(c) at(c) := P"],
  ])("effect %s", (text, wanted) => {
    expect(effect(text)).toBe(wanted);
  });
});

describe("definitions", () => {
  it("number characters first and make types on the fly", () => {
    const { problem } = readSabre(
      "entity Rock : thing; entity A : hero; type hero : character;",
      "t",
    );
    expect(problem!.entities.map(({ name }) => name)).toEqual(["A", "Rock"]);
    expect(problem!.types.map(({ name }) => name)).toContain("thing");
  });

  it("may stand in any order, and the last semicolon may be missing", () => {
    const { diagnostics, problem } = readSabre("utility(): x(); property x() : number", "t");
    expect(diagnostics).toEqual([]);
    expect(problem!.properties).toHaveLength(1);
  });

  it("share a name where the arguments differ", () => {
    const text = `type item; entity A : character; entity Cup : item; entity Hall : place;
      property at(c : character) : place; property at(i : item) : place; at(A) = Hall; at(Cup) = Hall;`;
    expect(errors(text)).toEqual([]);
  });
});

describe("errors say where", () => {
  it.each([
    ["property x() : number;\nx() = 3 -1;", 'test:2:9: error FAB4105: unexpected "-1"'],
    [`${names}p() = 1;`, "FAB4121"],
    [`${names}p() = ?;`, "FAB4121"],
    [`${names}n() = ? + 1;`, "FAB4117"],
    [`${names}at(C) = P;`, 'FAB4110: unknown name "C"'],
    [`${names}att(A) = P;`, 'FAB4113: unknown property "att"'],
    [`${names}at(P) = P;`, "FAB4114"],
    [`${names}believes(P, p());`, "FAB4118"],
    [`${names}action a() { precondition: p() = True; };`, "FAB4119"],
    [`${names}action a() { effect: exists(c : character) at(c) = P; };`, "FAB4120"],
    ["type a : b; type b : a;", "FAB4112"],
    ["property x() : boolean; x() & (x();", "FAB4104"],
    ["/* never", "FAB4102"],
  ])("%s", (text, wanted) => {
    expect(errors(text)[0]).toContain(wanted);
  });

  it("goes on after an error", () => {
    expect(errors(`${names}at(C) = P; at(D) = P;`)).toHaveLength(2);
  });

  it("ends at its own depth, not the machine's", () => {
    const brackets = `property p() : boolean; ${"(".repeat(10_000)}p()${")".repeat(10_000)};`;
    expect(errors(brackets)[0]).toContain("FAB4103");
    expect(errors(`property p() : boolean; ${"!".repeat(10_000)}p();`)[0]).toContain("FAB4103");
  });
});
