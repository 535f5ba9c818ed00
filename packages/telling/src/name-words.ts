/**
 * How a field reads that its author gave no wording: by the words of its name alone. `dying` is
 * what one is, `flashes` what one does, `was_promised` has its verb, and of what stands for a thing
 * `looking_into` has an object where `target` is a noun.
 */

/** `verb`: bare infinitive and third person; `rest`: what stands behind it. */
export type Predicate =
  | {
      readonly kind: "does";
      readonly stem: string;
      readonly singular: string;
      readonly rest: string;
    }
  | { readonly kind: "auxiliary"; readonly verb: string; readonly rest: string }
  | { readonly kind: "is"; readonly rest: string };

const auxiliaries = new Set("has had was were is can could must may will would should".split(" "));

/** Behind a word that ends in s, these say that it is a verb. */
const afterVerbs = new Set(
  `about after against ahead along apart around at away back behind by down for forward from
  in inside into it like of off on out over past the them through to together towards under up
  upon with`.split(/\s+/),
);

/** @param name as declared, `looks_at`. `hasObject`: something follows: its argument or value. */
export function predicateOf(name: string, hasObject: boolean): Predicate {
  const [first = "", ...others] = name.split("_");
  const rest = others.join(" ");
  if (auxiliaries.has(first)) return { kind: "auxiliary", verb: first, rest };
  const endsAsVerb = /[^aious]s$/.test(first) || /(ch|sh|ss|x|zz|o)es$/.test(first);
  const [second] = others;
  if (endsAsVerb && (second === undefined || hasObject || afterVerbs.has(second))) {
    return { kind: "does", stem: stemOf(first), singular: first, rest };
  }
  return { kind: "is", rest: [first, ...others].join(" ") };
}

/** Whether a value can stand behind the name as its object: `thrusts_at`, `shaping`, `weaned_by`. */
export function takesObject(name: string): boolean {
  const words = name.split("_");
  const last = words.at(-1) ?? "";
  if (predicateOf(name, true).kind === "does") return true;
  if (words.length === 1 && /.ing$/.test(last)) return true;
  return afterVerbs.has(last);
}

function stemOf(verb: string): string {
  if (/[^aeiou]ies$/.test(verb)) return `${verb.slice(0, -3)}y`;
  return /(ch|sh|ss|x|zz|o)es$/.test(verb) ? verb.slice(0, -2) : verb.slice(0, -1);
}
