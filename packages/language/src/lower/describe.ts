/**
 * Ground claims and deeds back in the words of the language, for `why`, `play` and JSON:
 * `anna believes ben.dying`, `ben.give_up(ben.go(mission))`.
 */
import type { EventPattern, ExprId, ExprNode, ValueType, World } from "@fabula/model";

/** Values of the locals, or their names; a slot without either is written `$0`. */
export type LocalWords = readonly (number | string)[];

/** Deeper than this is written `...`. */
const depthMax = 40;

const looseness = { or: 1, and: 2, not: 3, mind: 4, compare: 5, add: 6, mul: 7, neg: 8, call: 9 };

const operators: Readonly<Record<string, readonly [string, number]>> = {
  or: ["or", looseness.or],
  and: ["and", looseness.and],
  eq: ["=", looseness.compare],
  ne: ["!=", looseness.compare],
  lt: ["<", looseness.compare],
  le: ["<=", looseness.compare],
  gt: [">", looseness.compare],
  ge: [">=", looseness.compare],
  add: ["+", looseness.add],
  sub: ["-", looseness.add],
  mul: ["*", looseness.mul],
  div: ["/", looseness.mul],
};

export function describeExpression(world: World, expr: ExprId, locals: LocalWords = []): string {
  return new Describer(world, locals).text(expr, 0, 0);
}

/** An event as it is written: `ben.vow(anna) starts`, `anna learns not ben.alive`. */
export function describeEvent(world: World, event: EventPattern, locals: LocalWords = []): string {
  return new Describer(world, locals).event(event, 0);
}

/** A value as the language writes it: `true`, `field`, `64%` is `0.64`, `12:30:05`. */
export function describeValue(world: World, value: number, type: ValueType): string {
  return new Describer(world, []).value(value, type, 0);
}

class Describer {
  /** Names of binders by slot, innermost last. */
  readonly #binders: { readonly slot: number; readonly name: string }[] = [];

  constructor(
    private readonly world: World,
    private readonly locals: LocalWords,
  ) {}

  /** In brackets where it is looser than `tightness`. */
  text(expr: ExprId, tightness: number, depth: number, expected?: ValueType): string {
    if (depth > depthMax) return "...";
    const { expressions } = this.world;
    const node = expressions.get(expr);
    const [written, looseAs] = this.#write(node, expressions.typeOf(expr), depth + 1, expected);
    return looseAs < tightness ? `(${written})` : written;
  }

