/**
 * What was weighed at a decision, as a sentence: the wants that spoke for it and against, and the
 * best of what was passed over. Gains are those of the chronicle, in the weights of the wants.
 */
import type { Decision, Occurrence, Reason, WantChange } from "@fabula/chronicle";
import type { Simulation } from "@fabula/engine";
import { describeExpression } from "@fabula/language";
import { type ExprId, ground } from "@fabula/model";
import {
  createEnglish,
  type English,
  listed,
  ReplayedState,
  type Scene,
  spaced,
  withArticle,
} from "@fabula/telling";

/** Of a decision's wants for or against, and of what it passed over. */
const namedMax = 2;
/** A gain that rounds to nothing is no reason. */
const gainLeast = 0.005;

export class WeighedWords {
  readonly #english: English;

  constructor(readonly simulation: Simulation) {
    const { world, chronicle } = simulation;
    this.#english = createEnglish(new ReplayedState(world, chronicle));
  }

  /** `because ... (weighed: ...; rather than ...)`; undefined where nothing was weighed. */
  of(occurrence: Occurrence): string | undefined {
    const { decision } = occurrence;
    if (decision === undefined) return undefined;
    const scene: Scene = { at: occurrence.id, speaker: -1, hearer: -1, said: false };
    const chosen = decision.reasons.find((one) => one.deed === decision.chosen);
    const because = this.#because(decision, chosen, occurrence.kind === "kept-back", scene);
    const inBrackets = [
      ...this.#planned(chosen, scene),
      ...this.#weighed(decision, chosen, scene),
      ...this.#passedOver(decision, chosen, scene),
    ];
    const brackets = inBrackets.length === 0 ? "" : ` (${inBrackets.join("; ")})`;
    if (because === undefined && brackets === "") return undefined;
    return `${because === undefined ? "" : `because ${because}`}${brackets}`.trim();
  }

  /** A want as what its holder hopes: `Kakashi is alive`, `things look well to Mara`. */
  hope(claim: ExprId, scene: Scene): string {
    const { world } = this.simulation;
    const node = world.expressions.get(claim);
    if (node.op === "outlook") {
      const who = this.#english.valueOf(node.args[0], [], scene);
      return `things look well to ${this.#english.lexicon.nameOf(who)}`;
    }
    return this.#english.claims.clause(claim, true, scene);
  }

