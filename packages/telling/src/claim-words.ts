/**
 * Claims and deeds as clauses: "you are dying", "Kakashi believes that I live", "bind the leg".
 *
 * Fluents and actions read by their author's wording; where none was given, by their names. What
 * is built of others (not, and, believes ...) is built here.
 */
import type { ExprId, ExprNode, Fluent, TextPart } from "@fabula/model";
import type { English, Scene } from "./english.js";
import { spaced } from "./lexicon.js";
import { predicateOf, takesObject } from "./name-words.js";
import { type Quantified, quantifiedWords, type Say } from "./quantified-words.js";
import { withArticle } from "./sentence.js";

export interface ClaimWords {
  /** `holds` false: the clause that denies it. */
  clause(claim: ExprId, holds: boolean, scene: Scene): string;
  /** Without its mark. */
  question(claim: ExprId, scene: Scene): string;
  /** form "": bare infinitive; `unsaid`: not to; `asked`: "you would ..."; `clause`: who does. */
  deed(deed: ExprId, form: string, scene: Scene): string;
  /** The persons a claim names, in order. */
  personsOf(claim: ExprId): number[];
}

export function createClaimWords(english: English): ClaimWords {
  return new Wording(english);
}

type Mood = "said" | "unsaid" | "asked";

class Wording implements ClaimWords {
  constructor(
    private readonly english: English,
    /** What stands for names bound around the claim, by slot. */
    private readonly locals: readonly number[] = [],
  ) {}

  clause(claim: ExprId, holds: boolean, scene: Scene): string {
    return this.say(claim, holds ? "said" : "unsaid", scene);
  }

  question(claim: ExprId, scene: Scene): string {
    return this.say(claim, "asked", scene);
  }

  deed(deed: ExprId, form: string, scene: Scene): string {
    const node = this.node(deed);
    if (node.op !== "deed") return "do that";
    const action = this.english.reading.world.actions[node.action];
    if (action === undefined) return "do that";
    const locals = node.args.map((arg) => this.value(arg, scene));
    const [actor = -1] = locals;
    const infinitive = () =>
      action.wording?.said === undefined
        ? this.plainInfinitive(action.name, node.args.slice(1), scene)
        : this.english.fragment(action.wording.said, locals, scene);
    if (form === "unsaid") {
      const unsaid = action.wording?.unsaid;
      return unsaid ? this.english.fragment(unsaid, locals, scene) : `not ${infinitive()}`;
    }
    if (form === "asked") {
      const asked = action.wording?.asked;
      if (asked) return this.english.fragment(asked, locals, scene);
      return `will ${this.english.noun(actor, scene, "subject")} ${infinitive()}`;
    }
    return infinitive();
  }

  personsOf(claim: ExprId): number[] {
    const node = this.node(claim);
    if (node.op === "entity") {
      return this.english.lexicon.isPerson(node.entity) ? [node.entity] : [];
    }
    return "args" in node ? node.args.flatMap((arg) => this.personsOf(arg)) : [];
  }

  private say(claim: ExprId, mood: Mood, scene: Scene): string {
    const node = this.node(claim);
    switch (node.op) {
      case "not":
        return mood === "asked"
          ? this.asClause(this.say(node.args[0], "unsaid", scene))
          : this.say(node.args[0], mood === "said" ? "unsaid" : "said", scene);
      case "claim":
      case "holds":
        return this.say(node.args[0], mood, scene);
      case "and":
      case "or":
        return this.both(node.op, node.args, mood, scene);
      case "believes":
        return this.attitude(
          node.args[0],
          "believe",
          this.thatClause(node.args[1], scene),
          mood,
          scene,
        );
      case "wants":
        return this.attitude(
          node.args[0],
          "hope",
          this.thatClause(node.args[1], scene),
          mood,
          scene,
        );
      case "intends": {
        const deed = `to ${this.deed(this.value(node.args[1], scene), "", scene)}`;
        return this.attitude(node.args[0], "mean", deed, mood, scene);
      }
      case "fluent":
        return this.fluent(node, undefined, mood, scene);
      case "eq":
      case "ne":
      case "lt":
      case "le":
      case "gt":
      case "ge":
        return this.comparison(node.op, node.args, mood, scene);
      case "isa":
        return this.kind(node, mood, scene);
      case "quantified":
        return this.quantified(node, mood, scene);
      case "constant":
        return (node.value === 1) === (mood !== "unsaid") ? "it is so" : "it is not so";
      default:
        return this.unnamed(mood);
    }
  }

