/**
 * English of templates: fills holes with names, pronouns, agreeing verb forms and claims, so that
 * one template reads right in narration and in anybody's mouth.
 *
 * Words inside quotation marks are said: there the speaker is I and the hearer you.
 */
import type { OccurrenceId } from "@fabula/chronicle";
import type { ExprId, TextPart } from "@fabula/model";
import { otherName } from "./alike-names.js";
import { type ClaimWords, createClaimWords } from "./claim-words.js";
import type { Lexicon } from "./lexicon.js";
import {
  type GrammaticalPerson,
  isPronounForm,
  isVerbForm,
  pronounOf,
  verbFormOf,
} from "./pronoun.js";
import type { Reading } from "./reading.js";
import { finishText, numberInWords, opens, ordinalOf, withArticle } from "./sentence.js";

/** In whose mouth, and when, words stand. -1 where nobody speaks. */
export interface Scene {
  readonly at: OccurrenceId;
  readonly speaker: number;
  readonly hearer: number;
  /** Whether all of it is said; otherwise only what stands in quotation marks. */
  readonly said: boolean;
  /** Who is `you` to the narrator; absent: everybody is told of by name. */
  readonly you?: number;
  /** Who the last sentence was about, if a pronoun would be clear. */
  readonly topic?: number;
  /** Who was named in the sentences just before. */
  readonly recent?: readonly number[];
  /** Whom a claim may call she or he at once: named just before it, and nobody else is meant. */
  readonly spokenOf?: number;
}

export interface Rendered {
  readonly text: string;
  /** The entity the sentence begins with; -1 none. */
  readonly subject: number;
  /** Every entity named, in order, each once; those of a claim too. */
  readonly mentioned: readonly number[];
  /** The one person, but the two who talk, of whom something was said or asked; -1 none or several. */
  readonly spokenOf: number;
}

export class English {
  readonly claims: ClaimWords;

  constructor(
    readonly reading: Reading,
    readonly lexicon: Lexicon,
  ) {
    this.claims = createClaimWords(this);
  }

  /** A finished sentence or more. */
  text(parts: readonly TextPart[], locals: readonly number[], scene: Scene): Rendered {
    const rendering = new Rendering(this, parts, locals, scene);
    const raw = rendering.run();
    return {
      text: finishText(raw),
      subject: rendering.subject,
      mentioned: [...new Set(rendering.mentioned)],
      spokenOf: rendering.spokenOf,
    };
  }

  /** A clause inside another sentence: no capital of its own. */
  fragment(parts: readonly TextPart[], locals: readonly number[], scene: Scene): string {
    return new Rendering(this, parts, locals, scene, true).run().replace(/ +/g, " ").trim();
  }

  valueOf(expr: ExprId, locals: readonly number[], scene: Scene): number {
    return this.reading.valueAt(expr, locals, scene.at);
  }

  personOf(entity: number, scene: Scene): GrammaticalPerson {
    if (scene.said && entity === scene.speaker && entity !== -1) return "first";
    if (scene.said && entity === scene.hearer && entity !== -1) return "second";
    if (!scene.said && entity === scene.you) return "second";
    return this.lexicon.genderOf(entity);
  }

  /** A noun for an entity in a clause: `I`, `me`, `you`, or its name. */
  noun(entity: number, scene: Scene, role: "subject" | "object" | "possessive"): string {
    const person = this.personOf(entity, scene);
    if (entity === scene.spokenOf && (person === "she" || person === "he")) {
      return pronounOf(person, pronounForms[role]);
    }
    const spoken = person === "first" || person === "second";
    if (role === "possessive") {
      return spoken ? pronounOf(person, "their") : `${this.lexicon.nameOf(entity)}’s`;
    }
    if (!spoken) return this.lexicon.nameOf(entity);
    return pronounOf(person, role === "subject" ? "they" : "them");
  }

  verb(form: string, entity: number, scene: Scene, named = true): string {
    const isOne = named && !this.lexicon.isMany(entity);
    return verbFormOf(form, this.personOf(entity, scene), isOne);
  }
}

/** One pass over the parts of one template. */
class Rendering {
  subject = -1;
  readonly mentioned: number[] = [];
  private readonly discussed = new Set<number>();
  private quoted = false;
  private out = "";

  constructor(
    private readonly english: English,
    private readonly parts: readonly TextPart[],
    private readonly locals: readonly number[],
    private readonly scene: Scene,
    /** Whether the template is the wording of a claim or deed. */
    private readonly inClaim = false,
  ) {}

