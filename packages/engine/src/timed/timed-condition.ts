/**
 * One condition on a whole run, while the run is under way: what it has come to by now, whether that
 * is certain, its answer.
 *
 * A temporal condition whose moment never comes is false.
 */
import { causesBehind, matchesPattern, type OccurrenceId } from "@fabula/chronicle";
import type { EventPattern, ExprId, Moment as MomentOfStory, Timed } from "@fabula/model";
import { isTrue } from "../kernel/effects.js";
import { createSimulation, type Simulation } from "../run/simulation.js";
import { EventProbe, isBefore, type Moment } from "./event-probe.js";
import { findKeptBack } from "./kept-back.js";
import { cutOf, eventsOf, momentOf, partsOf } from "./timed-parts.js";

const FIRST: Moment = { time: Number.NEGATIVE_INFINITY, order: -1, by: 0 };
const LAST: Moment = { time: Number.POSITIVE_INFINITY, order: 0, by: 0 };
/** How far back an interruption is traced to what interrupted. */
const INTERRUPTION_DEPTH = 3;

type During = Extract<Timed, { kind: "ever" | "never" | "always" }>;

/** A tree with the same shape as the `Timed`. */
export class Asked {
  readonly #parts: Asked[];
  readonly #probes = new Map<EventPattern, EventProbe>();
  readonly #baseProbe: EventProbe | undefined;
  #value: boolean | undefined;
  #stop: number | undefined;

  constructor(
    readonly simulation: Simulation,
    readonly timed: Timed,
    readonly base: Simulation | undefined,
    /** Called when something has come that its answer may now be certain by. */
    readonly onNews: () => void,
  ) {
    this.#parts = partsOf(timed).map((part) => new Asked(simulation, part, base, onNews));
    for (const event of eventsOf(timed)) this.#probes.set(event, this.#probe(event));
    this.#baseProbe =
      timed.kind === "later" || timed.kind === "earlier"
        ? probeOfBase(base, timed.event)
        : undefined;
  }

