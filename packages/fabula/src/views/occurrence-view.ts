/** One occurrence, looked at closely: what it was, who knew of it, what it changed, why it came. */
import type { CauseKind, Occurrence, OccurrenceId, WantChange, Write } from "@fabula/chronicle";
import { describeExpression } from "@fabula/language";
import { ground, type Sense, type World } from "@fabula/model";
import { accessTo, type English, isAct } from "@fabula/telling";
import { knowsOfWrite } from "./known-writes.js";
import { causesBesideStart, ownEnd } from "./own-start.js";
import type { RecordedRun } from "./recorded-run.js";

export interface LinkView {
  readonly occurrence: OccurrenceId;
  readonly kind: CauseKind;
  readonly clock: string;
  readonly what: string;
  readonly text: string;
}

export interface ReasonView {
  /** "" for doing nothing. */
  readonly deed: string;
  /** What it is to be followed by, where it is the first step of a plan. */
  readonly plan?: readonly string[];
  readonly gain: number;
  readonly urge: number;
  readonly reluctance: number;
  readonly chosen: boolean;
  /** What it would do to each want, largest change first. */
  readonly wants: readonly { readonly want: string; readonly gain: number }[];
}

export interface BeliefView {
  readonly holder: string;
  readonly claim: string;
  readonly before: number;
  readonly after: number;
  readonly source: string;
  /** Who told it; "" where nobody did. */
  readonly by: string;
  /** Whether it was so; null where that cannot be said. */
  readonly isTrue: boolean | null;
}

export interface OccurrenceView {
  readonly id: OccurrenceId;
  readonly time: number;
  readonly clock: string;
  readonly kind: string;
  readonly what: string;
  readonly text: string;
  readonly perceived: readonly {
    readonly who: number;
    readonly name: string;
    readonly sense: Sense;
    readonly whole: boolean;
  }[];
  /** Each value that it set, and to what; asked of one person, those that person learned of. */
  readonly writes: readonly { readonly what: string; readonly value: string }[];
  /** Bounded by what one person knows where asked: then `hidden` counts the others. */
  readonly causes: readonly LinkView[];
  readonly hiddenCauses: number;
  /** Quantities that were under way to where this found them, and what moved them: sentences. */
  readonly carried: readonly string[];
  readonly effects: readonly LinkView[];
  readonly belief?: BeliefView;
  /** The change after which it would not have happened; absent where no change forbids it. */
  readonly without?: string;
  readonly reasons: readonly ReasonView[];
}

/** Occurrences that followed directly from this one, at most. */
const effectsMax = 200;

/**
 * `as`: birth number of whose knowledge bounds causes, effects, what it changed and who noticed; -1
 * the truth.
 */
export function occurrenceView(run: RecordedRun, id: OccurrenceId, as: number): OccurrenceView {
  const { chronicle, words } = run;
  const occurrence = chronicle.get(id);
  const english = run.createEnglish();
  const isKnown = (one: Occurrence) =>
    as === -1 || one.id === 0 || accessTo(one, { focalizer: as }, isAct(one)) === "whole";
  const linked = causesBesideStart(chronicle, id).map((cause) => ({
    cause,
    from: chronicle.get(cause.from),
  }));
  const known = linked.filter(({ from }) => isKnown(from));
  const { decision } = occurrence;
  const { world } = run.simulation;
  const scene = { at: id, speaker: -1, hearer: -1, said: false };
  // An act is told as it begins: what it changed and led to is what its end did.
  const begun = effectsOf(run, id).filter(({ to }) => isKnown(to));
  const end = ownEnd(
    chronicle,
    id,
    begun.map(({ to }) => to.id),
  );
  const effects =
    end === undefined
      ? begun
      : [...begun.filter(({ to }) => to.id !== end), ...effectsOf(run, end)]
          .filter(({ to }) => isKnown(to))
          .filter(({ to }, at, all) => all.findIndex((one) => one.to.id === to.id) === at)
          .sort((a, b) => a.to.id - b.to.id);
  const learned = effects.map(({ to }) => to);
  const writes = (
    end === undefined ? occurrence.writes : [...occurrence.writes, ...chronicle.writesOf(end)]
  ).filter((write) => as === -1 || knowsOfWrite(world, as, write, learned));
  // Whether others noticed it, nobody knows of but themselves: who did it surely did.
  const actor = isAct(occurrence) ? occurrence.args[0] : undefined;
  const noticed = occurrence.perceived.filter(
    ({ who }) => as === -1 || who === as || who === actor,
  );
  const base: OccurrenceView = {
    id,
    time: occurrence.time,
    clock: words.clockOf(occurrence),
    kind: occurrence.kind,
    what: words.label(occurrence),
    text: words.sentence(occurrence),
    perceived: noticed.map((one) => ({
      ...one,
      name: english.lexicon.nameOf(one.who),
    })),
    writes: valuesLeft(writes).map((write) => {
      const owner = english.lexicon.nameOf(write.args[0] ?? -1);
      const fluent = world.fluents[write.fluent];
      const rest = write.args.slice(1).map((arg) => english.lexicon.nameOf(arg));
      const inner = rest.length === 0 ? "" : ` (${rest.join(", ")})`;
      const what = `${owner}: ${(fluent?.name ?? "?").replaceAll("_", " ")}${inner}`;
      const value = fluent === undefined ? "" : valueInWords(english, write.value, fluent.type, id);
      return { what, value };
    }),
    causes: known.map(({ cause, from }) => linkOf(run, from, cause.kind)),
    hiddenCauses: linked.length - known.length,
    carried: as === -1 ? run.carried(id) : [],
    effects: effects.map(({ to, kind }) => linkOf(run, to, kind)),
    reasons: (decision?.reasons ?? []).map((reason) => ({
      deed: reason.deed === -1 ? "" : english.claims.deed(reason.deed, "", scene),
      ...(reason.plan === undefined
        ? {}
        : { plan: reason.plan.map((deed) => english.claims.deed(deed, "", scene)) }),
      gain: reason.gain,
      urge: reason.urge,
      reluctance: reason.reluctance,
      chosen: reason.deed === decision?.chosen,
      wants: reason.wants.map((change) => ({
        want: wantInWords(world, decision?.who ?? -1, change),
        gain: change.gain,
      })),
    })),
  };
  const without = changeWithout(run, occurrence);
  return {
    ...base,
    ...(without === undefined ? {} : { without }),
    ...(occurrence.belief === undefined ? {} : { belief: beliefView(run, english, occurrence) }),
  };
}