  private quantified(node: Quantified, mood: Mood, scene: Scene): string {
    const { lexicon, reading } = this.english;
    const say: Say = (expr, holds, any) => {
      const locals = [...this.locals];
      locals[node.slot] = lexicon.anyOf(node.type, any);
      return new Wording(this.english, locals).clause(expr, holds, scene);
    };
    const clause = quantifiedWords(reading.world, node, mood !== "unsaid", say);
    if (clause === undefined) return this.unnamed(mood);
    return mood === "asked" ? this.asClause(clause) : clause;
  }

  /**
   * `Anna is a person`; of what has no name but its kind, that there is one. That something is of
   * the very kind it came to be as says that it is there, or that it is gone.
   */
  private kind(node: Extract<ExprNode, { op: "isa" }>, mood: Mood, scene: Scene): string {
    const one = this.value(node.args[0], scene);
    const type = spaced(this.english.reading.world.types[node.type]?.name ?? "thing");
    if (this.english.lexicon.plainNameOf(one) === `the ${type}`) {
      if (mood === "asked") return `is there ${withArticle(type)}`;
      return mood === "said" ? `there is ${withArticle(type)}` : `there is no ${type}`;
    }
    const noun = this.english.noun(one, scene, "subject");
    const are = this.english.verb("are", one, scene);
    const own = this.english.reading.typeOf(one);
    if (own < 0 || own === node.type) {
      if (mood === "asked") return `${are} ${noun} there`;
      return `${noun} ${are} ${mood === "said" ? "there" : "gone"}`;
    }
    if (mood === "asked") return `${are} ${noun} ${withArticle(type)}`;
    return `${noun} ${are} ${mood === "said" ? "" : "not "}${withArticle(type)}`;
  }

  private thatClause(claim: ExprId, scene: Scene): string {
    return `that ${this.say(claim, "said", scene)}`;
  }

  private unnamed(mood: Mood): string {
    return mood === "asked" ? "is it so" : mood === "said" ? "it is so" : "it is not so";
  }

  private asClause(clause: string): string {
    return `is it so that ${clause}`;
  }

  private both(op: "and" | "or", args: readonly ExprId[], mood: Mood, scene: Scene): string {
    const inner = mood === "asked" ? "said" : mood;
    const joint = (op === "and") === (inner === "said") ? "and" : "or";
    const clause = args.map((arg) => this.say(arg, inner, scene)).join(` ${joint} `);
    return mood === "asked" ? this.asClause(clause) : clause;
  }

  private attitude(who: ExprId, verb: string, rest: string, mood: Mood, scene: Scene): string {
    const person = this.value(who, scene);
    const noun = this.english.noun(person, scene, "subject");
    const auxiliary = this.english.verb("do", person, scene);
    if (mood === "asked") return `${auxiliary} ${noun} ${verb} ${rest}`;
    if (mood === "unsaid") return `${noun} ${auxiliary} not ${verb} ${rest}`;
    return `${noun} ${verb}${this.english.verb("s", person, scene)} ${rest}`;
  }