  #probe(event: EventPattern): EventProbe {
    const { timed } = this;
    const asksThen =
      timed.kind === "at" && timed.moment.kind === "when" && timed.moment.event === event;
    const onFirst = () => {
      if (asksThen) this.#value = this.#holds(timed.condition);
      this.onNews();
    };
    const probe = new EventProbe(this.simulation, event, onFirst, this.onNews);
    remember(this.simulation, event, probe);
    return probe;
  }

  #holds(condition: ExprId): boolean {
    return isTrue(this.simulation.evaluateNow(condition));
  }

  /** The run has begun. */
  begun(): void {
    const { timed } = this;
    for (const part of this.#parts) part.begun();
    const moment = momentOf(timed);
    if (moment?.kind === "after") {
      const seconds = this.simulation.evaluateNow(moment.seconds);
      this.#stop = this.simulation.world.story.begins + Math.round(seconds * 1000);
    }
    if (timed.kind === "at" && timed.moment.kind === "start") {
      this.#value = this.#holds(timed.condition);
    }
  }

  /** Times at which the run must stop to be looked at. */
  stops(): number[] {
    const own = this.#stop === undefined || this.timed.kind !== "at" ? [] : [this.#stop];
    return [...own, ...this.#parts.flatMap((part) => part.stops())];
  }

  /** Times at which the span of an `ever`, `never` or `always` is over. */
  spanEnds(): number[] {
    const own = this.#stop === undefined || this.timed.kind === "at" ? [] : [this.#stop];
    return [...own, ...this.#parts.flatMap((part) => part.spanEnds())];
  }

  stoppedAt(time: number): void {
    for (const part of this.#parts) part.stoppedAt(time);
    const { timed, simulation } = this;
    if (timed.kind !== "at" || this.#stop !== time || simulation.now < time) return;
    this.#value = this.#holds(timed.condition);
  }

  mark(): () => void {
    const value = this.#value;
    const inner = [...this.#parts, ...this.#probes.values()].map((one) => one.mark());
    return () => {
      this.#value = value;
      for (const restore of inner) restore();
    };
  }

  /** The answer, if nothing that is still to come can change it. */
  certain(): boolean | undefined {
    const { timed } = this;
    switch (timed.kind) {
      case "and":
        return certainOfAll(this.#parts.map((part) => part.certain()));
      case "or":
        return not(certainOfAll(this.#parts.map((part) => not(part.certain()))));
      case "not":
        return not(certainOfAll(this.#parts.map((part) => part.certain())));
      case "at":
        return this.#value;
      case "happens":
        return this.#first(timed.event) === undefined ? undefined : true;
      case "ever":
      case "never":
      case "always":
        return this.#certainDuring(timed);
      // What had not come when the other came did not come first.
      case "before":
        return this.#first(timed.other) === undefined ? undefined : this.answer();
      case "after":
        return this.#first(timed.event) === undefined ? undefined : this.answer();
      case "later":
      case "earlier":
        if (this.#baseProbe?.first === undefined) return false;
        return this.#first(timed.event) === undefined ? undefined : this.answer();
      case "interrupted":
      case "why":
      case "kept-back":
        return undefined;
    }
  }

  #certainDuring(timed: During): boolean | undefined {
    const { until } = timed;
    const end = until === undefined ? LAST : this.#momentOf(until);
    const isOver =
      until?.kind === "when" ? end !== undefined : (end as Moment).time < this.simulation.now;
    if (isOver) return this.#during(timed);
    const probe = this.#probes.get(timed.event);
    if (timed.kind === "always") return probe?.alwaysUntil(end) === false ? false : undefined;
    if (probe?.everUntil(end) !== true) return undefined;
    // Where the end never comes, none of them holds.
    if (timed.kind === "never") return false;
    return end === undefined ? undefined : true;
  }

  /** What has come of it, where it is certain; at the end of the run, whatever it is. */
  answer(): boolean {
    const { timed } = this;
    switch (timed.kind) {
      case "and":
        return this.#parts.every((part) => part.answer());
      case "or":
        return this.#parts.some((part) => part.answer());
      case "not":
        return !this.#parts.every((part) => part.answer());
      case "at":
        if (timed.moment.kind === "end") return this.#holds(timed.condition);
        return this.#value ?? false;
      case "happens":
        return this.#first(timed.event) !== undefined;
      case "ever":
      case "never":
      case "always":
        return this.#during(timed);
      case "before":
        return this.#ordered(timed.event, timed.other, timed.withinSeconds);
      case "after":
        return this.#ordered(timed.other, timed.event, timed.withinSeconds);
      case "later":
      case "earlier":
        return this.#shifted(timed.event, timed.kind === "later" ? 1 : -1, timed.bySeconds);
      case "interrupted":
        return this.#interrupted(timed.event, timed.by);
      case "why":
        return this.#leadsBack(timed.event, timed.cause);
      case "kept-back":
        return findKeptBack(this.simulation, timed) !== undefined;
    }
  }

  #first(event: EventPattern): Moment | undefined {
    return this.#probes.get(event)?.first;
  }

  #during(timed: During): boolean {
    const probe = this.#probes.get(timed.event) as EventProbe;
    let until: Moment | undefined;
    if (timed.until !== undefined) {
      until = this.#momentOf(timed.until);
      if (until === undefined) return false;
    }
    if (timed.kind === "always") return probe.alwaysUntil(until);
    return probe.everUntil(until) === (timed.kind === "ever");
  }

  #momentOf(moment: MomentOfStory): Moment | undefined {
    switch (moment.kind) {
      case "start":
        return FIRST;
      case "end":
        return LAST;
      case "after":
        return { time: this.#stop ?? 0, order: Number.POSITIVE_INFINITY, by: 0 };
      case "when":
        return this.#first(moment.event);
    }
  }

  #ordered(one: EventPattern, other: EventPattern, within: ExprId | undefined): boolean {
    const first = this.#first(one);
    const second = this.#first(other);
    if (first === undefined || second === undefined || !isBefore(first, second)) return false;
    if (within === undefined) return true;
    return second.time - first.time <= this.#milliseconds(within);
  }

  #shifted(event: EventPattern, sign: 1 | -1, by: ExprId | undefined): boolean {
    const here = this.#first(event);
    const there = this.#baseProbe?.first;
    if (here === undefined || there === undefined) return false;
    const least = by === undefined ? 1 : this.#milliseconds(by);
    return sign * (here.time - there.time) >= least;
  }

  #milliseconds(seconds: ExprId): number {
    return Math.round(this.simulation.evaluateNow(seconds) * 1000);
  }

  #interrupted(event: EventPattern, by: EventPattern | undefined): boolean {
    if (event.kind !== "action") return false;
    const times = this.#probes.get(cutOf(event))?.all ?? [];
    return times.some((moment) => by === undefined || this.#cutBy(moment.by, by));
  }

  #cutBy(id: OccurrenceId, by: EventPattern): boolean {
    const { chronicle } = this.simulation;
    return causesBehind(chronicle, id, INTERRUPTION_DEPTH).some(
      (step) => this.#matchesAnyPhase(step.id, by) || this.#brought(step.id, by),
    );
  }

  /** The causes of the first `event` lead back to `cause`. */
  #leadsBack(event: EventPattern, cause: EventPattern): boolean {
    const first = this.#first(event);
    if (first === undefined) return false;
    return causesBehind(this.simulation.chronicle, first.by).some(
      (step) => this.#matchesAnyPhase(step.id, cause) || this.#brought(step.id, cause),
    );
  }

  /** A condition as a cause: the occurrence behind one of its edges. */
  #brought(id: OccurrenceId, event: EventPattern): boolean {
    if (event.kind === "action" || event.kind === "rule") return false;
    return (this.#probes.get(event)?.all ?? []).some((moment) => moment.by === id);
  }

  #matchesAnyPhase(id: OccurrenceId, event: EventPattern): boolean {
    if (event.kind !== "action") return this.#matches(id, event);
    return (["started", "ended", "interrupted", "failed"] as const).some((phase) =>
      this.#matches(id, { ...event, phase }),
    );
  }

  #matches(id: OccurrenceId, event: EventPattern): boolean {
    return matchesPattern(this.simulation.chronicle.get(id), event, (expr) =>
      this.simulation.evaluateNow(expr),
    );
  }
}

/** Undefined is not certain yet. */
function certainOfAll(parts: readonly (boolean | undefined)[]): boolean | undefined {
  if (parts.includes(false)) return false;
  return parts.includes(undefined) ? undefined : true;
}

function not(certain: boolean | undefined): boolean | undefined {
  return certain === undefined ? undefined : !certain;
}

/** Events listened to in a run, by what they are. */
const listened = new WeakMap<Simulation, Map<string, EventProbe>>();

function remember(simulation: Simulation, event: EventPattern, probe: EventProbe): void {
  const known = listened.get(simulation) ?? new Map<string, EventProbe>();
  listened.set(simulation, known.set(JSON.stringify(event), probe));
}

/**
 * Probes must be in before a run begins: where the base was not asked about the event itself, or
 * ended before it came because its own answers were certain, it is played once more.
 */
function probeOfBase(base: Simulation | undefined, event: EventPattern): EventProbe | undefined {
  if (base === undefined) return undefined;
  const known = listened.get(base)?.get(JSON.stringify(event));
  if (known?.first !== undefined || (known !== undefined && base.ended)) return known;
  const again = createSimulation(base.options);
  const probe = new EventProbe(again, event);
  while (probe.first === undefined && again.step());
  return probe;
}