function changeWithout(run: RecordedRun, occurrence: Occurrence): string | undefined {
  const { actions, rules } = run.simulation.world;
  const act = isAct(occurrence);
  const schema = act ? actions[occurrence.schema] : rules[occurrence.schema];
  // What the story hides by a name of its own cannot be named from there.
  if ((!act && occurrence.kind !== "rule") || schema?.module !== undefined) return undefined;
  if (act) return `forbid ${run.words.label({ ...occurrence, kind: "ended" })}`;
  return schema === undefined ? undefined : `switch off ${schema.name}`;
}

function linkOf(run: RecordedRun, occurrence: Occurrence, kind: CauseKind): LinkView {
  const { words } = run;
  return {
    occurrence: occurrence.id,
    kind,
    clock: words.clockOf(occurrence),
    what: words.label(occurrence),
    text: words.sentence(occurrence),
  };
}

function effectsOf(run: RecordedRun, id: OccurrenceId): { to: Occurrence; kind: CauseKind }[] {
  const { chronicle } = run;
  const found: { to: Occurrence; kind: CauseKind }[] = [];
  for (let later = id + 1; later < chronicle.count && found.length < effectsMax; later += 1) {
    const cause = chronicle.causesOf(later).find((one) => one.from === id);
    if (cause !== undefined) found.push({ to: chronicle.get(later), kind: cause.kind });
  }
  return found;
}

function beliefView(run: RecordedRun, english: English, occurrence: Occurrence): BeliefView {
  const { belief, id } = occurrence;
  if (belief === undefined) throw new RangeError(`occurrence ${id} is no belief`);
  const scene = { at: id, speaker: -1, hearer: -1, said: false };
  return {
    holder: english.lexicon.nameOf(belief.holder),
    claim: english.claims.clause(belief.claim, belief.after > 0.5, scene),
    before: belief.before,
    after: belief.after,
    source: belief.source,
    by: belief.by < 0 ? "" : english.lexicon.nameOf(belief.by),
    isTrue: run.isTrue(id) ?? null,
  };
}

/** What was set, each with what it came to in the end. How fast something moves is no value. */
function valuesLeft(writes: readonly Write[]): Write[] {
  const last = new Map<string, Write>();
  for (const write of writes) {
    if (!write.rateOnly) last.set(JSON.stringify([write.fluent, write.args]), write);
  }
  return [...last.values()];
}

/** As the language writes it, with the names of who wants it, and of whom if that is known. */
function wantInWords(world: World, holder: number, { want: id, locals }: WantChange): string {
  const want = world.wants[id];
  if (want === undefined) return `want ${id}`;
  if (locals !== undefined) {
    return describeExpression(world, ground(world.expressions, want.claim, locals), []);
  }
  const names = want.binders.map((binder) => binder.name);
  return describeExpression(world, want.claim, [world.entities[holder]?.name ?? "", ...names]);
}

/** A value of any type as a reader would say it. */
export function valueInWords(
  english: English,
  value: number,
  type: World["fluents"][number]["type"],
  at: OccurrenceId,
): string {
  const scene = { at, speaker: -1, hearer: -1, said: false };
  if (Number.isNaN(value)) return "unknown";
  if (type.kind === "entity") return value < 0 ? "nobody" : english.lexicon.nameOf(value);
  if (type.kind === "claim")
    return value < 0 ? "nothing" : english.claims.clause(value, true, scene);
  if (type.kind === "deed") return value < 0 ? "nothing" : english.claims.deed(value, "", scene);
  return english.lexicon.valueOf(value, type);
}