  /** `value`: what it is compared with, where the wording names it. */
  private fluent(
    node: Extract<ExprNode, { op: "fluent" }>,
    value: number | undefined,
    mood: Mood,
    scene: Scene,
  ): string {
    const fluent = this.english.reading.world.fluents[node.fluent];
    if (fluent === undefined) return this.unnamed(mood);
    const locals = node.args.map((arg) => this.value(arg, scene));
    const slot = 1 + fluent.parameters.length;
    if (value !== undefined) locals[slot] = value;
    const parts = fluent.wording?.[mood];
    if (parts !== undefined) return this.english.fragment(parts, locals, scene);
    const said = fluent.wording?.said;
    if (said === undefined) return this.plainFluent(fluent, node.args, mood, scene);
    const turned = mood === "said" ? said : mood === "unsaid" ? denied(said) : asked(said);
    if (turned !== undefined) return this.english.fragment(turned, locals, scene);
    const clause = this.english.fragment(said, locals, scene);
    return mood === "unsaid" ? `it is not so that ${clause}` : this.asClause(clause);
  }

  /** By the name alone: `dying` -> "she is dying"; `touches(x)` -> "she touches x". */
  private plainFluent(fluent: Fluent, args: readonly ExprId[], mood: Mood, scene: Scene): string {
    const owner = this.value(args[0] ?? -1, scene);
    if (owner === 0 && fluent.owner === this.english.reading.world.entities[0]?.type) {
      const name = spaced(fluent.name);
      return mood === "unsaid" ? `it is not so: ${name}` : name;
    }
    const objects = args.slice(1).map((arg) => this.operand(arg, scene));
    return this.byName(fluent.name, owner, objects, mood, scene);
  }

  /** `objects`: what follows the words of the name. */
  private byName(
    name: string,
    owner: number,
    objects: readonly string[],
    mood: Mood,
    scene: Scene,
  ): string {
    const noun = this.english.noun(owner, scene, "subject");
    const predicate = predicateOf(name, objects.length > 0);
    const rest = [predicate.rest, ...objects].filter((word) => word !== "").join(" ");
    if (predicate.kind !== "does") {
      const verb = this.auxiliary(predicate.kind === "is" ? "is" : predicate.verb, owner, scene);
      if (mood === "asked") return `${verb} ${noun} ${rest}`;
      return mood === "unsaid" ? `${noun} ${verb} not ${rest}` : `${noun} ${verb} ${rest}`;
    }
    const { stem, singular } = predicate;
    const does = this.english.verb("do", owner, scene);
    const behind = rest === "" ? "" : ` ${rest}`;
    if (mood === "asked") return `${does} ${noun} ${stem}${behind}`;
    if (mood === "unsaid") return `${noun} ${does} not ${stem}${behind}`;
    return `${noun} ${does === "does" ? singular : stem}${behind}`;
  }

  private auxiliary(verb: string, owner: number, scene: Scene): string {
    const form = agreeing[verb];
    return form === undefined ? verb : this.english.verb(form, owner, scene);
  }

  private comparison(
    op: "eq" | "ne" | "lt" | "le" | "gt" | "ge",
    args: readonly [ExprId, ExprId],
    mood: Mood,
    scene: Scene,
  ): string {
    const left = this.node(args[0]);
    const right = this.node(args[1]);
    if (left.op !== "fluent") {
      if (right.op === "fluent")
        return this.comparison(mirrored[op], [args[1], args[0]], mood, scene);
      return this.unnamed(mood);
    }
    const fluent = this.english.reading.world.fluents[left.fluent];
    let value = this.value(args[1], scene);
    let flipped = op === "ne" || op === "lt" || op === "le" ? flip(mood) : mood;
    const isAny = value === -1 && fluent?.type.kind === "entity";
    if (isAny) {
      value = this.english.lexicon.anyOf(fluent.type.type, flipped === "unsaid" ? "some" : "no");
      flipped = flipped === "asked" ? "asked" : "said";
    }
    if (fluent?.wording?.said !== undefined && this.fits(op, fluent)) {
      return this.fluent(left, value, flipped, scene);
    }
    const holder = this.value(left.args[0] ?? -1, scene);
    const operand = () =>
      fluent?.type.kind === "number"
        ? this.english.lexicon.quantityOf(fluent, value)
        : this.operand(args[1], scene);
    const amount = isAny ? this.english.noun(value, scene, "object") : operand();
    const exact = op === "eq" || op === "ne";
    if (exact && fluent?.type.kind === "entity" && takesObject(fluent.name)) {
      const objects = [...left.args.slice(1).map((arg) => this.operand(arg, scene)), amount];
      return this.byName(fluent.name, holder, objects, flipped, scene);
    }
    const owner = this.english.noun(holder, scene, "possessive");
    const what = spaced(fluent?.name ?? "state");
    // The depth of the wound in Ben’s arm: one owner of another is enough.
    const isOwned = owner.includes("’s ");
    const subject = isOwned
      ? `the ${what} of ${this.english.noun(holder, scene, "object")}`
      : `${owner} ${what}`;
    const verb = mood === "unsaid" && !isAny ? "is not" : "is";
    const compared = `${isAny ? "" : relation[op]}${amount}`;
    if (mood === "asked") return `is ${subject} ${compared}`;
    return `${subject} ${verb} ${compared}`;
  }

