/** Which fields an action can write, and whose, known before it is done. */
import type { ActionSchema, Effect, ExprId, FluentId, Place, World } from "@fabula/model";

/** A place in what an action does. */
export interface Write {
  readonly action: ActionSchema;
  /** Over the parameters of the action; -1: whoever it is. */
  readonly args: readonly ExprId[];
}

const ofWorlds = new WeakMap<World, ReadonlyMap<FluentId, readonly Write[]>>();

/** By fluent: the actions that write it, in order of declaration. */
export function writesOf(world: World): ReadonlyMap<FluentId, readonly Write[]> {
  let known = ofWorlds.get(world);
  if (known === undefined) {
    known = findWrites(world);
    ofWorlds.set(world, known);
  }
  return known;
}

function findWrites(world: World): ReadonlyMap<FluentId, readonly Write[]> {
  const found = new Map<FluentId, Write[]>();
  for (const action of world.actions) {
    const add = ({ fluent, args }: Place): void => {
      const list = found.get(fluent) ?? [];
      list.push({ action, args });
      found.set(fluent, list);
    };
    for (const { place } of action.whileLasting) add(place);
    eachPlace(world, [...action.atStart, ...action.atEnd], new Set([action.id]), add);
  }
  return found;
}

function eachPlace(
  world: World,
  effects: readonly Effect[],
  within: ReadonlySet<number>,
  add: (place: Place) => void,
): void {
  for (const effect of effects) {
    switch (effect.kind) {
      case "set":
      case "shift":
        add(effect.place);
        break;
      case "if":
      case "chance":
        eachPlace(world, [...effect.then, ...effect.else], within, add);
        break;
      case "create":
      case "every":
      case "every-claim":
        eachPlace(world, effect.body, within, add);
        break;
      case "do": {
        const node = world.expressions.get(effect.deed);
        const done = node.op === "deed" ? world.actions[node.action] : undefined;
        if (done === undefined || within.has(done.id)) break;
        // The parameters are another action's: whose place it is shows when it is tried.
        eachPlace(world, [...done.atStart, ...done.atEnd], new Set([...within, done.id]), (place) =>
          add({ fluent: place.fluent, args: [] }),
        );
      }
    }
  }
}
