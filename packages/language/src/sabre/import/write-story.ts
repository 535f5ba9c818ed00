/**
 * A Sabre problem as a story in Fabula's language. What it cannot say is refused, never left out;
 * comments of the file stand above what followed them there.
 */
import type {
  DiscreteAction,
  DiscreteExpression,
  DiscreteParameter,
  DiscreteProblem,
  DiscreteTerm,
  DiscreteTrigger,
  FluentUse,
} from "@fabula/model";
import type { CommentPlacer } from "./comments.js";
import { ImportNames, type Locals, Unsayable } from "./names.js";
import { type SeenNumber, seenNumberOf } from "./seen-number.js";
import { type StartValue, startValues } from "./start.js";
import { noticesOwn } from "./takes-part.js";
import { deeper, EffectWriter } from "./write-effect.js";
import { ExpressionWriter } from "./write-expression.js";

const none: Locals = new Map();
const measure = 96;

/** Throws `Unsayable` where Fabula's language has no words for it. */
export function writeStory(problem: DiscreteProblem, comments: CommentPlacer): string {
  return new StoryWriter(problem, comments).write();
}

class StoryWriter {
  private readonly names: ImportNames;
  private readonly expressions: ExpressionWriter;
  private readonly effects: EffectWriter;
  private readonly seen: readonly SeenNumber[];

  constructor(
    private readonly problem: DiscreteProblem,
    private readonly comments: CommentPlacer,
  ) {
    this.names = new ImportNames(problem);
    this.expressions = new ExpressionWriter(this.names);
    this.effects = new EffectWriter(this.expressions);
    this.seen = problem.triggers.flatMap((trigger) => seenNumberOf(trigger) ?? []);
  }