  #write(
    node: ExprNode,
    type: ValueType,
    depth: number,
    expected: ValueType | undefined,
  ): readonly [string, number] {
    const call = looseness.call;
    const arg = (id: ExprId, tightness: number): string => this.text(id, tightness, depth);
    switch (node.op) {
      case "constant":
        // Equal numbers are one node whatever their units: only the other side tells them.
        return [this.value(node.value, expected ?? withoutUnits(type), depth), call];
      case "entity":
        return [this.#entity(node.entity), call];
      case "local":
        return [this.#local(node.slot, type, depth), call];
      case "unknown":
        return ["unknown", call];
      case "now":
        return ["now", call];
      case "fluent":
        return [this.#fluent(node.fluent, node.args, depth), call];
      case "deed":
        return [this.#deed(node.action, node.args, depth), call];
      case "claim":
      case "holds":
        return this.#write(
          this.world.expressions.get(node.args[0]),
          this.world.expressions.typeOf(node.args[0]),
          depth + 1,
          undefined,
        );
      case "not":
        return [`not ${this.#denied(node.args[0], depth)}`, looseness.not];
      case "neg":
        return [`-${arg(node.args[0], call)}`, looseness.neg];
      case "sqrt":
        return [`sqrt(${arg(node.args[0], 0)})`, call];
      case "min":
      case "max":
        return [`${node.op}(${arg(node.args[0], 0)}, ${arg(node.args[1], 0)})`, call];
      case "if": {
        const [condition, then, otherwise] = node.args;
        return [`if ${arg(condition, 0)} then ${arg(then, 0)} else ${arg(otherwise, 0)}`, 0];
      }
      case "isa":
      case "believes":
      case "wants":
      case "intends":
      case "confidence":
      case "can-tell":
      case "outlook":
      case "according":
        return this.#aboutOne(node, depth);
      case "count-of":
        return [`count of ${this.event(node.event, depth)}`, call - 1];
      case "time-since":
        return [`time since ${this.event(node.event, depth)}`, call - 1];
      case "quantified":
        return [this.#quantified(node, depth), 0];
      default:
        return this.#binary(node.op, node.args, depth);
    }
  }

  /** What is somebody's, and what somebody is. */
  #aboutOne(
    node: Extract<
      ExprNode,
      {
        op:
          | "isa"
          | "believes"
          | "wants"
          | "intends"
          | "confidence"
          | "can-tell"
          | "outlook"
          | "according";
      }
    >,
    depth: number,
  ): readonly [string, number] {
    const { call, compare, mind, neg, not } = looseness;
    const [subject, object = subject] = node.args;
    const who = (tightness: number): string => this.text(subject, tightness, depth);
    switch (node.op) {
      case "isa":
        return [`${who(call)} is ${this.#typeName(node.type)}`, neg];
      case "confidence":
        return [`${who(call)}.sure_of(${this.text(object, 0, depth)})`, call];
      case "can-tell":
        return [`${who(call)}.can_tell(${this.text(object, 0, depth)})`, call];
      case "outlook":
        return [`${who(call)}.outlook`, call];
      case "according":
        return [`${this.text(object, call, depth)} according to ${who(call)}`, call - 1];
      default:
        return [`${who(compare)} ${node.op} ${this.text(object, not, depth)}`, mind];
    }
  }

  /** `not (anna believes C)`: without brackets a reader may take the `not` for anna's. */
  #denied(expr: ExprId, depth: number): string {
    const { op } = this.world.expressions.get(expr);
    const text = this.text(expr, looseness.not, depth);
    return op === "believes" || op === "wants" || op === "intends" ? `(${text})` : text;
  }

  #binary(
    op: string,
    [left, right]: readonly [ExprId, ExprId],
    depth: number,
  ): readonly [string, number] {
    const [word, loose] = operators[op] ?? [op, 0];
    const { expressions } = this.world;
    const isConstant = (id: ExprId): boolean => expressions.get(id).op === "constant";
    const typeOfOther = (side: ExprId, other: ExprId): ValueType | undefined =>
      isConstant(side) && !isConstant(other) ? expressions.typeOf(other) : undefined;
    const compares = loose === looseness.compare;
    const leftText = this.text(
      left,
      compares ? loose + 1 : loose,
      depth,
      compares ? typeOfOther(left, right) : undefined,
    );
    const rightText = this.text(
      right,
      loose + (op === "and" || op === "or" ? 0 : 1),
      depth,
      compares ? typeOfOther(right, left) : undefined,
    );
    return [`${leftText} ${word} ${rightText}`, loose];
  }

  #quantified(node: Extract<ExprNode, { op: "quantified" }>, depth: number): string {
    const name = `x${this.#binders.length === 0 ? "" : this.#binders.length + 1}`;
    this.#binders.push({ slot: node.slot, name });
    const binder = `${name}: ${this.#typeName(node.type)}`;
    const where = this.#isTrue(node.where) ? "" : ` where ${this.text(node.where, 0, depth)}`;
    const body = this.#isTrue(node.body) ? "" : this.text(node.body, 0, depth);
    this.#binders.pop();
    switch (node.quantifier) {
      case "sum":
      case "most":
      case "least":
        return `${node.quantifier} of ${body} for ${binder}${where}`;
      default: {
        const word = node.quantifier === "none" ? "no" : node.quantifier;
        return `${word} ${binder}${where}${body === "" ? "" : ` has ${body}`}`;
      }
    }
  }

  #isTrue(expr: ExprId): boolean {
    const node = this.world.expressions.get(expr);
    return node.op === "constant" && node.value === 1;
  }

  event(event: EventPattern, depth: number): string {
    switch (event.kind) {
      case "action": {
        const action = this.world.actions[event.id];
        const words = {
          started: " starts",
          ended: "",
          interrupted: " is cut short",
          failed: " fails",
        };
        return this.#call(action?.name ?? "?", event.args, depth, true) + words[event.phase];
      }
      case "rule":
        return this.#call(this.world.rules[event.id]?.name ?? "?", event.args, depth, true);
      case "becomes":
        return this.text(event.condition, 0, depth);
      case "learns": {
        const subject = this.text(event.subject, looseness.compare, depth);
        return `${subject} learns ${this.text(event.condition, looseness.not, depth)}`;
      }
    }
  }

  #fluent(fluent: number, args: readonly ExprId[], depth: number): string {
    const name = this.world.fluents[fluent]?.name ?? "?";
    const [owner, ...others] = args;
    if (owner !== undefined && this.#isWorld(owner)) {
      const listed = others.map((each) => this.text(each, 0, depth)).join(", ");
      return others.length === 0 ? name : `${name}(${listed})`;
    }
    return this.#call(name, args, depth, false);
  }

  #isWorld(expr: ExprId): boolean {
    const node = this.world.expressions.get(expr);
    return node.op === "entity" && node.entity === 0;
  }

  #deed(action: number, args: readonly ExprId[], depth: number): string {
    return this.#call(this.world.actions[action]?.name ?? "?", args, depth, false);
  }

  /** In patterns, `any` at the end is left out, and so is whoever does it: `give(any, ben)`. */
  #call(name: string, args: readonly ExprId[], depth: number, pattern: boolean): string {
    const words = args.map((arg, index) => {
      const node = this.world.expressions.get(arg);
      if (pattern && node.op === "entity" && node.entity === -1) return "any";
      return this.text(arg, index === 0 ? looseness.call : 0, depth);
    });
    const [owner = "", ...others] = words;
    while (pattern && others.at(-1) === "any") others.pop();
    const subject = pattern && owner === "any" ? "" : `${owner}.`;
    return `${subject}${name}${others.length === 0 ? "" : `(${others.join(", ")})`}`;
  }

  #typeName(type: number): string {
    return this.world.types[type]?.name ?? "?";
  }

  #entity(entity: number): string {
    if (entity < 0) return "unknown";
    return this.world.entities[entity]?.name ?? `#${entity}`;
  }

  #local(slot: number, type: ValueType, depth: number): string {
    for (let index = this.#binders.length - 1; index >= 0; index -= 1) {
      const binder = this.#binders[index];
      if (binder?.slot === slot) return binder.name;
    }
    const word = this.locals[slot];
    if (word === undefined) return `$${slot}`;
    return typeof word === "string" ? word : this.value(word, type, depth);
  }

  value(value: number, type: ValueType, depth: number): string {
    switch (type.kind) {
      case "boolean":
        return value === 1 ? "true" : "false";
      case "entity":
        return this.#entity(value);
      case "symbol":
        return this.world.types[type.type]?.symbols?.[value] ?? "unknown";
      case "text":
        return `"${this.world.texts[value] ?? ""}"`;
      case "claim":
      case "deed":
        return value < 0 ? "unknown" : this.text(value, 0, depth + 1);
      case "time":
        return clockText(value);
      case "number":
        return Number.isNaN(value)
          ? "unknown"
          : `${roundForReading(value)}${this.#unit(type.dimension)}`;
    }
  }

  /** ` s`, ` m per s`: base units by name. */
  #unit(dimension: Readonly<Record<string, number>>): string {
    const words: string[] = [];
    for (const sign of [1, -1]) {
      for (const [base, power] of Object.entries(dimension)) {
        if (power * sign <= 0) continue;
        const unit = this.world.units.find(
          (each) =>
            each.factor === 1 &&
            each.dimension[base] === 1 &&
            Object.keys(each.dimension).length === 1,
        );
        for (let times = 0; times < power * sign; times += 1) {
          words.push(sign === 1 ? (unit?.name ?? base) : `per ${unit?.name ?? base}`);
        }
      }
    }
    return words.length === 0 ? "" : ` ${words.join(" ")}`;
  }
}

function withoutUnits(type: ValueType): ValueType {
  return type.kind === "number" ? { kind: "number", dimension: {} } : type;
}

/** Six significant digits at most: what a reader can use. */
function roundForReading(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/** `12:30`, `12:30:05`. */
function clockText(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const two = (value: number): string => String(value).padStart(2, "0");
  const rest = seconds % 60;
  const clock = `${two(Math.floor(seconds / 3600) % 24)}:${two(Math.floor(seconds / 60) % 60)}`;
  return rest === 0 ? clock : `${clock}:${two(rest)}`;
}
