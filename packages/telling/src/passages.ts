/**
 * Occurrences as passages: picks the template that is meant for these eyes and fills it in.
 *
 * An act is told once: as it begins, or, where it is said, when it has been said in full. What is
 * cut short reads by its own template, or its words break off.
 */
import type { BeliefChange, Occurrence } from "@fabula/chronicle";
import type { ActionSchema, EventPhase, ExprId, Inference, Told } from "@fabula/model";
import type { English, Rendered, Scene } from "./english.js";
import { accessTo, type Focalization } from "./focalization.js";
import type { Passage, PassageKind } from "./passage.js";
import { finishText } from "./sentence.js";
import { Turns } from "./turns.js";

/** What the narrator calls the focalizer: `you`, or by name like everybody. */
export type Voice = "you" | "name";

/** Milliseconds after which a person is named again. */
const pronounsLast = 30_000;

/** Sentences in which a person must have been named for a pronoun to reach back to them. */
const sentencesNear = 2;

/** What the sentences told last were about. */
export interface ToldContext {
  /** Whom a pronoun would mean; -1 nobody. */
  readonly topic: number;
  /** Who was named in each of the last sentences. */
  readonly named: readonly (readonly number[])[];
  readonly toldAt: number;
  /** Of whom the last words that were said were, with nothing told since; -1 nobody. */
  readonly spokenOf: number;
  /** When and by whom something was known just now, with nothing told since. */
  readonly known: string | undefined;
}

export const nobodySpokenOf: ToldContext = {
  topic: -1,
  named: [],
  toldAt: Number.NEGATIVE_INFINITY,
  spokenOf: -1,
  known: undefined,
};

/** Reads occurrences in the order of the chronicle; keeps what the last sentence was about. */
export class PassageReader {
  /** To be put back by whoever does not tell what was read. */
  context = nobodySpokenOf;
  readonly #begun = new Set<string>();
  readonly #turns = new Turns();

  constructor(
    private readonly english: English,
    readonly focalization: Focalization,
    private readonly voice: Voice = "you",
    /** Ground claims that are told as soon as the focalizer believes them, however they came to. */
    private readonly shown: readonly ExprId[] = [],
  ) {}

  /** The passage of an occurrence, or undefined where these eyes get nothing to read. */
  read(occurrence: Occurrence): Passage | undefined {
    const acts = isAct(occurrence);
    const access = accessTo(occurrence, this.focalization, acts);
    if (access === "none") return undefined;
    switch (occurrence.kind) {
      case "started":
      case "ended":
      case "interrupted":
      case "failed":
        return this.act(occurrence, occurrence.kind, access === "whole");
      case "rule":
        return this.told(occurrence, this.world.rules[occurrence.schema]?.told ?? [], "change");
      case "outside":
        return this.told(
          occurrence,
          this.world.story.outside[occurrence.schema]?.told ?? [],
          "change",
        );
      case "belief":
        return this.belief(occurrence);
      case "kept-back":
        return this.keptBack(occurrence);
      default:
        return undefined;
    }
  }

  private get world() {
    return this.english.reading.world;
  }

  private act(occurrence: Occurrence, phase: EventPhase, whole: boolean): Passage | undefined {
    const action = this.world.actions[occurrence.schema];
    if (action === undefined) return undefined;
    if (!whole) return this.glimpse(occurrence, action, phase);
    const kind = action.hearer === -1 ? "deed" : "speech";
    const own = action.told.filter((told) => told.phase === phase);
    if (own.length > 0) return this.told(occurrence, own, kind, action);
    const plain = action.told.filter((told) => told.phase === undefined);
    if (phase === "interrupted" && kind === "speech") {
      return this.cutShort(occurrence, plain, action);
    }
    if (!this.isItsMoment(occurrence, phase, kind)) return undefined;
    return this.told(occurrence, plain, kind, action);
  }

  /** Deeds are told as they begin, those without a beginning as they end; speech as it ends. */
  private isItsMoment(occurrence: Occurrence, phase: EventPhase, kind: PassageKind): boolean {
    const key = `${occurrence.schema}:${occurrence.args.join(",")}`;
    if (phase === "started") {
      this.#begun.add(key);
      return kind === "deed";
    }
    const begun = this.#begun.delete(key);
    return phase === "ended" && (kind === "speech" || !begun);
  }

  private cutShort(
    occurrence: Occurrence,
    plain: readonly Told[],
    action: ActionSchema,
  ): Passage | undefined {
    const whole = this.told(occurrence, plain, "speech", action);
    const text = whole === undefined ? "" : brokenOff(whole.text);
    return whole === undefined || text === "" ? undefined : { ...whole, text };
  }

