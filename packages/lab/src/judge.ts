/**
 * Answers timed conditions on one run: what happened first, what always held, what the causes of
 * something include. Listens while the run plays and judges when it has ended; listening changes
 * nothing in the run.
 */
import type { Occurrence, OccurrenceId } from "@fabula/chronicle";
import type { Simulation } from "@fabula/engine";
import type { EventPattern, ExprId, Moment, Timed } from "@fabula/model";
import { matches } from "./event-match.js";
import { assertSound } from "./story-fault.js";

/** A point in a run: `order` counts what was noticed, so that one millisecond has an order too. */
interface Point {
  readonly time: number;
  readonly order: number;
}

/** One event over a run. */
interface Track {
  first?: Point;
  /** The occurrence it was, or after which the condition held. */
  by?: OccurrenceId;
  /** A condition: when it first ceased to hold. */
  firstFall?: Point;
  heldAtStart: boolean;
}

interface Check {
  readonly condition: ExprId;
  readonly moment: Moment;
  held: boolean;
}

const endPoint: Point = { time: Number.POSITIVE_INFINITY, order: Number.POSITIVE_INFINITY };

export class Judge {
  readonly #tracks = new Map<string, Track>();
  readonly #checks = new Map<Timed, Check>();
  #order = 0;

  /** `simulation`: fresh. Every condition that will be asked for must be named here. */
  constructor(
    readonly simulation: Simulation,
    conditions: readonly Timed[],
  ) {
    for (const condition of conditions) this.#listenFor(condition);
  }