  #because(
    decision: Decision,
    chosen: Reason | undefined,
    keptBack: boolean,
    scene: Scene,
  ): string | undefined {
    const name = this.#english.lexicon.nameOf(decision.who);
    if (decision.margin !== undefined) return this.#byMargin(decision, decision.margin);
    if (chosen === undefined) {
      return decision.reasons.length === 0 ? undefined : `nothing seemed worth it to ${name}`;
    }
    const sign = keptBack ? -1 : 1;
    const hopes = chosen.wants
      .filter((one) => sign * one.gain > gainLeast)
      .slice(0, namedMax)
      .map((one) => `that ${this.#want(decision.who, one, scene)}`);
    if (hopes.length > 0) return `${name} hopes ${hopes.join(" and ")}`;
    if (keptBack) return `it goes against ${name}`;
    if (chosen.urge > gainLeast) return `${name} feels the urge to`;
    // Nothing else was weighed against it: an intention carried out.
    const isIntended = decision.outcome === "acts" && decision.reasons.length === 1;
    return isIntended ? `${name} is set on it` : undefined;
  }

  #byMargin(decision: Decision, margin: Readonly<Record<string, number>>): string | undefined {
    const asker = this.#english.lexicon.nameOf(decision.asker);
    const { stakes = 0, care = 0, reluctance = 0, concession = 0 } = margin;
    const said = (what: string, amount: number): string[] =>
      amount > gainLeast ? [`${what} (${rounded(amount)})`] : [];
    const speaking = [...said("what hangs on it", stakes), ...said(`care for ${asker}`, care)];
    const against = [
      ...said("what hangs on it", -stakes),
      ...said("reluctance", reluctance),
      ...said("what it would give up", concession),
    ];
    const granted = decision.outcome === "grants";
    const [more, less] = granted ? [speaking, against] : [against, speaking];
    if (more.length === 0) return undefined;
    const many = more.length > 1;
    if (less.length === 0) return `${more.join(" and ")} ${many ? "speak" : "speaks"} for that`;
    return `${more.join(" and ")} ${many ? "outweigh" : "outweighs"} ${less.join(" and ")}`;
  }

  /** What a deed was worth to somebody, in its parts: `+9.00 that Tomas is alive`, `−0.10 reluctance`. */
  partsOf(who: number, { wants, urge, reluctance }: Reason, scene: Scene): string[] {
    const parts = wants
      .filter((one) => Math.abs(one.gain) > gainLeast)
      .slice(0, 2 * namedMax)
      .map((one) => `${signed(one.gain)} that ${this.#want(who, one, scene)}`);
    if (urge > gainLeast) parts.push(`${signed(urge)} urge`);
    if (reluctance > gainLeast) parts.push(`${signed(-reluctance)} reluctance`);
    return parts;
  }

  /** What is to follow it. */
  #planned(chosen: Reason | undefined, scene: Scene): string[] {
    if (chosen?.plan === undefined) return [];
    const deeds = chosen.plan.map((deed) => this.#english.claims.deed(deed, "", scene));
    return [`planned: then to ${listed(deeds)}`];
  }

  /** What every want gains or loses by it, and what it takes. */
  #weighed(decision: Decision, chosen: Reason | undefined, scene: Scene): string[] {
    if (chosen === undefined) return [];
    const parts = this.partsOf(decision.who, chosen, scene);
    return parts.length === 0 ? [] : [`weighed: ${parts.join(", ")}`];
  }

  #passedOver(decision: Decision, chosen: Reason | undefined, scene: Scene): string[] {
    const passed = decision.reasons.filter((one) => one !== chosen).slice(0, namedMax);
    if (passed.length === 0) return [];
    const deeds = passed.map((one) => {
      const deed = one.deed < 0 ? "do nothing" : this.#english.claims.deed(one.deed, "", scene);
      return `to ${deed} (${signed(one.gain)})`;
    });
    return [`rather than ${deeds.join(" or ")}`];
  }

  #want(who: number, change: WantChange, scene: Scene): string {
    const { world } = this.simulation;
    const want = world.wants[change.want];
    if (want === undefined) return "something is so";
    const pool = world.expressions;
    const of = want.binders.length === 0 ? [who] : change.locals;
    if (of !== undefined) return this.hope(ground(pool, want.claim, of), scene);
    // A want about everybody of a type that nobody in particular makes up is worded for one of
    // them, who stays unnamed unless there is nobody else.
    const locals = [who];
    const names: [string, string][] = [];
    for (const binder of want.binders) {
      const type = binder.type.kind === "entity" ? world.types[binder.type.type] : undefined;
      const all = world.entities.filter(
        (entity) =>
          type !== undefined &&
          !locals.includes(entity.id) &&
          world.types[entity.type]?.ancestors.includes(type.id),
      );
      const [one, ...others] = all;
      if (type === undefined || one === undefined) {
        const binders = want.binders.map((other) => other.name);
        return describeExpression(world, want.claim, [world.entities[who]?.name ?? "", ...binders]);
      }
      locals.push(one.id);
      if (others.length === 0) continue;
      const holder = world.types[world.entities[who]?.type ?? -1];
      const isOfTheirs = holder?.ancestors.includes(type.id) ?? false;
      const other = isOfTheirs ? `another ${type.name}` : withArticle(spaced(type.name));
      names.push([this.#english.lexicon.nameOf(one.id), other]);
    }
    const text = this.hope(ground(pool, want.claim, locals), scene);
    return names.reduce((worded, [name, another]) => worded.replaceAll(name, another), text);
  }
}

function rounded(amount: number): string {
  return (Math.round(amount * 100) / 100).toFixed(2);
}

export function signed(amount: number): string {
  const text = rounded(Math.abs(amount));
  return amount < 0 && text !== "0.00" ? `−${text}` : `+${text}`;
}