  run(): string {
    this.parts.forEach((part, index) => {
      if (part.kind === "plain") this.plain(part.text, index);
      else this.hole(part, index);
    });
    return this.out;
  }

  private plain(text: string, index: number): void {
    const previous = this.parts[index - 1];
    const possessive = /^['’]s\b/.test(text) && /\b(my|your|his|her)$/i.test(this.out);
    const shown = previous?.kind === "value" && possessive ? text.slice(2) : text;
    for (let i = 0; i < shown.length; i += 1) {
      const char = shown[i] as string;
      const before = i > 0 ? (shown[i - 1] as string) : (this.out.at(-1) ?? " ");
      if (char === "“") this.quoted = true;
      else if (char === "”") this.quoted = false;
      else if (char === "'" && !this.quoted && opens(before, shown[i + 1] ?? "x"))
        this.quoted = true;
      else if (char === "'" && this.quoted && /[.,!?…—-]/.test(before)) this.quoted = false;
    }
    this.out += shown;
  }

  private hole(part: Extract<TextPart, { kind: "value" }>, index: number): void {
    const scene = { ...this.scene, said: this.scene.said || this.quoted };
    const { expr, form } = part;
    const type = this.english.reading.world.expressions.typeOf(expr);
    const value = this.english.valueOf(expr, this.locals, scene);
    switch (type.kind) {
      case "entity":
        this.out += this.entity(value, form, index, this.inClaim ? scene : withoutReferent(scene));
        break;
      case "claim":
        this.out += this.claim(value, form, scene);
        break;
      case "deed":
        this.out += this.deed(value, form, scene);
        break;
      default:
        this.out += this.plainValue(value, type, form);
    }
  }

  private plainValue(value: number, type: Parameters<Lexicon["valueOf"]>[1], form: string): string {
    if (form === "words") return numberInWords(value);
    if (form === "ordinal") return ordinalOf(value);
    const text = this.english.lexicon.valueOf(value, type);
    return form === "a" ? withArticle(text) : text;
  }

  private claim(claim: number, form: string, scene: Scene): string {
    if (!Number.isInteger(claim) || claim < 0) return "something";
    const words = this.english.claims;
    const within = this.withReferent(scene);
    const about = words.personsOf(claim);
    this.mentioned.push(...about);
    if (scene.said) for (const one of about) this.discussed.add(one);
    if (form === "asked") return words.question(claim, within);
    return words.clause(claim, form !== "unsaid", within);
  }

  /** Who was spoken of last; in narration, the only one of that pronoun the sentence has named. */
  private withReferent(scene: Scene): Scene {
    if (scene.said) return scene;
    const { lexicon } = this.english;
    const named = [...new Set(this.mentioned)].filter(
      (one) => lexicon.isPerson(one) && one !== scene.you,
    );
    const alone = named.filter((one) => {
      const gender = lexicon.genderOf(one);
      return named.every((other) => other === one || lexicon.genderOf(other) !== gender);
    });
    const last = alone.at(-1);
    return { ...scene, spokenOf: last ?? -1 };
  }

  get spokenOf(): number {
    const { speaker, hearer } = this.scene;
    const others = [...this.discussed].filter((one) => one !== speaker && one !== hearer);
    return others.length === 1 ? (others[0] as number) : -1;
  }

  private deed(deed: number, form: string, scene: Scene): string {
    if (!Number.isInteger(deed) || deed < 0) return "do something";
    return this.english.claims.deed(deed, form, scene);
  }

  private entity(entity: number, form: string, index: number, scene: Scene): string {
    if (isVerbForm(form)) return this.english.verb(form, entity, scene, this.namedNear(index));
    const { lexicon } = this.english;
    const plain = lexicon.nameOf(entity);
    const isAlike = (other: number) => lexicon.nameOf(other) === plain;
    const { recent = [] } = scene;
    const first =
      this.mentioned.find(isAlike) ?? (recent.includes(entity) ? entity : recent.find(isAlike));
    const text = this.wordFor(entity, form, index, scene);
    if (first === undefined || first === entity || !text.startsWith(plain)) return text;
    return otherName(plain) + text.slice(plain.length);
  }

  private wordFor(entity: number, form: string, index: number, scene: Scene): string {
    const clear = this.isClear(entity, index);
    this.mentioned.push(entity);
    const narrated = this.out.replace(/“[^”]*”/g, "").replace(/[\s“'(]/g, "");
    const first = this.subject === -1 && narrated === "";
    if (first) this.subject = entity;
    const person = this.english.personOf(entity, scene);
    if (isPronounForm(form)) {
      const open = scene.said && (!this.inClaim || entity === scene.spokenOf);
      if (clear || open || person === "first" || person === "second") {
        return pronounOf(person, form);
      }
      if (form === "their") return `${this.english.lexicon.nameOf(entity)}’s`;
      return form === "them" ? this.english.lexicon.nameOf(entity) : pronounOf(person, form);
    }
    if (form === "name") return this.english.lexicon.nameOf(entity);
    if (form === "a") return withArticle(this.english.lexicon.nameOf(entity));
    if (this.isPossessive(index))
      return stripPossessive(this.english.noun(entity, scene, "possessive"));
    if (first && this.clearPronoun(entity, person)) return pronounOf(person, "they");
    const role = first || this.isSubject(index) ? "subject" : "object";
    if (role === "object" && this.isReflexive(entity, person)) {
      return pronounOf(person, "themself");
    }
    return this.english.noun(entity, scene, role);
  }

  /** He or she for whom the last sentence was about; never `they`, whose verb would differ. */
  private clearPronoun(entity: number, person: GrammaticalPerson): boolean {
    if (this.scene.said || this.quoted || entity !== this.scene.topic) return false;
    if (!this.english.lexicon.isPerson(entity)) return false;
    return person === "she" || person === "he";
  }

  /**
   * Whether a pronoun written for `entity` can be read as nobody else: it was named in this very
   * sentence or will be, or it is the only one of its pronoun that was spoken of lately.
   */
  private isClear(entity: number, index: number): boolean {
    const { lexicon } = this.english;
    const { topic, recent = [] } = this.scene;
    const gender = lexicon.genderOf(entity);
    if (gender === "it" || this.mentioned.includes(entity)) return true;
    if (this.isNamedAfter(index)) return true;
    const isRival = (other: number) => other !== entity && lexicon.genderOf(other) === gender;
    if (this.mentioned.some(isRival)) return false;
    return entity === topic || (recent.includes(entity) && !recent.some(isRival));
  }

  private isNamedAfter(index: number): boolean {
    const own = this.parts[index];
    return this.parts.some(
      (part, at) =>
        at > index &&
        part.kind === "value" &&
        own?.kind === "value" &&
        part.expr === own.expr &&
        (part.form === "" || part.form === "name"),
    );
  }

  private isReflexive(entity: number, person: GrammaticalPerson): boolean {
    return (person === "first" || person === "second") && entity === this.subject;
  }

  private isPossessive(index: number): boolean {
    const next = this.parts[index + 1];
    return next?.kind === "plain" && /^['’]s\b/.test(next.text);
  }

  /** At a clause's start, or beside a verb form of the same entity. */
  private isSubject(index: number): boolean {
    const before = this.out.trimEnd();
    if (before === "" || /[.!?:;“]$|\b(that|if|and|because|when|while|until|but)$/i.test(before)) {
      return true;
    }
    if ([index + 1, index + 2].some((near) => this.isVerbOf(near, index))) return true;
    // "are you dying", but not "you hurt yourself": an ending stands behind its subject.
    return [index - 2, index - 1].some(
      (near) => this.isVerbOf(near, index) && !this.isEnding(near),
    );
  }

  private isVerbOf(near: number, index: number): boolean {
    const [other, own] = [this.parts[near], this.parts[index]];
    if (other?.kind !== "value" || own?.kind !== "value") return false;
    return isVerbForm(other.form) && other.expr === own.expr;
  }

  private isEnding(index: number): boolean {
    const part = this.parts[index];
    return part?.kind === "value" && (part.form === "s" || part.form === "es");
  }

  /** Whether the nearest mention of the verb's subject is its name: beside it, or else before it. */
  private namedNear(index: number): boolean {
    const own = this.parts[index];
    if (own?.kind !== "value") return true;
    const before = this.parts.slice(0, index).reverse();
    const near = [
      ...before.slice(0, 2),
      ...this.parts.slice(index + 1, index + 3),
      ...before.slice(2),
    ].find((part) => part.kind === "value" && part.expr === own.expr && isSubjectForm(part.form));
    return near?.kind !== "value" || near.form !== "they";
  }
}

/** `them`, `their` and the like stand beside a verb without being its subject. */
function isSubjectForm(form: string): boolean {
  return form === "" || form === "name" || form === "they";
}

const pronounForms = { subject: "they", object: "them", possessive: "their" } as const;

function withoutReferent({ spokenOf: _, ...scene }: Scene): Scene {
  return scene;
}

/** The template writes the `'s` of names itself. */
function stripPossessive(noun: string): string {
  return noun.replace(/’s$/, "");
}