  /** Plays to the end. Throws a StoryFault where the author's text goes wrong on the way. */
  run(): this {
    const { simulation } = this;
    simulation.begin();
    for (const track of this.#tracks.values()) track.heldAtStart = track.first !== undefined;
    const checks = [...this.#checks.values()];
    for (const check of checks) if (check.moment.kind === "start") this.#evaluate(check);
    for (const { time, check } of this.#timed(checks)) {
      simulation.runUntil(time);
      if (!simulation.ended || simulation.now >= time) this.#evaluate(check);
    }
    simulation.runUntil(Number.POSITIVE_INFINITY);
    assertSound(simulation);
    for (const check of checks) if (check.moment.kind === "end") this.#evaluate(check);
    return this;
  }

  /** After the run. `base`: the judge of the same seed without the changes. */
  answer(condition: Timed, base?: Judge): boolean {
    switch (condition.kind) {
      case "at":
        return this.#checks.get(condition)?.held ?? false;
      case "and":
        return condition.parts.every((part) => this.answer(part, base));
      case "or":
        return condition.parts.some((part) => this.answer(part, base));
      case "not":
        return !this.answer(condition.part, base);
      case "happens":
        return this.firstOf(condition.event) !== undefined;
      case "ever":
      case "never":
      case "always":
        return this.#throughout(condition);
      case "before":
      case "after":
        return this.#inOrder(condition);
      case "later":
      case "earlier":
        return this.#shifted(condition, base);
      case "interrupted":
        return this.#interrupted(condition.event, condition.by);
      case "why":
        return this.#because(condition.event, condition.cause);
      case "kept-back":
        return this.#keptBack(condition);
    }
  }

  /** When an event first happened, and the occurrence it was or came of. */
  firstOf(event: EventPattern): { time: number; by: OccurrenceId } | undefined {
    const track = this.#tracks.get(keyOf(event));
    if (track?.first === undefined) return undefined;
    return { time: track.first.time, by: track.by ?? 0 };
  }

  /** The occurrence at or after which a moment is; undefined where it never comes. */
  occurrenceAt(moment: Moment): OccurrenceId | undefined {
    const { chronicle } = this.simulation;
    if (moment.kind === "start") return 0;
    if (moment.kind === "end") return chronicle.count - 1;
    if (moment.kind === "when") return this.firstOf(moment.event)?.by;
    const time = this.#timeOf(moment);
    if (time > chronicle.endTime) return undefined;
    let last = 0;
    for (let id = 0; id < chronicle.count && chronicle.get(id).time <= time; id += 1) last = id;
    return last;
  }

  /** Listens for the moment alone. */
  listenForMoment(moment: Moment): void {
    if (moment.kind === "when") this.track(moment.event);
  }

  // ---- listening

  #listenFor(condition: Timed): void {
    switch (condition.kind) {
      case "at":
        this.#listenForCheck(condition);
        break;
      case "and":
      case "or":
        for (const part of condition.parts) this.#listenFor(part);
        break;
      case "not":
        this.#listenFor(condition.part);
        break;
      case "before":
      case "after":
        this.track(condition.event);
        this.track(condition.other);
        break;
      case "why":
        this.track(condition.event);
        this.track(condition.cause);
        break;
      case "kept-back":
        break;
      default:
        this.track(condition.event);
        if ("until" in condition && condition.until !== undefined) {
          this.listenForMoment(condition.until);
        }
    }
  }

  #listenForCheck(condition: Extract<Timed, { kind: "at" }>): void {
    const check: Check = { ...condition, held: false };
    this.#checks.set(condition, check);
    const { moment } = check;
    if (moment.kind !== "when") return;
    let done = false;
    this.#onEvent(moment.event, () => {
      if (!done) this.#evaluate(check);
      done = true;
    });
  }

  track(event: EventPattern): void {
    const key = keyOf(event);
    if (this.#tracks.has(key)) return;
    const track: Track = { heldAtStart: false };
    this.#tracks.set(key, track);
    const rises = (by: OccurrenceId) => {
      if (track.first !== undefined) return;
      track.first = this.#point();
      track.by = by;
    };
    const falls = () => {
      track.firstFall ??= this.#point();
    };
    this.#onEvent(event, rises, falls);
  }

  #onEvent(event: EventPattern, rises: (by: OccurrenceId) => void, falls?: () => void): void {
    const { simulation } = this;
    if (event.kind === "action" || event.kind === "rule") {
      simulation.onHappening(event, (id) => rises(id));
      return;
    }
    const watch = simulation.watch(this.#edgeOf(event), (rising) => {
      if (!rising) falls?.();
      else rises(simulation.watches.firstOf(watch)?.by ?? 0);
    });
  }

  /** The condition on whose rising edge such an event happens. */
  #edgeOf(event: Extract<EventPattern, { kind: "becomes" | "learns" }>): ExprId {
    if (event.kind === "becomes") return event.condition;
    const args = [event.subject, event.condition] as const;
    const pool = this.simulation.world.expressions;
    return pool.intern({ op: "believes", args }, { kind: "boolean" });
  }

  #point(): Point {
    this.#order += 1;
    return { time: this.simulation.now, order: this.#order };
  }

  #evaluate(check: Check): void {
    check.held = this.simulation.evaluate(check.condition, []) === 1;
  }

  #timed(checks: readonly Check[]): { time: number; check: Check }[] {
    return checks
      .flatMap((check) =>
        check.moment.kind === "after" ? [{ time: this.#timeOf(check.moment), check }] : [],
      )
      .sort((a, b) => a.time - b.time);
  }

  #timeOf(moment: Extract<Moment, { kind: "after" }>): number {
    const { begins } = this.simulation.world.story;
    return begins + Math.round(this.#number(moment.seconds) * 1000);
  }

  #number(expr: ExprId | undefined): number {
    return expr === undefined ? Number.NaN : this.simulation.evaluate(expr, []);
  }

  // ---- judging

  #pointOf(moment: Moment | undefined): Point | undefined {
    if (moment === undefined || moment.kind === "end") return endPoint;
    if (moment.kind === "start") return { time: this.simulation.world.story.begins, order: 0 };
    if (moment.kind === "when") return this.#tracks.get(keyOf(moment.event))?.first;
    return { time: this.#timeOf(moment), order: Number.POSITIVE_INFINITY };
  }

  /** Where `until` never comes, the whole run is meant. */
  #throughout(condition: Extract<Timed, { kind: "ever" | "always" | "never" }>): boolean {
    const track = this.#tracks.get(keyOf(condition.event));
    const until = this.#pointOf(condition.until) ?? endPoint;
    const happened = track?.first !== undefined && isBefore(track.first, until);
    if (condition.kind === "ever") return happened;
    if (condition.kind === "never") return !happened;
    const fell = track?.firstFall !== undefined && isBefore(track.firstFall, until);
    return (track?.heldAtStart ?? false) && !fell;
  }

  #inOrder(condition: Extract<Timed, { kind: "before" | "after" }>): boolean {
    const event = this.#tracks.get(keyOf(condition.event))?.first;
    const other = this.#tracks.get(keyOf(condition.other))?.first;
    if (event === undefined || other === undefined) return false;
    const [one, two] = condition.kind === "before" ? [event, other] : [other, event];
    if (!isBefore(one, two)) return false;
    if (condition.withinSeconds === undefined) return true;
    return two.time - one.time <= this.#number(condition.withinSeconds) * 1000;
  }

  #shifted(condition: Extract<Timed, { kind: "later" | "earlier" }>, base?: Judge): boolean {
    const now = this.firstOf(condition.event)?.time;
    const before = base?.firstOf(condition.event)?.time;
    if (now === undefined || before === undefined) return false;
    const by = condition.bySeconds === undefined ? 1 : this.#number(condition.bySeconds) * 1000;
    return condition.kind === "later" ? now - before >= by : before - now >= by;
  }

  #interrupted(event: EventPattern, by: EventPattern | undefined): boolean {
    if (event.kind !== "action") return false;
    const pattern = { ...event, phase: "interrupted" } as const;
    return this.#occurrences((occurrence) => {
      if (!this.#means(pattern, occurrence)) return false;
      return by === undefined || this.#causesInclude(occurrence.id, by, 4);
    });
  }

  #because(event: EventPattern, cause: EventPattern): boolean {
    const first = this.firstOf(event);
    return first !== undefined && this.#causesInclude(first.by, cause, Number.POSITIVE_INFINITY);
  }

  /** Whether the causes of an occurrence, to this depth, include one that the event means. */
  #causesInclude(from: OccurrenceId, event: EventPattern, depthMax: number): boolean {
    const { chronicle } = this.simulation;
    const wanted = event.kind === "becomes" || event.kind === "learns" ? this.firstOf(event)?.by : -1;
    if (wanted === undefined) return false;
    const seen = new Set([from]);
    let level = [from];
    for (let depth = 0; depth < depthMax && level.length > 0; depth += 1) {
      const next: OccurrenceId[] = [];
      for (const id of level) {
        for (const cause of chronicle.get(id).causes) {
          if (seen.has(cause.from)) continue;
          seen.add(cause.from);
          next.push(cause.from);
          const found = wanted === -1 ? this.#means(event, chronicle.get(cause.from)) : cause.from === wanted;
          if (found) return true;
        }
      }
      level = next;
    }
    return false;
  }

  /** An act is meant at whichever of its ends; an event of a phase at that one. */
  #means(event: EventPattern, occurrence: Occurrence): boolean {
    if (event.kind === "action" && event.phase !== "ended" && event.phase !== occurrence.kind) {
      return false;
    }
    return matches(this.simulation.world, event, occurrence);
  }

  #keptBack(condition: Extract<Timed, { kind: "kept-back" }>): boolean {
    const { world } = this.simulation;
    const who = this.#number(condition.who);
    return this.#occurrences(({ kind, decision }) => {
      if (kind !== "kept-back" || decision === undefined || decision.who !== who) return false;
      if (!says(this.simulation, decision.chosen, condition.claim)) return false;
      if (condition.because === undefined) return true;
      return decision.reasons.some((reason) =>
        reason.wants.some(
          ({ want, gain }) => gain < 0 && world.wants[want]?.claim === condition.because,
        ),
      );
    });
  }

  #occurrences(means: (occurrence: Occurrence) => boolean): boolean {
    const { chronicle } = this.simulation;
    for (let id = 0; id < chronicle.count; id += 1) if (means(chronicle.get(id))) return true;
    return false;
  }
}

/** Whether a deed carries the claim among its arguments. */
function says(simulation: Simulation, deed: ExprId, claim: ExprId): boolean {
  if (deed < 0) return false;
  const pool = simulation.world.expressions;
  const node = pool.get(deed);
  if (node.op !== "deed") return false;
  return node.args.some((arg) => {
    const inner = pool.get(arg);
    return inner.op === "claim" && inner.args[0] === claim;
  });
}

function isBefore(one: Point, two: Point): boolean {
  return one.time < two.time || (one.time === two.time && one.order < two.order);
}

function keyOf(event: EventPattern): string {
  return JSON.stringify(event);
}
