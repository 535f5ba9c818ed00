/** Effects of a Sabre problem as lines, deeper ones two spaces in. */
import type { DiscreteExpression } from "@fabula/model";
import { type Locals, Unsayable } from "./names.js";
import type { ExpressionWriter } from "./write-expression.js";

type Assign = Extract<DiscreteExpression, { kind: "assign" }>;

export class EffectWriter {
  constructor(private readonly expressions: ExpressionWriter) {}

  lines(effect: DiscreteExpression, locals: Locals): string[] {
    switch (effect.kind) {
      case "and":
        return readersFirst(effect.parts).flatMap((part) => this.lines(part, locals));
      case "value":
        return [];
      case "forall": {
        const inner = this.expressions.names.bind([effect.variable], locals);
        const { text } = inner.get(effect.variable.name)!;
        const body = this.lines(effect.body, inner);
        const type = this.expressions.names.type(effect.variable.type);
        return body.length === 0 ? [] : [`every ${text}: ${type}`, ...deeper(body)];
      }
      case "believes":
        return this.lines(around(effect.character, effect.body), locals);
      case "if":
        return this.conditional(effect, locals);
      case "assign":
        return this.assignment(effect, locals);
      default:
        throw new TypeError(`${effect.kind} is no effect`);
    }
  }

  private conditional(
    { branches, otherwise }: Extract<DiscreteExpression, { kind: "if" }>,
    locals: Locals,
  ): string[] {
    const [first, ...rest] = branches;
    if (first === undefined) return otherwise === undefined ? [] : this.lines(otherwise, locals);
    const then = this.lines(first.then, locals);
    const more = { kind: "if", branches: rest, otherwise } as DiscreteExpression;
    const last =
      rest.length > 0 ? this.lines(more, locals) : otherwise ? this.lines(otherwise, locals) : [];
    const condition = this.expressions.write(first.condition, locals);
    if (then.length === 0 && last.length === 0) return [];
    if (then.length === 0) return [`if not (${condition})`, ...deeper(last)];
    const body = [`if ${condition}`, ...deeper(then)];
    return last.length === 0 ? body : [...body, "else", ...deeper(last)];
  }

  private assignment({ target, value }: Assign, locals: Locals): string[] {
    const minds: string[] = [];
    let place = target;
    for (; place.kind === "believes"; place = place.body) {
      minds.push(`${this.expressions.term(place.character, locals)} believes `);
    }
    if (place.kind !== "fluent") throw new TypeError("only a property can be assigned");
    const property = this.expressions.names.propertyOf(place, locals);
    const text = this.expressions.use(place, locals);
    const isTerm = value.kind === "value" || value.kind === "variable";
    if (property.range === "boolean") return this.flag(minds, text, value, locals);
    const written = this.expressions.write(value, locals);
    if (minds.length === 0) return [this.step(text, value, locals) ?? `${text} = ${written}`];
    if (isTerm) return [`${minds.join("")}${text} = ${written}`];
    if (property.range === "number") {
      throw new Unsayable("a belief that takes on the value of a number, outside of seeing it");
    }
    const inner = this.expressions.names.bind([{ name: " new", type: property.range }], locals);
    const { text: name } = inner.get(" new")!;
    const type = this.expressions.names.type(property.range);
    return [
      `every ${name}: ${type} where ${name} = ${this.expressions.inner(value, locals)}`,
      ...deeper([`${minds.join("")}${text} = ${name}`]),
      `if ${this.expressions.inner(value, locals)} = unknown`,
      ...deeper([`${minds.join("")}${text} = unknown`]),
    ];
  }

  private flag(
    minds: readonly string[],
    text: string,
    value: DiscreteExpression,
    locals: Locals,
  ): string[] {
    const yes = `${minds.join("")}${text}`;
    const no = minds.length === 0 ? `not ${text}` : `${minds.join("")}not ${text}`;
    if (value.kind === "value" && value.value.kind === "boolean") {
      return [value.value.value ? yes : no];
    }
    return [
      `if ${this.expressions.write(value, locals)}`,
      ...deeper([yes]),
      "else",
      ...deeper([no]),
    ];
  }

  /** `n = n + 1` is `n rises by 1`. */
  private step(text: string, value: DiscreteExpression, locals: Locals): string | undefined {
    if (value.kind !== "arithmetic" || (value.operator !== "+" && value.operator !== "-")) {
      return undefined;
    }
    if (value.left.kind !== "fluent" || this.expressions.use(value.left, locals) !== text) {
      return undefined;
    }
    const verb = value.operator === "+" ? "rises" : "falls";
    return `${text} ${verb} by ${this.expressions.number(value.right, locals)}`;
  }
}

export function deeper(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

/** `believes` around every assignment inside. */
function around(
  character: Extract<DiscreteExpression, { kind: "believes" }>["character"],
  body: DiscreteExpression,
): DiscreteExpression {
  switch (body.kind) {
    case "and":
      return { kind: "and", parts: body.parts.map((part) => around(character, part)) };
    case "forall":
      return { ...body, body: around(character, body.body) };
    case "believes":
      return around(character, around(body.character, body.body));
    case "assign":
      return { ...body, target: { kind: "believes", character, body: body.target } };
    case "if": {
      const branches = body.branches.map(({ condition, then }) => ({
        condition: { kind: "believes", character, body: condition } as const,
        then: around(character, then),
      }));
      const otherwise = body.otherwise && around(character, body.otherwise);
      return otherwise === undefined
        ? { kind: "if", branches }
        : { kind: "if", branches, otherwise };
    }
    default:
      return body;
  }
}

/** All happen at once there, one after the other here: who reads comes before who sets it. */
function readersFirst(parts: readonly DiscreteExpression[]): DiscreteExpression[] {
  const open = [...parts];
  const sorted: DiscreteExpression[] = [];
  while (open.length > 0) {
    const at = open.findIndex((part) => {
      const written = propertiesIn(part, true);
      return open.every((other) => {
        if (other === part) return true;
        const read = propertiesIn(other, false);
        return ![...written].some((name) => read.has(name));
      });
    });
    sorted.push(...open.splice(Math.max(at, 0), 1));
  }
  return sorted;
}

/** Names of the properties that an effect sets, or reads. */
function propertiesIn(effect: DiscreteExpression, isSet: boolean): Set<string> {
  const found = new Set<string>();
  const visit = (node: unknown, inTarget: boolean): void => {
    if (typeof node !== "object" || node === null) return;
    const { kind, property } = node as { kind?: string; property?: string };
    if (kind === "fluent" && inTarget === isSet) found.add(property!);
    for (const [key, value] of Object.entries(node)) {
      if (key !== "span") visit(value, kind === "assign" ? key === "target" : inTarget);
    }
  };
  visit(effect, false);
  return found;
}