  write(): string {
    const { problem } = this;
    const name = problem.name.replace(/^.*[/\\]/, "").replace(/\.[^.]*$/, "");
    const title = name.replaceAll(/["{}\\\n]/g, "") || "Story";
    const identifier = this.names.fresh(`${/^[\p{L}_]/u.test(title) ? "" : "s_"}${title}`);
    const triggers = problem.triggers.filter((one) => !this.seen.some((s) => s.trigger === one));
    const blocks = [
      [...this.comments.header(), `story ${identifier} "${title}"`],
      this.types(),
      this.world(),
      [`mind of ${this.person()}: ${this.names.type("character")}`, "  able means true"],
      ...problem.actions.map((action) => this.action(action)),
      ...triggers.map((trigger) => this.trigger(trigger)),
      ...this.entities(),
      this.comments.rest(),
    ];
    const filled = blocks.filter((block) => block.length > 0);
    return `${filled.map((block) => block.join("\n")).join("\n\n")}\n`;
  }

  private types(): string[] {
    const { names, problem } = this;
    const isUsed = (name: string) =>
      JSON.stringify([
        problem.properties,
        problem.actions,
        problem.triggers,
        problem.utility,
        problem.utilities,
        problem.initial,
      ]).includes(`"type":"${name}"`) || problem.properties.some(({ range }) => range === name);
    const usesEntity = isUsed("entity");
    const lines: string[] = [];
    for (const { name, parents } of problem.types) {
      if (name === "boolean" || name === "number") continue;
      if (name === "entity" && !usesEntity) continue;
      const above = parents.filter((parent) => parent !== "entity");
      if (above.length === 0 && usesEntity && name !== "entity") above.push("entity");
      const list = above.map((parent) => names.type(parent)).join(", ");
      lines.push(`type ${names.type(name)}${list === "" ? "" : ` is ${list}`}`);
      lines.push(...this.fieldsOf(names.type(name)));
    }
    for (const [entity, type] of names.single) {
      const { types } = problem.entities.find((one) => one.name === entity)!;
      lines.push(`type ${type} is ${types.map((one) => names.type(one)).join(", ")}`);
      lines.push(...this.fieldsOf(type));
    }
    return lines;
  }

  private world(): string[] {
    const wants = isZero(this.problem.utility) ? [] : [`  ${this.want(this.problem.utility)}`];
    const fields = this.fieldsOf(undefined);
    return fields.length + wants.length === 0 ? [] : ["world has", ...fields, ...wants];
  }

  private fieldsOf(owner: string | undefined): string[] {
    const { names, problem } = this;
    return problem.properties
      .filter((property) => names.ownerOf(property) === owner)
      .flatMap((property) => {
        const { parameters, range, span } = property;
        const own = owner === undefined ? parameters : parameters.slice(1);
        const locals = names.bind(variablesOf(own), none);
        const list = own.map((parameter) => {
          if (parameter.kind === "constant") throw new Unsayable("a property of one value");
          const { name, type } = parameter.variable;
          return `${locals.get(name)!.text}: ${names.type(type)}`;
        });
        const head = `${names.field(property)}${list.length === 0 ? "" : `(${list.join(", ")})`}`;
        const seen = this.seen.filter(({ use, locals: of }) => {
          return names.propertyOf(use, this.plainLocals(of)) === property;
        });
        const lines = [
          `${head}: ${names.type(range)}`,
          ...deeper(seen.map((one) => this.seenClause(one, property.parameters))),
        ];
        return deeper([...this.comments.before(span), ...lines]);
      });
  }

  private seenClause(seen: SeenNumber, parameters: readonly DiscreteParameter[]): string {
    const locals = new Map(this.names.bind(variablesOf(parameters.slice(1)), none));
    locals.set(seen.observer, { type: "character", text: "observer" });
    seen.use.arguments.forEach((term, index) => {
      if (term.kind !== "variable") throw new Unsayable("seeing a number of one thing only");
      const parameter = parameters[index];
      const own = parameter?.kind === "variable" ? parameter.variable : undefined;
      const text = index === 0 ? "self" : locals.get(own!.name)!.text;
      locals.set(term.name, { type: own!.type, text });
    });
    // Variables that stand for nothing else must only be there.
    const others = seen.locals.filter(({ name }) => !locals.has(name));
    const inner = this.names.bind(others, locals);
    const body = this.expressions.inner({ kind: "and", parts: seen.conditions }, inner);
    const text = others.reduceRight((rest, { name, type }) => {
      return `(some ${inner.get(name)!.text}: ${this.names.type(type)} where ${rest})`;
    }, body);
    return `seen when ${text}`;
  }

  private plainLocals(variables: readonly { name: string; type: string }[]): Locals {
    return new Map(variables.map(({ name, type }) => [name, { type, text: name }]));
  }

  private action(action: DiscreteAction): string[] {
    const { names } = this;
    const { consenting, observing, parameters, precondition } = action;
    const variables = variablesOf(parameters);
    const constants = consenting.flatMap((term) =>
      term.kind === "value" && term.value.kind === "entity" ? [term.value.name] : [],
    );
    const extra = constants.map((entity, index) => ({
      entity,
      name: `p ${index}`,
      type: "character",
    }));
    const locals = names.bind([...variables, ...extra], none);
    const text = (name: string) => locals.get(name)!.text;
    const taking = [
      ...consenting.flatMap((term) => (term.kind === "variable" ? [term.name] : [])),
      ...extra.map(({ name }) => name),
    ];
    const [actor, ...others] = taking;
    const param = ({ name, type }: { name: string; type: string }) =>
      `${text(name)}: ${names.type(type)}`;
    const listed = [...variables, ...extra].filter(({ name }) => name !== actor).map(param);
    const by =
      actor === undefined
        ? "w: world"
        : param([...variables, ...extra].find(({ name }) => name === actor)!);
    const list = listed.length === 0 ? "" : `(${listed.join(", ")})`;
    const consents = others.length === 0 ? "" : ` with ${others.map(text).join(", ")}`;
    const unnoticed = consenting.every((term) => noticesOwn(action, term)) ? [] : ["unnoticed"];
    const needs = [
      ...extra.map(({ entity, name }) => `${text(name)} = ${names.entity(entity)}`),
      ...conjuncts(precondition).map((part) => this.expressions.write(part, locals)),
    ].filter((one) => one !== "true");
    const effects = this.effects.lines(action.effect, locals);
    return [
      ...this.comments.before(action.span),
      `action ${names.fresh(action.name)}${list} by ${by}${consents}`,
      ...deeper([
        ...needs.flatMap((need) => wrapped("needs", need)),
        ...(effects.length === 0 ? [] : ["at end", ...deeper(effects)]),
        ...unnoticed,
        ...this.seenBy(observing, locals, unnoticed.length === 0 ? consenting : []),
      ]),
    ];
  }

  private seenBy(
    observing: DiscreteAction["observing"],
    locals: Locals,
    consenting: readonly DiscreteTerm[],
  ): string[] {
    if (observing === undefined) return ["seen"];
    const { condition, variable } = observing;
    const isOwn = (part: DiscreteExpression) =>
      part.kind === "compare" &&
      part.operator === "==" &&
      part.left.kind === "variable" &&
      part.left.name === variable.name &&
      consenting.some((term) => sameTerm(term, part.right));
    const parts = (condition.kind === "or" ? condition.parts : [condition]).filter(
      (p) => !isOwn(p),
    );
    const inner = new Map([...locals, [variable.name, { type: variable.type, text: "observer" }]]);
    const written = parts
      .map((part) => this.expressions.inner(part, inner))
      .filter((one) => one !== "false");
    if (written.length === 0) return [];
    const type =
      variable.type === "character" ? [] : [`(observer is ${this.names.type(variable.type)})`];
    const all =
      type.length === 0 ? written.join(" or ") : `${type[0]} and (${written.join(" or ")})`;
    return all === "true" ? ["seen"] : wrapped("seen when", all);
  }

  private trigger(trigger: DiscreteTrigger): string[] {
    const { names } = this;
    const variables = variablesOf(trigger.parameters);
    const locals = names.bind(variables, none);
    const list = variables.map(
      ({ name, type }) => `${locals.get(name)!.text}: ${names.type(type)}`,
    );
    const binders = list.length === 0 ? "w: world" : list.join(", ");
    const parts = conjuncts(trigger.precondition).map((part) =>
      this.expressions.inner(part, locals),
    );
    const effects = this.effects.lines(trigger.effect, locals);
    return [
      ...this.comments.before(trigger.span),
      `rule ${names.fresh(trigger.name)} for ${binders}`,
      ...deeper([...wrapped("when", parts.join(" and ") || "true"), "then", ...deeper(effects)]),
    ];
  }

  private entities(): string[][] {
    const { names, problem } = this;
    const values = startValues(problem);
    const world: string[] = [];
    const blocks = problem.entities.map(({ name, types }) => {
      const type = names.single.get(name) ?? names.type(types[0]!);
      const lines = values
        .filter(({ chain, use }) => chain.length === 0 && this.ownerName(use) === name)
        .map((one) => this.fact(one, true));
      const beliefs = values
        .filter(({ chain }) => chain[0] === name)
        .map((one) => `believes ${this.belief(one)}`);
      const wanted = problem.utilities.find(({ character }) => character === name)?.value;
      const wants = wanted === undefined || isZero(wanted) ? [] : [this.want(wanted)];
      return [
        `${type} ${names.entity(name)} "${name}"`,
        ...deeper([...lines, ...beliefs, ...wants]),
      ];
    });
    for (const one of values) {
      if (one.chain.length === 0 && this.ownerName(one.use) === undefined)
        world.push(this.fact(one, false));
    }
    return world.length === 0 ? blocks : [...blocks, ["facts", ...deeper(world)]];
  }

  private ownerName(use: FluentUse): string | undefined {
    if (this.names.ownerOf(this.names.propertyOf(use, none)) === undefined) return undefined;
    const [first] = use.arguments;
    return first?.kind === "value" && first.value.kind === "entity" ? first.value.name : undefined;
  }

  private fact({ use, value }: StartValue, isOwn: boolean): string {
    const text = this.expressions.use(use, none);
    const short = isOwn ? text.slice(text.indexOf(".") + 1) : text;
    return this.holds(short, value);
  }

  private belief({ chain, use, value }: StartValue): string {
    const minds = chain.slice(1).map((who) => `${this.names.entity(who)} believes `);
    return `${minds.join("")}${this.holds(this.expressions.use(use, none), value)}`;
  }

  private holds(text: string, value: StartValue["value"]): string {
    if (typeof value === "boolean") return value ? text : `not ${text}`;
    if (value === null) return `${text} = unknown`;
    return `${text} = ${typeof value === "string" ? this.names.entity(value) : value}`;
  }

  private want(utility: DiscreteExpression): string {
    return `wants ${this.expressions.write(utility, none)}`;
  }

  private person(): string {
    return this.names.bind([{ name: "p", type: "character" }], none).get("p")!.text;
  }
}

/** One line, or one a part where it would be too long. */
function wrapped(head: string, text: string): string[] {
  if (head.length + text.length < measure) return [`${head} ${text}`];
  const parts = splitAtTop(text);
  return [`${head} ${parts[0]}`, ...deeper(parts.slice(1))];
}

/** At `and` and `or` outside of brackets. */
function splitAtTop(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === "(") depth += 1;
    if (text[at] === ")") depth -= 1;
    if (depth > 0 || !/^ (and|or) /.test(text.slice(at, at + 5))) continue;
    parts.push(text.slice(from, at));
    from = at + 1;
  }
  return [...parts, text.slice(from)];
}

function variablesOf(parameters: readonly DiscreteParameter[]) {
  return parameters.flatMap((one) => (one.kind === "variable" ? [one.variable] : []));
}

export function conjuncts(expression: DiscreteExpression): readonly DiscreteExpression[] {
  return expression.kind === "and" ? expression.parts.flatMap(conjuncts) : [expression];
}

function isZero(utility: DiscreteExpression): boolean {
  return utility.kind === "value" && utility.value.kind === "number" && utility.value.value === 0;
}

export function sameTerm(a: DiscreteTerm, b: DiscreteExpression): boolean {
  if (a.kind === "variable") return b.kind === "variable" && a.name === b.name;
  if (b.kind !== "value") return false;
  return JSON.stringify(a.value) === JSON.stringify(b.value);
}
