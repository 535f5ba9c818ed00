/**
 * What can happen: actions are chosen, rules must fire, processes move quantities.
 * Locals of every schema: its parameters in order, then binders and created entities.
 */
import type { Span } from "./diagnostic.js";
import type { Effect, Flow } from "./effect.js";
import type { EventPattern, EventPhase } from "./expression.js";
import type { ActionId, ExprId, Parameter, Perception, Unnoticed } from "./types.js";
import type { TextPart, Wording } from "./wording.js";

/** `told [again] [at end | when cut short | when it fails] [to WHO] "..."`: how it reads. */
export interface Told {
  /** Only in the telling through these eyes. */
  readonly to?: ExprId;
  /**
   * Of actions: at which occurrence. Absent: once, as it begins (speech: when it is said in full).
   */
  readonly phase?: EventPhase;
  /** Only where the same was told before between the same. */
  readonly again?: true;
  readonly parts: readonly TextPart[];
  readonly span: Span;
}

/** What an utterance carries to everyone who hears it. */
export interface Says {
  /** Claim-valued. */
  readonly claim: ExprId;
  readonly negated: boolean;
  readonly span: Span;
}

export interface Shows {
  readonly claim: ExprId;
  readonly negated: boolean;
  /** The odds of the claim are multiplied by this for who perceives the act. */
  readonly times: ExprId;
  readonly span: Span;
}

/** What an act answers; such acts are offered only to who owes that answer. */
export type Answers = "telling" | "question" | "request" | "refusal";

export interface ActionSchema {
  readonly id: ActionId;
  readonly name: string;
  /** See Declared. */
  readonly module?: string;
  /** parameters[0] is the actor, then those in brackets. */
  readonly parameters: readonly Parameter[];
  /** Slots of the others who must consent. */
  readonly consents: readonly number[];
  /** As believed when chosen, in truth when carried out. */
  readonly needs: ExprId;
  /** Seconds; undefined: at once, or as long as `until` is false. */
  readonly takes?: ExprId;
  /** `takes 2 s .. 4 s`: seconds; the length is drawn by key between `takes` and this. */
  readonly takesAtMost?: ExprId;
  readonly until?: ExprId;
  readonly interruptedWhen?: ExprId;
  /** As soon as this happens (an action or rule), if `when` holds then. Locals: the parameters. */
  readonly interruptedBy?: { readonly event: EventPattern; readonly when: ExprId };
  /** `costs E of X`: taken at the start; the action needs that much. */
  readonly atStart: readonly Effect[];
  readonly whileLasting: readonly Flow[];
  readonly atEnd: readonly Effect[];
  readonly perceptions: readonly Perception[];
  /** `unnoticed`: taking part in it is not enough to perceive it; a perception still is. */
  readonly unnoticed?: readonly Unnoticed[];
  readonly told: readonly Told[];
  /** How the deed reads when it is spoken of. */
  readonly wording?: Wording;
  // ---- what choosing it weighs (all over the locals, in the chooser's mind)
  /** `urge E`: added to the gain of doing it now. */
  readonly urge?: ExprId;
  /** `reluctance E`: taken from the gain: what it costs to bring oneself to do it. */
  readonly reluctance?: ExprId;
  /** `when E`: besides the needs, when it comes to mind at all (a hint for search; default true). */
  readonly comesToMind?: ExprId;
  /** `waits until E`: when chosen it becomes an intention, carried out when nothing better is at hand or E holds. */
  readonly waitsUntil?: ExprId;
  /** `can be asked`: others may request it of the actor. */
  readonly askable: boolean;
  /** `hesitates E`: a yes to doing it by less than this margin is not given yet. */
  readonly hesitates?: ExprId;
  // ---- speech
  /** Slot of whom it is said to; -1 for acts that are no speech. Speech takes the floor. */
  readonly hearer: number;
  readonly says: readonly Says[];
  readonly shows: readonly Shows[];
  /** Claims whoever does or asks this takes for granted: hearers learn them like what is said. */
  readonly presupposes: readonly Says[];
  /** `asks C`: a question; claim-valued. */
  readonly asks?: ExprId;
  /** `requests DEED strength E`: deed-valued; the hearer is to do it. */
  readonly requests?: { readonly deed: ExprId; readonly strength: ExprId };
  readonly answers?: Answers;
  /** `reflex`: no; see Reflex. Practised acts need no attention. */
  readonly span: Span;
}

/** Fires when `when` becomes true (edge), or is true every `period`. In order of declaration. */
export interface Rule {
  readonly id: number;
  readonly name: string;
  /** See Declared. */
  readonly module?: string;
  readonly parameters: readonly Parameter[];
  /** Which tuples of parameters it watches (`where`). */
  readonly where: ExprId;
  readonly trigger: Trigger;
  readonly then: readonly Effect[];
  readonly perceptions: readonly Perception[];
  readonly told: readonly Told[];
  readonly span: Span;
}

