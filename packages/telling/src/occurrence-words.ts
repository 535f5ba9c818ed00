/**
 * One occurrence in plain words, for `play`, `why` and `whatif`: its author's template where there
 * is one, else a sentence made of the schema's name; and a short stable label.
 */
import type { Occurrence } from "@fabula/chronicle";
import type { ExprId, Parameter, Told, ValueType } from "@fabula/model";
import type { English, Scene } from "./english.js";
import { spaced } from "./lexicon.js";
import { isAct } from "./passages.js";
import { finishText } from "./sentence.js";

const actSuffix: Readonly<Record<string, string>> = {
  started: " starts",
  interrupted: " is cut short",
  failed: " fails",
};

export type DescribeValue = (value: number, type: ValueType) => string;

/** Up to this confidence somebody holds that a claim is not so; above, they doubt it. */
const denied = 0.1;

/** How a denial begins for which the world has no words. */
const unworded = "it is not so";

export class OccurrenceWords {
  constructor(
    private readonly english: English,
    /** Claims, deeds and numbers as the language writes them; absent: left out. */
    private readonly describe?: DescribeValue,
  ) {}

  /** `ben.dies`, `ada.tell(ben, …) starts`: as it would stand in a question. */
  label(occurrence: Occurrence): string {
    const { world } = this.english.reading;
    switch (occurrence.kind) {
      case "beginning":
        return "the beginning";
      case "rule":
        return this.call(world.rules[occurrence.schema], occurrence.args);
      case "outside":
        return `from outside (${occurrence.schema + 1})`;
      case "intervention":
        return `change (${occurrence.schema + 1})`;
      case "belief": {
        const belief = occurrence.belief;
        if (belief === undefined) return "belief";
        const verb = belief.after > 0.5 ? "believes" : "doubts";
        const claim = this.describe?.(belief.claim, { kind: "claim" }) ?? this.claim(occurrence);
        return `${this.identifier(belief.holder)} ${verb} ${claim}`;
      }
      case "decision":
      case "kept-back":
        return `${this.identifier(occurrence.decision?.who ?? -1)} ${occurrence.decision?.outcome}`;
      default: {
        const action = world.actions[occurrence.schema];
        const call = this.call(action, occurrence.args);
        return `${call}${actSuffix[occurrence.kind] ?? ""}`;
      }
    }
  }

  /** What readers call it. */
  nameOf(entity: number): string {
    return this.english.lexicon.nameOf(entity);
  }

  clockOf(occurrence: Occurrence): string {
    return this.clockAt(occurrence.time);
  }

  /** Milliseconds since the epoch, by the story's calendar. */
  clockAt(time: number): string {
    return this.english.lexicon.clockOf(time);
  }

  /** A finished sentence; never empty. */
  sentence(occurrence: Occurrence): string {
    return this.told(occurrence) ?? finishText(`${this.bare(occurrence)}.`);
  }

  /** The template for everybody's eyes, filled in; undefined where there is none. */
  told(occurrence: Occurrence): string | undefined {
    const templates = this.templatesOf(occurrence).filter(
      (told) => told.to === undefined && told.again !== true,
    );
    const phase = isAct(occurrence) ? occurrence.kind : undefined;
    const own = templates.find((told) => told.phase === phase);
    const plain = templates.find((told) => told.phase === undefined);
    const template = own ?? (occurrence.kind === "failed" ? undefined : plain);
    if (template === undefined) return undefined;
    const text = this.english.text(template.parts, occurrence.args, this.sceneOf(occurrence)).text;
    return occurrence.kind === "interrupted" && own === undefined ? `${text} (cut short)` : text;
  }

  /** What it is about: its arguments but who does it and who is spoken to; `""` for none. */
  about(occurrence: Occurrence): string {
    const { world } = this.english.reading;
    const act = isAct(occurrence);
    const schema = act ? world.actions[occurrence.schema] : world.rules[occurrence.schema];
    const hearer = act ? (world.actions[occurrence.schema]?.hearer ?? -1) : -1;
    const parts = (schema?.parameters ?? []).flatMap((parameter, slot) => {
      const arg = occurrence.args[slot];
      if (slot === 0 || slot === hearer || arg === undefined) return [];
      return [this.inWords(occurrence, arg, parameter.type)];
    });
    return parts.join(", ");
  }

  private templatesOf(occurrence: Occurrence): readonly Told[] {
    const { world } = this.english.reading;
    if (isAct(occurrence)) return world.actions[occurrence.schema]?.told ?? [];
    if (occurrence.kind === "rule") return world.rules[occurrence.schema]?.told ?? [];
    if (occurrence.kind === "outside") return world.story.outside[occurrence.schema]?.told ?? [];
    return [];
  }

  private bare(occurrence: Occurrence): string {
    const { world } = this.english.reading;
    const noun = this.english.lexicon.nameOf(occurrence.args[0] ?? -1);
    switch (occurrence.kind) {
      case "beginning":
        return "So things stood at the beginning";
      case "outside":
        return "Something comes from outside";
      case "intervention":
        return "This was changed from outside";
      case "rule":
        return `${noun}: ${spaced(world.rules[occurrence.schema]?.name ?? "a rule")}`;
      case "belief":
        return this.believing(occurrence);
      case "decision":
      case "kept-back":
        return this.deciding(occurrence);
      default:
        return this.acting(occurrence, noun);
    }
  }

