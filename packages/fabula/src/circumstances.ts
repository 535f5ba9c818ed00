/** What the author lets be otherwise (`may change`), as changes that a search can try. */
import type { Simulation } from "@fabula/engine";
import { describeExpression, describeValue } from "@fabula/language";
import type { Circumstance, Draw, ExprId, ValueType, World } from "@fabula/model";

/** Lines of a what-if that go together, and how much they ask. */
export interface Alternative {
  readonly lines: readonly string[];
  /** What the author calls it, or its parts. */
  readonly titles?: readonly string[];
  readonly asks: number;
  /** What it gives another value: in one story only one. */
  readonly places?: readonly string[];
  /** Where a number was moved to an end of its range: how far towards it may be enough. */
  readonly amount?: Amount;
}

export interface Amount {
  /** What the number is as the story stands, and the end of its range that it was moved to. */
  readonly from: number;
  readonly to: number;
  at(value: number): Alternative;
}

/** What a circumstance asks, against the worth of a choice; a number, by how far it is moved. */
export const circumstanceAsks = 10;
/** Of a type with more, only the first are tried in a place. */
const thingsMax = 24;

/** `start`: a run at its beginning, which says what is as the story stands. */
export function alternativesTo(circumstance: Circumstance, start: Simulation): Alternative[] {
  if (circumstance.kind === "lines") {
    const { lines, title } = circumstance;
    return [{ lines, titles: [title], asks: circumstanceAsks }];
  }
  const { world } = start;
  const { to, value } = circumstance;
  const type = world.expressions.typeOf(value);
  const what = describeExpression(world, value);
  const now = start.evaluate(value);
  const places = [what];
  const set = (other: string, asks = circumstanceAsks): Alternative => {
    return { lines: [`set ${what} = ${other}`], asks, places };
  };
  const isOther = (other: number) => !Object.is(other, now);
  if (to !== undefined && to.high === undefined) return [set(textOf(world, to, type))];
  if (type.kind === "number") {
    const { low, high } = rangeOf(world, value, to);
    const amount = (end: number): Alternative => {
      const at = (moved: number): Alternative => {
        const share = Number.isNaN(now) ? 1 : Math.abs(moved - now) / (high - low);
        return set(describeValue(world, moved, type), circumstanceAsks * share);
      };
      return Number.isNaN(now) ? at(end) : { ...at(end), amount: { from: now, to: end, at } };
    };
    return [low, high].filter(isOther).map(amount);
  }
  if (type.kind === "boolean") {
    const line = now === 1 ? `set not ${what}` : `set ${what}`;
    return [{ lines: [line], asks: circumstanceAsks, places }];
  }
  return othersOf(world, type)
    .filter(isOther)
    .slice(0, thingsMax)
    .map((other) => set(describeValue(world, other, type)));
}

function textOf(world: World, { low }: Draw, type: ValueType): string {
  const node = world.expressions.get(low);
  return node.op === "constant"
    ? describeValue(world, node.value, type)
    : describeExpression(world, low);
}

function rangeOf(world: World, value: ExprId, to: Draw | undefined) {
  const field = world.expressions.get(value);
  const declared = field.op === "fluent" ? world.fluents[field.fluent] : undefined;
  const ends = [to?.low, to?.high].map((end) => {
    const node = end === undefined ? undefined : world.expressions.get(end);
    return node?.op === "constant" ? node.value : undefined;
  });
  return { low: ends[0] ?? declared?.low ?? 0, high: ends[1] ?? declared?.high ?? 0 };
}

/** Every value of a type that has a list of them. */
function othersOf(world: World, type: ValueType): number[] {
  if (type.kind === "symbol") return (world.types[type.type]?.symbols ?? []).map((_, at) => at);
  if (type.kind !== "entity") return [];
  return world.entities
    .filter(({ absent, id }) => absent !== true && id > 0)
    .filter((one) => world.types[one.type]?.ancestors.includes(type.type))
    .map((one) => one.id);
}