export type Trigger =
  | { readonly kind: "condition"; readonly when: ExprId }
  /** `when p learns C`, `when p.verb(..)`: an occurrence, and a condition at that moment. */
  | { readonly kind: "event"; readonly event: EventPattern; readonly when: ExprId }
  /** `every 30 day when C`: seconds; the first one period after it becomes true. */
  | { readonly kind: "periodic"; readonly seconds: number; readonly when: ExprId };

export interface Process {
  readonly id: number;
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly where: ExprId;
  readonly while: ExprId;
  readonly flows: readonly Flow[];
  readonly span: Span;
}

/**
 * A believed law: what a person expects to follow, in place of the physics. In foresight each is
 * tried once per tuple, in order of declaration, after the intentions: where `when` holds, `then`.
 * parameters[0] is whose expectation it is.
 */
export interface Expectation {
  readonly id: number;
  readonly name: string;
  /** See Declared. */
  readonly module?: string;
  readonly parameters: readonly Parameter[];
  readonly where: ExprId;
  readonly when: ExprId;
  readonly then: readonly Effect[];
  readonly span: Span;
}

/** parameters[0] is who infers. Evidence is what that person comes to believe. */
export interface Inference {
  readonly id: number;
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly where: ExprId;
  /** The proposition (not quoted) inferred. */
  readonly about: ExprId;
  /** Confidence 0 .. 1 before any evidence, where nothing is believed yet. */
  readonly prior?: ExprId;
  readonly evidence: readonly Evidence[];
  /** True sign, wrong cause: while `when` holds, `share` of the evidence goes to `claim`. */
  readonly blames: readonly {
    readonly claim: ExprId;
    readonly share: ExprId;
    readonly when: ExprId;
  }[];
  readonly told: readonly Told[];
  readonly span: Span;
}

/** When the person comes to believe `condition`, the odds are multiplied by `times` (once an edge). */
export interface Evidence {
  readonly condition: ExprId;
  readonly times: ExprId;
}

/** parameters[0] is who reacts: at once, the reflex with the highest score above 0. */
export interface Reflex {
  readonly id: number;
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly where: ExprId;
  readonly when: ExprId;
  readonly score: ExprId;
  readonly deed: ExprId;
  readonly span: Span;
}

/** A weighted claim in force. Locals: 0 the holder, then binders. */
export interface Want {
  readonly id: number;
  /** Proposition or number 0 .. 1 over locals. */
  readonly claim: ExprId;
  /** At least 0. */
  readonly weight: ExprId;
  readonly binders: readonly Parameter[];
  readonly where: ExprId;
  /** In force while this holds (`while C`) and until `until` has become true. */
  readonly while: ExprId;
  readonly until?: ExprId;
  readonly holder: { readonly type: number } | { readonly entity: number };
  /** Everybody takes it that such a person wants this (wants of a type; `openly wants`). */
  readonly common: boolean;
  readonly span: Span;
}

/**
 * The `mind of p: person` block: how persons of a type weigh. Locals: 0 the person; hooks with
 * others say so. Every hook is an expression in the person's own mind. docs/minds.md tells each.
 */
export interface MindSchema {
  readonly type: number;
  readonly hooks: Readonly<Partial<Record<MindHook, ExprId>>>;
  /** Effects on the truth when the outlook changes; local 1 is the change, -1 .. 1. */
  readonly appraisal: readonly Effect[];
}

export type MindHook =
  /** (p, other, what): factor on the odds of `what`, which other says; 1 is a fair coin's worth. */
  | "trust"
  /** (p, other, strength): what it is worth to p that other, who wants it that strongly, gets it. */
  | "care"
  /** (p): the least gain worth acting for. */
  | "floor"
  /** (p): half the width, in gain, of what p cannot know of another's weighing. */
  | "spread"
  /** (p): what being refused costs, in gain. */
  | "rebuff"
  /** (p): how dear knowing is: share of what hangs on the answer. */
  | "curiosity"
  /** (p): seconds before p speaks at a lull; drawn between `pause` and twice that. */
  | "pause"
  /** (p): seconds before p answers; drawn between `react` and twice that. */
  | "react"
  /** (p): whether p can choose and act at all now. */
  | "able"
  /** (p): whether p's head is free to weigh; otherwise reflexes, answers and what is intended. */
  | "weighs"
  /** (p, other): whether the two can talk now. */
  | "together"
  /** (p): a gain below minus this is recorded as kept back. */
  | "keeps"
  /** (p): p's replies are lost while this holds (overcome). */
  | "speechless"
  /** (p): seconds to the next look at things when nothing happens. */
  | "lull"
  /** (p): how many deeds of their own p thinks ahead, the first counted in; below 2 one alone. */
  | "plans";