  /** Something was there, but not what: the symbol or thing that it looked like. */
  private glimpse(
    occurrence: Occurrence,
    action: ActionSchema,
    phase: EventPhase,
  ): Passage | undefined {
    if (!this.isItsMoment(occurrence, phase, "deed")) return undefined;
    const sense = occurrence.perceived.find(
      (one) => one.who === this.focalization.focalizer,
    )?.sense;
    const looks = action.perceptions.find((one) => one.sense === sense && one.as !== -1);
    if (looks === undefined || sense === undefined) return undefined;
    const scene = this.sceneOf(occurrence);
    const value = this.english.valueOf(looks.as, occurrence.args, scene);
    const what = this.english.lexicon.valueOf(value, this.world.expressions.typeOf(looks.as));
    const { focalizer } = this.focalization;
    const verb = { seen: "see", heard: "hear", felt: "feel" }[sense];
    const text = `${this.predicate(focalizer, verb, scene)} ${what}.`;
    return this.passage(occurrence, "deed", -1, finishText(text));
  }

  private belief(occurrence: Occurrence): Passage | undefined {
    const change = occurrence.belief;
    if (change === undefined || this.focalization.focalizer === -1) return undefined;
    const turned = change.before <= 0.5 !== change.after <= 0.5;
    if (!turned) return undefined;
    if (this.shown.includes(change.claim) && change.after > 0.5) return this.showing(occurrence);
    if (change.source !== "inferred" && change.source !== "reasoned") return undefined;
    if (this.isOfNothing(change.claim)) return undefined;
    const told = this.inferenceTold(occurrence);
    if (told !== undefined) return told;
    // "Ana knows that she is ...": she would be Ana.
    const scene = { ...this.sceneOf(occurrence), ...(this.voice === "you" ? {} : { topic: -1 }) };
    const clause = this.english.claims.clause(change.claim, change.after > 0.5, scene);
    const verb = change.after > 0.9 || change.after < 0.1 ? "know" : "think";
    const known = verb === "know" && this.context.known === knownAt(occurrence, change.holder);
    const thought = known ? clause : `${this.predicate(change.holder, verb, scene)} that ${clause}`;
    const text = `${thought}.`;
    const passage = this.passage(occurrence, "thought", change.holder, finishText(text));
    const topic = this.voice === "you" ? this.subjectOf(change.claim, change.holder) : -1;
    this.context = {
      ...this.context,
      topic,
      known: verb === "know" ? knownAt(occurrence, change.holder) : undefined,
    };
    return passage;
  }

  /** That something is nothing, or nowhere, says only that one does not know. */
  private isOfNothing(claim: ExprId): boolean {
    const pool = this.world.expressions;
    const node = pool.get(claim);
    if (node.op !== "eq") return false;
    const value = pool.get(node.args[1]);
    return value.op === "unknown" || (value.op === "entity" && value.entity < 0);
  }

  /** Who the thought was of; -1 where a pronoun would not be clear. */
  private subjectOf(claim: ExprId, holder: number): number {
    const pool = this.world.expressions;
    const node = pool.get(claim);
    if (node.op !== "fluent") return -1;
    const named = node.args.flatMap((arg) => {
      const inner = pool.get(arg);
      return inner.op === "entity" && inner.entity !== holder ? [inner.entity] : [];
    });
    const [only, ...others] = named;
    return only === undefined || others.length > 0 ? -1 : only;
  }

  /** What the author wants to be seen: the claim as a sentence of its own. */
  private showing(occurrence: Occurrence): Passage | undefined {
    const change = occurrence.belief;
    if (change === undefined) return undefined;
    const clause = this.english.claims.clause(change.claim, true, this.sceneOf(occurrence));
    return this.passage(occurrence, "change", -1, finishText(`${clause}.`));
  }

  /** The inference's own words, where an inference about such a thing has them. */
  private inferenceTold(occurrence: Occurrence): Passage | undefined {
    const { belief } = occurrence;
    if (belief === undefined || belief.source !== "inferred" || belief.after <= 0.5) {
      return undefined;
    }
    for (const inference of this.world.inferences) {
      if (inference.told.length === 0) continue;
      const locals = this.localsOf(inference, belief);
      if (locals === undefined) continue;
      return this.told({ ...occurrence, args: locals }, inference.told, "thought");
    }
    return undefined;
  }

  /** What the parameters of an inference are where it is about this claim. */
  private localsOf(inference: Inference, belief: BeliefChange): number[] | undefined {
    const pool = this.world.expressions;
    const about = pool.get(inference.about);
    const claim = pool.get(belief.claim);
    if (about.op !== "fluent" || claim.op !== "fluent" || about.fluent !== claim.fluent) {
      return undefined;
    }
    const locals = [belief.holder];
    for (const [index, arg] of about.args.entries()) {
      const [slot, value] = [pool.get(arg), pool.get(claim.args[index] ?? arg)];
      if (slot.op === "local" && value.op === "entity") locals[slot.slot] = value.entity;
    }
    return locals.includes(undefined as never) ? undefined : locals;
  }

