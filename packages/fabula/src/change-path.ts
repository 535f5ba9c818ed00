/** How a change brings an ending about in one run: from where the runs part, by causes. */
import type { Occurrence } from "@fabula/chronicle";
import { matches } from "@fabula/lab";
import type { EventPattern, ExprId, Intervention, Timed, World } from "@fabula/model";
import type { OpenedStory } from "./opened-story.js";
import type { ToldFollowing } from "./told-difference.js";
import type { Following } from "./what-followed.js";
import { compareRuns, playBoth } from "./what-if.js";

/** `again`: what comes in the same words time after time is one step. */
export type PathStep = Pick<ToldFollowing, "clock" | "text" | "happens" | "again">;

/** `path`: [] where nothing that was asked about differs by causes that were recorded. */
export function pathOfChange(
  story: OpenedStory,
  timed: Timed,
  changes: readonly Intervention[],
  options: { readonly seed: number; readonly jitter: number },
): { readonly clock: string | null; readonly path: readonly PathStep[] } {
  const [base, changed] = playBoth(story, changes, { ...options, changes: [] });
  const { firstDivergence, followed } = compareRuns(base, changed);
  const asked = askedAbout(story.world, timed);
  const names = new Set<string>();
  for (const { simulation, words } of [base, changed]) {
    const { chronicle } = simulation;
    for (let id = 1; id < chronicle.count; id += 1) {
      const occurrence = chronicle.get(id);
      if (isAskedAbout(story.world, asked, occurrence)) names.add(words.label(occurrence));
    }
  }
  const last = followed.findLastIndex((one) => names.has(one.what));
  const indexes: number[] = [];
  for (let at: number | undefined = last; at !== undefined && at >= 0; ) {
    indexes.unshift(at);
    const from: readonly number[] = followed[at]?.from ?? [];
    at = from.filter((one) => !indexes.includes(one)).at(-1);
  }
  const path: PathStep[] = [];
  for (const index of indexes) {
    const { clock, text, happens } = followed[index] as Following;
    const before = path.at(-1);
    if (before?.text === text && before.happens === happens) {
      const again = { times: (before.again?.times ?? 1) + 1, lastClock: clock };
      path[path.length - 1] = { ...before, again };
    } else path.push({ clock, text, happens });
  }
  return { clock: firstDivergence?.clock ?? null, path };
}

interface AskedAbout {
  /** `fluent,args` where all are written out; else the fluent alone. */
  readonly places: ReadonlySet<string>;
  readonly events: readonly EventPattern[];
}

function isAskedAbout(world: World, { places, events }: AskedAbout, one: Occurrence): boolean {
  if (events.some((event) => matches(world, event, one))) return true;
  return one.writes.some(
    ({ fluent, args }) => places.has(String(fluent)) || places.has([fluent, ...args].join()),
  );
}

function askedAbout(world: World, timed: Timed): AskedAbout {
  const places = new Set<string>();
  const events: EventPattern[] = [];
  const ofEvent = (event: EventPattern): void => {
    if (event.kind === "becomes" || event.kind === "learns") ofExpr(event.condition);
    else events.push(event);
  };
  const ofExpr = (expr: ExprId): void => {
    const node = world.expressions.get(expr);
    if (node.op === "fluent") {
      const named = node.args.map((arg) => {
        const inner = world.expressions.get(arg);
        return inner.op === "entity" ? inner.entity : undefined;
      });
      const isNamed = named.every((one) => one !== undefined);
      places.add(isNamed ? [node.fluent, ...named].join() : String(node.fluent));
    }
    if ("args" in node) for (const arg of node.args) ofExpr(arg);
  };
  const ofTimed = (one: Timed): void => {
    if (one.kind === "at") ofExpr(one.condition);
    else if ("parts" in one) one.parts.forEach(ofTimed);
    else if (one.kind === "not") ofTimed(one.part);
    else if ("event" in one) ofEvent(one.event);
    if ("other" in one) ofEvent(one.other);
  };
  ofTimed(timed);
  return { places, events };
}
