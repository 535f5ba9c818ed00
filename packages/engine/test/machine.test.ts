/** The machines against a naive walk over the tree, on random expressions. */

import type { ExprId } from "@fabula/model";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Machine } from "../src/expressions/machine.js";
import { createSimulation, type Simulation } from "../src/run/simulation.js";
import { boolean, entity, number, WorldBuilder } from "./world-builder.js";

function setUp() {
  const w = new WorldBuilder();
  const thing = w.type("thing");
  const tall = w.type("tall", { parents: [thing] });
  const x = w.fluent("x", thing, { type: number });
  const q = w.quantity("q", thing, 0, 100, 50);
  const r = w.quantity("r", thing, -50, 50, 0);
  const flag = w.flag("flag", thing);
  const next = w.fluent("next", thing, { type: entity(thing), indexed: true });
  const bond = w.fluent("bond", thing, {
    type: number,
    parameters: [{ name: "to", type: entity(thing) }],
    symmetric: true,
    initial: { low: w.n(0.5) },
  });
  const twice = w.fluent("twice", thing, {
    type: number,
    storage: "derived",
    parameters: [{ name: "by", type: number }],
    means: w.op("mul", w.get(q, w.local(0)), w.local(1, number)),
  });
  for (let index = 0; index < 4; index++) {
    const self = w.local(0);
    w.entity(`e${index}`, index % 2 === 0 ? thing : tall, [
      w.set(x, [self], w.n(index * 1.5 - 2)),
      w.set(flag, [self], w.b(index % 3 === 0)),
      w.set(next, [self], index === 3 ? w.e(-1) : w.e(index + 1)),
      w.set(q, [self], w.n(index * 20 + 10)),
      w.set(r, [self], w.n(index * 10 - 20)),
      w.set(bond, [self, w.e((index + 2) % 4)], w.n(index / 8)),
    ]);
  }
  w.process("up", [thing], w.get(flag, w.local(0)), [w.rate(q, [w.local(0)], 1, w.n(0.25))]);
  w.process("down", [tall], w.b(true), [w.rate(r, [w.local(0)], -1, w.n(0.5))]);
  return { w, thing, tall, x, q, r, flag, next, bond, twice };
}

type Made = ReturnType<typeof setUp>;
type Kind = "number" | "boolean" | "entity";

const known = new Map<string, fc.Arbitrary<ExprId>>();

/** Expressions over locals 0 and 1 (entities), with slot 2 bound by quantifiers. */
function expressions(made: Made, kind: Kind, depth: number, bound = false): fc.Arbitrary<ExprId> {
  const name = `${kind} ${depth} ${bound}`;
  const arbitrary = known.get(name) ?? makeExpressions(made, kind, depth, bound);
  known.set(name, arbitrary);
  return arbitrary;
}

function makeExpressions(
  made: Made,
  kind: Kind,
  depth: number,
  bound: boolean,
): fc.Arbitrary<ExprId> {
  const { w } = made;
  const inner = (of: Kind, inside = bound) => expressions(made, of, depth - 1, inside);
  const locals = [w.local(0), w.local(1), ...(bound ? [w.local(2)] : [])];
  if (kind === "entity") {
    const leaves = fc.constantFrom(...locals, w.e(0), w.e(3), w.e(-1));
    if (depth <= 0) return leaves;
    return fc.oneof(
      leaves,
      inner("entity").map((of) => w.get(made.next, of)),
      the(made, inner),
    );
  }
  if (kind === "boolean") {
    const leaves = fc.constantFrom(w.b(true), w.b(false), w.get(made.flag, w.local(0)));
    if (depth <= 0) return leaves;
    const numbers = fc.tuple(inner("number"), inner("number"));
    const compare = fc.constantFrom("eq", "ne", "lt", "le", "gt", "ge" as const);
    return fc.oneof(
      leaves,
      inner("entity").map((of) => w.get(made.flag, of)),
      fc.tuple(compare, numbers).map(([op, [a, b]]) => w.test(op, a, b)),
      fc
        .tuple(fc.constantFrom("and", "or" as const), inner("boolean"), inner("boolean"))
        .map(([op, a, b]) => w.test(op, a, b)),
      inner("boolean").map((a) => w.not(a)),
      inner("entity").map((of) => w.node({ op: "isa", args: [of], type: made.tall }, boolean)),
      quantified(made, ["some", "every", "none"], boolean, inner),
    );
  }
  const leaves = fc.oneof(
    // Numbers of authors: denormals round their products to nothing, and no line fits that.
    fc.integer({ min: -20_480, max: 20_480 }).map((value) => w.n(value / 1024)),
    fc.constantFrom(made.x, made.q, made.r).map((fluent) => w.get(fluent, w.local(0))),
  );
  if (depth <= 0) return leaves;
  return fc.oneof(
    leaves,
    fc
      .tuple(fc.constantFrom(made.x, made.q, made.r), inner("entity"))
      .map(([fluent, of]) => w.get(fluent, of)),
    fc.tuple(inner("entity"), inner("entity")).map(([a, b]) => w.get(made.bond, a, b)),
    fc.tuple(inner("entity"), inner("number")).map(([a, b]) => w.get(made.twice, a, b)),
    fc
      .tuple(
        fc.constantFrom("add", "sub", "mul", "min", "max" as const),
        inner("number"),
        inner("number"),
      )
      .map(([op, a, b]) => w.op(op, a, b)),
    inner("number").map((a) => w.node({ op: "neg", args: [a] }, number)),
    fc
      .tuple(inner("boolean"), inner("number"), inner("number"))
      .map((args) => w.node({ op: "if", args }, number)),
    quantified(made, ["sum", "most", "least", "count"], number, inner),
  );
}

