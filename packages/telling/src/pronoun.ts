/** Pronouns and verb forms of English, by person and number. Tables, nothing else. */

/** Singular they takes the verbs of the plural, as `you` does. */
export type Gender = "she" | "he" | "they" | "it";

/** Who a word is about, as the speaker of the sentence sees it. */
export type GrammaticalPerson = "first" | "second" | Gender;

type Forms = Readonly<Record<"they" | "them" | "their" | "theirs" | "themself", string>>;

const pronouns: Readonly<Record<GrammaticalPerson, Forms>> = {
  first: { they: "I", them: "me", their: "my", theirs: "mine", themself: "myself" },
  second: { they: "you", them: "you", their: "your", theirs: "yours", themself: "yourself" },
  she: { they: "she", them: "her", their: "her", theirs: "hers", themself: "herself" },
  he: { they: "he", them: "him", their: "his", theirs: "his", themself: "himself" },
  they: { they: "they", them: "them", their: "their", theirs: "theirs", themself: "themself" },
  it: { they: "it", them: "it", their: "its", theirs: "its", themself: "itself" },
};

export type PronounForm = keyof Forms;

export function isPronounForm(form: string): form is PronounForm {
  return Object.hasOwn(pronouns.it, form);
}

export function pronounOf(person: GrammaticalPerson, form: PronounForm): string {
  return pronouns[person][form];
}

const verbs: Readonly<Record<string, { first: string; plural: string; singular: string }>> = {
  are: { first: "am", plural: "are", singular: "is" },
  were: { first: "was", plural: "were", singular: "was" },
  have: { first: "have", plural: "have", singular: "has" },
  do: { first: "do", plural: "do", singular: "does" },
  s: { first: "", plural: "", singular: "s" },
  es: { first: "", plural: "", singular: "es" },
};

export function isVerbForm(form: string): boolean {
  return Object.hasOwn(verbs, form);
}

/**
 * The form that agrees. `isOne`: one person whose pronoun is they stands there by name, and takes
 * the singular verb ("Alex is here", "they are here").
 */
export function verbFormOf(form: string, person: GrammaticalPerson, isOne: boolean): string {
  const forms = verbs[form];
  if (forms === undefined) throw new RangeError(`no verb form ${form}`);
  if (person === "first") return forms.first;
  if (person === "second") return forms.plural;
  return person === "they" && !isOne ? forms.plural : forms.singular;
}