  /** A wording that names no value speaks of much and little, not of how much exactly. */
  private fits(op: string, fluent: Fluent): boolean {
    const slot = 1 + fluent.parameters.length;
    const pool = this.english.reading.world.expressions;
    const namesValue = (fluent.wording?.said ?? []).some((part: TextPart) => {
      if (part.kind === "plain") return false;
      const node = pool.get(part.expr);
      return node.op === "local" && node.slot === slot;
    });
    const exact = op === "eq" || op === "ne";
    return namesValue ? exact : !exact || fluent.type.kind === "boolean";
  }

  private plainInfinitive(name: string, args: readonly ExprId[], scene: Scene): string {
    return [spaced(name), ...args.map((arg) => this.operand(arg, scene))].join(" ");
  }

  /** A value in object place. */
  private operand(expr: ExprId, scene: Scene): string {
    const type = this.english.reading.world.expressions.typeOf(expr);
    const value = this.value(expr, scene);
    if (type.kind === "entity") return this.english.noun(value, scene, "object");
    if (type.kind === "claim") return `that ${this.say(value, "said", scene)}`;
    if (type.kind === "deed") return `to ${this.deed(value, "", scene)}`;
    return this.english.lexicon.valueOf(value, type);
  }

  private node(expr: ExprId): ExprNode {
    return this.english.reading.world.expressions.get(expr);
  }

  private value(expr: ExprId, scene: Scene): number {
    return this.english.valueOf(expr, this.locals, scene);
  }
}

/** "{self} {self.are} tired" with a "not"; undefined where the verb is another. */
function denied(said: readonly TextPart[]): TextPart[] | undefined {
  const verb = isAt(said);
  if (verb === -1) return undefined;
  return [...said.slice(0, verb + 1), { kind: "plain", text: " not" }, ...said.slice(verb + 1)];
}

/** The verb before its subject: "{self.are} {self} tired". */
function asked(said: readonly TextPart[]): TextPart[] | undefined {
  const [subject, space, verb, ...rest] = said;
  if (isAt(said) !== 2 || subject === undefined || space === undefined || verb === undefined) {
    return undefined;
  }
  return [verb, space, subject, ...rest];
}

/** Where the subject's "is" stands, behind nothing but the subject; -1 where it does not. */
function isAt(said: readonly TextPart[]): number {
  const [subject, space, verb] = said;
  const behind = subject?.kind === "value" && space?.kind === "plain" && space.text === " ";
  if (!behind || verb?.kind !== "value" || verb.form !== "are") return -1;
  return verb.expr === subject.expr ? 2 : -1;
}

/** Verbs of a name that agree with who it is about. */
const agreeing: Readonly<Record<string, string>> = {
  is: "are",
  was: "were",
  were: "were",
  has: "have",
};

const mirrored = { eq: "eq", ne: "ne", lt: "gt", le: "ge", gt: "lt", ge: "le" } as const;

const relation = {
  eq: "",
  ne: "other than ",
  lt: "below ",
  le: "at most ",
  gt: "over ",
  ge: "at least ",
} as const;

function flip(mood: Mood): Mood {
  return mood === "said" ? "unsaid" : mood === "unsaid" ? "said" : "asked";
}