function quantified(
  made: Made,
  kinds: readonly ("some" | "every" | "none" | "sum" | "most" | "least" | "count")[],
  type: typeof boolean,
  inner: (kind: Kind, bound: boolean) => fc.Arbitrary<ExprId>,
) {
  const { w, thing, tall } = made;
  const body = (kind: string) => inner(/sum|most|least/.test(kind) ? "number" : "boolean", true);
  return fc
    .constantFrom(...kinds)
    .chain((kind) =>
      fc.tuple(fc.constant(kind), where(made, inner), body(kind), fc.constantFrom(thing, tall)),
    )
    .map(([quantifier, holds, what, of]) =>
      w.node({ op: "quantified", quantifier, slot: 2, type: of, where: holds, body: what }, type),
    );
}

function the(made: Made, inner: (kind: Kind, bound: boolean) => fc.Arbitrary<ExprId>) {
  const { w, thing } = made;
  return where(made, inner).map((holds) =>
    w.node(
      { op: "quantified", quantifier: "the", slot: 2, type: thing, where: holds, body: w.b(true) },
      entity(thing),
    ),
  );
}

/** Of what is in slot 2: anything, or something by which it can be searched for and anything. */
function where({ w, next }: Made, inner: (kind: Kind, bound: boolean) => fc.Arbitrary<ExprId>) {
  const paths = [w.local(0), w.get(next, w.local(1)), w.e(3), w.e(-1), w.local(2)];
  const searched = fc
    .tuple(fc.constantFrom(...paths), fc.boolean(), fc.boolean(), inner("boolean", true))
    .map(([path, pathFirst, restFirst, rest]) => {
      const field = w.get(next, w.local(2));
      const equal = pathFirst ? w.test("eq", path, field) : w.test("eq", field, path);
      return restFirst ? w.test("and", rest, equal) : w.test("and", equal, rest);
    });
  return fc.oneof(inner("boolean", true), searched);
}

