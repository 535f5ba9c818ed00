/**
 * How things read: the author's templates, compiled. The engine never looks at them; the telling
 * (packages/telling) makes English of them. docs/telling.md tells what every form means.
 */
import type { ExprId } from "./types.js";

/** `form`: how the value is written; "" its name (claims: a clause). See `textForms`. */
export type TextPart =
  | { readonly kind: "plain"; readonly text: string }
  | { readonly kind: "value"; readonly expr: ExprId; readonly form: string };

/**
 * How a claim or deed is put in words. Of a fluent, over its locals (0 the owner, its parameters)
 * and then one more: the value it is compared with (`value`). Of an action, over its parameters.
 */
export interface Wording {
  /** `said as`: a fluent: a clause that says it holds (of a number: that there is much of it,
   * unless it names `value`); an action: the bare infinitive, "bind {w}". */
  readonly said?: readonly TextPart[];
  /** `unsaid as`: the clause, or infinitive, that denies it. */
  readonly unsaid?: readonly TextPart[];
  /** `asked as`: the question, without its mark. */
  readonly asked?: readonly TextPart[];
}

/**
 * Words after the last dot of a hole that are forms and no members: `{p.they}`, `{p} walk{p.s}`.
 * Persons: pronouns and verb forms that agree ("I am", "you are", "she is"). Claims: `asked` the
 * question, `unsaid` its denial. Numbers: `ordinal`, `words`. Any: `name` never a pronoun, `a`
 * with an article of its own.
 */
export const textForms = [
  "they",
  "them",
  "their",
  "theirs",
  "themself",
  "are",
  "were",
  "have",
  "do",
  "s",
  "es",
  "name",
  "a",
  "asked",
  "unsaid",
  "words",
  "ordinal",
] as const;

export type TextForm = (typeof textForms)[number];
