/** What a condition on a whole run is made of: its parts, its moment, the events it listens to. */
import type { EventPattern, Moment, Timed } from "@fabula/model";

export function partsOf(timed: Timed): readonly Timed[] {
  if (timed.kind === "and" || timed.kind === "or") return timed.parts;
  return timed.kind === "not" ? [timed.part] : [];
}

export function momentOf(timed: Timed): Moment | undefined {
  if (timed.kind === "at") return timed.moment;
  const bounded = timed.kind === "ever" || timed.kind === "always" || timed.kind === "never";
  return bounded ? timed.until : undefined;
}

/** The events a condition itself must listen to. */
export function eventsOf(timed: Timed): EventPattern[] {
  const moment = momentOf(timed);
  const own = moment?.kind === "when" ? [moment.event] : [];
  switch (timed.kind) {
    case "happens":
    case "ever":
    case "always":
    case "never":
    case "later":
    case "earlier":
      return [...own, timed.event];
    case "before":
    case "after":
      return [timed.event, timed.other];
    case "interrupted":
      return timed.by === undefined ? [cutOf(timed.event)] : [cutOf(timed.event), timed.by];
    case "why":
      return [timed.event, timed.cause];
    default:
      return own;
  }
}

const cuts = new WeakMap<EventPattern, EventPattern>();

/** The pattern of being cut short, for an action. */
export function cutOf(event: EventPattern): EventPattern {
  if (event.kind !== "action") return event;
  let cut = cuts.get(event);
  if (cut === undefined) {
    cut = { ...event, phase: "interrupted" };
    cuts.set(event, cut);
  }
  return cut;
}