  private keptBack(occurrence: Occurrence): Passage | undefined {
    const decision = occurrence.decision;
    if (decision === undefined || decision.chosen < 0) return undefined;
    if (this.focalization.focalizer === -1) return undefined;
    const scene = this.sceneOf(occurrence);
    const deed = this.english.claims.deed(decision.chosen, "", scene);
    const noun = this.english.noun(decision.who, scene, "subject");
    const auxiliary = this.english.verb("do", decision.who, scene);
    const text = finishText(`${noun} could ${deed}, and ${auxiliary} not.`);
    return this.passage(occurrence, "thought", decision.who, text);
  }

  private predicate(entity: number, verb: string, scene: Scene): string {
    const ending = this.english.verb("s", entity, scene);
    return `${this.english.noun(entity, scene, "subject")} ${verb}${ending}`;
  }

  private told(
    occurrence: Occurrence,
    templates: readonly Told[],
    kind: PassageKind,
    action?: ActionSchema,
  ): Passage | undefined {
    if (occurrence.time - this.context.toldAt >= pronounsLast) this.context = nobodySpokenOf;
    const { named, spokenOf } = this.context;
    const scene = { ...this.sceneOf(occurrence, action), spokenOf };
    const template = this.choose(templates, occurrence, scene);
    if (template === undefined) return undefined;
    const rendered = this.english.text(template.parts, occurrence.args, scene);
    if (rendered.text === "") return undefined;
    this.context = {
      topic: this.topicAfter(rendered),
      named: [...named, rendered.mentioned].slice(-sentencesNear),
      toldAt: occurrence.time,
      spokenOf: kind === "speech" ? rendered.spokenOf : -1,
      known: undefined,
    };
    const who = kind === "change" ? -1 : (occurrence.args[0] ?? -1);
    const passage = this.passage(occurrence, kind, who, rendered.text);
    return kind === "speech" && scene.hearer !== -1 ? { ...passage, to: scene.hearer } : passage;
  }

  /** Those for these eyes before those for all; several are told in turn. */
  private choose(
    templates: readonly Told[],
    occurrence: Occurrence,
    scene: Scene,
  ): Told | undefined {
    const { focalizer } = this.focalization;
    const mine = templates.filter(
      (told) =>
        told.to !== undefined &&
        focalizer !== -1 &&
        this.english.valueOf(told.to, occurrence.args, scene) === focalizer,
    );
    const plain = templates.filter((told) => told.to === undefined);
    return this.#turns.next(mine.length > 0 ? mine : plain, occurrence.args);
  }

  /** A pronoun is clear where nobody else of the same pronoun was named. */
  private topicAfter(rendered: Rendered): number {
    const { lexicon } = this.english;
    const { subject } = rendered;
    if (subject === -1) return -1;
    const gender = lexicon.genderOf(subject);
    const rivals = rendered.mentioned.filter(
      (entity) => entity !== subject && lexicon.genderOf(entity) === gender,
    );
    return rivals.length === 0 ? subject : -1;
  }

  private sceneOf(occurrence: Occurrence, action?: ActionSchema): Scene {
    const speaks = action !== undefined && action.hearer !== -1;
    return {
      at: occurrence.id,
      speaker: speaks ? (occurrence.args[0] ?? -1) : -1,
      hearer: speaks ? (occurrence.args[action.hearer] ?? -1) : -1,
      said: false,
      ...(this.voice === "you" && this.focalization.focalizer !== -1
        ? { you: this.focalization.focalizer }
        : {}),
      ...(this.context.topic === -1 ? {} : { topic: this.context.topic }),
      recent: this.context.named.flat(),
    };
  }

  private passage(occurrence: Occurrence, kind: PassageKind, who: number, text: string): Passage {
    const { id, time } = occurrence;
    const topic = kind === "thought" ? -1 : this.context.topic;
    this.context = { ...this.context, topic, known: undefined };
    return { occurrence: id, time, kind, eyes: this.focalization.focalizer, who, text };
  }
}

/** Thoughts of one head at one instant share their "You know that". */
function knownAt({ time }: Occurrence, holder: number): string {
  return `${time}:${holder}`;
}

export function isAct(occurrence: Pick<Occurrence, "kind">): boolean {
  const { kind } = occurrence;
  return kind === "started" || kind === "ended" || kind === "interrupted" || kind === "failed";
}

/** What is said breaks off in the middle: `“I wanted to—”`; empty where nothing is said, a nod. */
function brokenOff(text: string): string {
  const said = /“([^”]*)”/u.exec(text);
  if (said === null) return "";
  const words = (said[1] ?? "").replace(/[.,!?…—]+$/u, "").split(" ");
  const kept = words.slice(0, Math.max(1, Math.ceil(words.length / 2))).join(" ");
  return `${text.slice(0, said.index)}“${kept}—”${afterBreak(text.slice(said.index + said[0].length))}`;
}

/** What follows the broken words in the same sentence stays, `she says.`; no further words do. */
function afterBreak(rest: string): string {
  const [own = ""] = rest.split("“");
  const end = own.search(/[.!?…]/u);
  return end === -1 ? `${own.replace(/[\s,;:]+$/u, "")}.` : own.slice(0, end + 1);
}