/** Too simple to be wrong: no code, no reads, no slopes. */
function walk(simulation: Simulation, made: Made, expr: ExprId, locals: number[]): number {
  const node = made.w.pool.get(expr);
  const { store } = simulation.kernel;
  const of = (inner: ExprId, at = locals): number => walk(simulation, made, inner, at);
  const same = (a: number, b: number) => a === b || (Number.isNaN(a) && Number.isNaN(b));
  switch (node.op) {
    case "constant":
      return node.value;
    case "entity":
      return node.entity;
    case "local":
      return locals[node.slot] as number;
    case "fluent": {
      const args = node.args.map((arg) => of(arg));
      if (node.fluent === made.twice) {
        return store.isThere(args[0] as number)
          ? store.read(made.q, args) * (args[1] as number)
          : Number.NaN;
      }
      return args.every((arg) => arg >= 0)
        ? store.read(node.fluent, args)
        : store.missing(node.fluent);
    }
    case "add":
      return of(node.args[0]) + of(node.args[1]);
    case "sub":
      return of(node.args[0]) - of(node.args[1]);
    case "mul":
      return of(node.args[0]) * of(node.args[1]);
    case "min":
      return Math.min(of(node.args[0]), of(node.args[1]));
    case "max":
      return Math.max(of(node.args[0]), of(node.args[1]));
    case "neg":
      return -of(node.args[0]);
    case "not":
      return of(node.args[0]) > 0 ? 0 : 1;
    case "and":
      return of(node.args[0]) > 0 && of(node.args[1]) > 0 ? 1 : 0;
    case "or":
      return of(node.args[0]) > 0 || of(node.args[1]) > 0 ? 1 : 0;
    case "eq":
      return same(of(node.args[0]), of(node.args[1])) ? 1 : 0;
    case "ne":
      return same(of(node.args[0]), of(node.args[1])) ? 0 : 1;
    case "lt":
      return of(node.args[0]) < of(node.args[1]) ? 1 : 0;
    case "le":
      return of(node.args[0]) <= of(node.args[1]) ? 1 : 0;
    case "gt":
      return of(node.args[0]) > of(node.args[1]) ? 1 : 0;
    case "ge":
      return of(node.args[0]) >= of(node.args[1]) ? 1 : 0;
    case "if":
      return of(node.args[0]) > 0 ? of(node.args[1]) : of(node.args[2]);
    case "isa": {
      const one = of(node.args[0]);
      return one >= 0 && store.typeOf(one) === node.type ? 1 : 0;
    }
    case "quantified": {
      const bound = (one: number) => {
        const inside = locals.slice();
        inside[node.slot] = one;
        return inside;
      };
      const range = [0, 1, 2, 3]
        .filter((one) => node.type === made.thing || store.typeOf(one) === node.type)
        .filter((one) => of(node.where, bound(one)) > 0);
      const values = range.map((one) => of(node.body, bound(one)));
      const hits = range.filter((_, index) => (values[index] as number) > 0);
      switch (node.quantifier) {
        case "some":
          return hits.length > 0 ? 1 : 0;
        case "every":
          return hits.length === range.length ? 1 : 0;
        case "none":
          return hits.length === 0 ? 1 : 0;
        case "the":
          return hits[0] ?? -1;
        case "count":
          return hits.length;
        case "sum":
          return values.length === 0 ? 0 : values.reduce((a, b) => a + b);
        case "most":
          return values.length === 0 ? Number.NaN : values.reduce((a, b) => (b > a ? b : a));
        case "least":
          return values.length === 0 ? Number.NaN : values.reduce((a, b) => (b < a ? b : a));
      }
    }
  }
  throw new Error(`no oracle for ${node.op}`);
}

const made = setUp();
const world = made.w.build();
const simulation = createSimulation({ world, seed: 1, createMinds: "mindless" });
simulation.begin();
simulation.runUntil(1_234);

describe("the machines", () => {
  test("CAUSE-2 give what a walk over the tree gives, with and without slopes", () => {
    const { kernel } = simulation;
    const plain = new Machine(world, kernel.store, kernel.machine.bytecode, kernel.asked);
    fc.assert(
      fc.property(
        fc
          .constantFrom("number" as const, "boolean" as const, "entity" as const)
          .chain((kind) => expressions(made, kind, 4)),
        fc.nat(3),
        fc.nat(3),
        (expr, a, b) => {
          // -0 is 0: nothing can tell them apart, as there is no division here.
          const expected = walk(simulation, made, expr, [a, b]) + 0;
          expect(plain.evaluate(expr, [a, b]) + 0).toBe(expected);
          expect(kernel.machine.measure(expr, [a, b]).value + 0).toBe(expected);
        },
      ),
      { numRuns: 3000 },
    );
  });

  test("FLOW-4 a condition does not turn before the millisecond that was foretold", () => {
    const { kernel } = simulation;
    let turned = 0;
    fc.assert(
      fc.property(expressions(made, "boolean", 3), fc.nat(3), fc.nat(3), (expr, a, b) => {
        const fork = simulation.fork();
        const start = kernel.store.now;
        const reading = kernel.machine.measure(expr, [a, b]);
        const until = Math.min(reading.turnsIn, 40_000);
        for (const part of [0.1, 0.35, 0.5, 0.77, 0.99]) {
          kernel.store.now = start + Math.max(0, Math.ceil(until * part) - 1);
          const still = kernel.machine.evaluate(expr, [a, b]) > 0;
          if (!reading.curved) expect(still).toBe(reading.value > 0);
        }
        kernel.store.now = start + until;
        if (kernel.machine.evaluate(expr, [a, b]) > 0 !== reading.value > 0) turned++;
        kernel.machine.readCount = 0;
        fork.drop();
      }),
      { numRuns: 3000 },
    );
    expect(turned).toBeGreaterThan(5);
  });
});