  /** By how its author words the deed; where that is left out, by its name. */
  private acting(occurrence: Occurrence, noun: string): string {
    const { kind, schema, args } = occurrence;
    const action = this.english.reading.world.actions[schema];
    const said = action?.wording?.said;
    if (said !== undefined && kind !== "ended") {
      const deed = this.english.fragment(said, args, this.sceneOf(occurrence));
      if (kind === "failed") return `${noun} tries to ${deed}, and cannot`;
      return `${noun} begins to ${deed}${kind === "interrupted" ? " (cut short)" : ""}`;
    }
    const rest = args.slice(1).map((arg, index) => this.argument(occurrence, arg, index + 1));
    const name = spaced(action?.name ?? "does something");
    return `${noun}: ${[name, ...rest].join(", ")}${actSuffix[kind] ?? ""}`;
  }

  private believing(occurrence: Occurrence): string {
    const belief = occurrence.belief;
    if (belief === undefined) return "Somebody changes their mind";
    const name = this.english.lexicon.nameOf(belief.holder);
    const by =
      belief.by >= 0 ? ` (${belief.source} by ${this.english.lexicon.nameOf(belief.by)})` : "";
    const source = by === "" ? ` (${belief.source})` : by;
    if (belief.after > 0.5) return `${name} believes that ${this.claim(occurrence)}${source}`;
    // Who is sure that it is not so does more than doubt it, if there are words for it.
    const denial = belief.after <= denied ? this.claim(occurrence, false) : unworded;
    return denial.startsWith(unworded)
      ? `${name} doubts that ${this.claim(occurrence)}${source}`
      : `${name} believes that ${denial}${source}`;
  }

  private deciding(occurrence: Occurrence): string {
    const decision = occurrence.decision;
    if (decision === undefined) return "Somebody decides";
    const name = this.english.lexicon.nameOf(decision.who);
    const scene = this.sceneOf(occurrence);
    const deed = (id: number) => (id < 0 ? "nothing" : this.english.claims.deed(id, "", scene));
    if (occurrence.kind === "kept-back")
      return `${name} could ${deed(decision.chosen)}, and does not`;
    if (decision.outcome === "silent") return `${name} stays silent`;
    const agreed = { grants: "agrees to", refuses: "refuses to", hesitates: "hesitates to" };
    if (decision.outcome in agreed && decision.request >= 0) {
      const verb = agreed[decision.outcome as keyof typeof agreed];
      const asked = this.english.reading.world.expressions.get(decision.request);
      const isOwn = asked.op !== "deed" || this.actorOf(asked.args[0]) !== decision.asker;
      const whose = isOwn ? "" : `let ${this.english.lexicon.nameOf(decision.asker)} `;
      return `${name} ${verb} ${whose}${deed(decision.request)}`;
    }
    if (decision.outcome === "acts") return `${name} decides to ${deed(decision.chosen)}`;
    if (decision.outcome === "intends") return `${name} is set on it: to ${deed(decision.chosen)}`;
    const asked = decision.request >= 0 ? `, asked to ${deed(decision.request)}` : "";
    return `${name} ${decision.outcome}${asked}`;
  }

  /** Birth number of whoever would do it; -1: whoever it is. */
  private actorOf(expr: ExprId | undefined): number {
    const node = expr === undefined ? undefined : this.english.reading.world.expressions.get(expr);
    return node?.op === "entity" ? node.entity : -1;
  }

  private claim(occurrence: Occurrence, holds = true): string {
    const claim = occurrence.belief?.claim;
    if (claim === undefined) return "something";
    return this.english.claims.clause(claim, holds, this.sceneOf(occurrence));
  }

  private call(
    schema: { readonly name: string; readonly parameters: readonly Parameter[] } | undefined,
    args: readonly number[],
  ): string {
    const [subject = -1, ...others] = args;
    const name = schema?.name ?? "something";
    const inner = others.map((arg, index) => this.short(arg, schema?.parameters[index + 1]?.type));
    const head = subject > 0 ? `${this.identifier(subject)}.${name}` : name;
    return inner.length === 0 ? head : `${head}(${inner.join(", ")})`;
  }

  private short(arg: number, type: ValueType | undefined): string {
    if (type === undefined || type.kind === "entity") return this.identifier(arg);
    return this.describe?.(arg, type) ?? "…";
  }

  private identifier(entity: number): string {
    const declared = this.english.reading.world.entities[entity];
    if (declared !== undefined) return declared.name;
    return this.english.lexicon.plainNameOf(entity).replace(/^the /, "").replaceAll(" ", "_");
  }

  private argument(occurrence: Occurrence, arg: number, index: number): string {
    const action = this.english.reading.world.actions[occurrence.schema];
    return this.inWords(occurrence, arg, action?.parameters[index]?.type);
  }

  private inWords(occurrence: Occurrence, arg: number, type: ValueType | undefined): string {
    const scene = this.sceneOf(occurrence);
    if (type?.kind === "claim") return `that ${this.english.claims.clause(arg, true, scene)}`;
    if (type?.kind === "deed") return `to ${this.english.claims.deed(arg, "", scene)}`;
    return type === undefined ? String(arg) : this.english.lexicon.valueOf(arg, type);
  }

  private sceneOf(occurrence: Occurrence): Scene {
    const action = isAct(occurrence)
      ? this.english.reading.world.actions[occurrence.schema]
      : undefined;
    const speaks = action !== undefined && action.hearer !== -1;
    return {
      at: occurrence.id,
      speaker: speaks ? (occurrence.args[0] ?? -1) : -1,
      hearer: speaks ? (occurrence.args[action.hearer] ?? -1) : -1,
      said: false,
    };
  }
}
