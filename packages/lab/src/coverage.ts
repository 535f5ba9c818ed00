/**
 * What of a world ever happens in a story, over many runs, like the coverage of a test: which
 * actions were begun and done, which rules fired, which way each branch of effects went.
 */
import type { Simulation } from "@fabula/engine";
import type { Effect, Span, World } from "@fabula/model";
import { assertSound } from "./story-fault.js";

/** One thing that can happen or never happen. */
export interface CoverageItem {
  readonly kind: "action" | "rule" | "outside" | "branch";
  /** `heal`; of a branch: what it stands in and which way, `rolls: with chance, then`. */
  readonly name: string;
  readonly span: Span;
}

interface Branch {
  readonly effect: Extract<Effect, { kind: "if" | "chance" }>;
  readonly owner: string;
}

/** Everything of the world that coverage looks at, in a fixed order. */
export function coverageItems(world: World): CoverageItem[] {
  const { actions, rules, story } = world;
  return [
    ...actions.map(({ name, span }): CoverageItem => ({ kind: "action", name, span })),
    ...rules.map(({ name, span }): CoverageItem => ({ kind: "rule", name, span })),
    ...story.outside.map(({ span }, index): CoverageItem => {
      return { kind: "outside", name: `from outside (${index + 1})`, span };
    }),
    ...branchesOf(world).flatMap(({ effect, owner }) => {
      const head = effect.kind === "if" ? "if" : "with chance";
      return ["then", "else"].map((way): CoverageItem => {
        return { kind: "branch", name: `${owner}: ${head}, ${way}`, span: effect.span };
      });
    }),
  ];
}

/** Plays a simulation that has not begun: the items, by index, that happened, ascending. */
export function coverRun(world: World, simulation: Simulation): number[] {
  const { actions, rules, story } = world;
  const firstBranch = actions.length + rules.length + story.outside.length;
  const branches = new Map(branchesOf(world).map(({ effect }, index) => [effect, index]));
  const happened = new Set<number>();
  simulation.onBranch((effect, holds) => {
    const index = branches.get(effect);
    if (index !== undefined) happened.add(firstBranch + 2 * index + (holds ? 0 : 1));
  });
  simulation.run();
  assertSound(simulation);
  const { chronicle } = simulation;
  for (let id = 0; id < chronicle.count; id += 1) {
    const [kind, schema] = [chronicle.kindOf(id), chronicle.schemaOf(id)];
    if (kind === "ended" || kind === "interrupted") happened.add(schema);
    else if (kind === "rule") happened.add(actions.length + schema);
    else if (kind === "outside") happened.add(actions.length + rules.length + schema);
  }
  return [...happened].sort((a, b) => a - b);
}

/** Every `if` and `with chance` in effects on the truth, in order of declaration. */
function branchesOf(world: World): Branch[] {
  const branches: Branch[] = [];
  const visit = (owner: string, effects: readonly Effect[]): void => {
    for (const effect of effects) {
      if (effect.kind === "if" || effect.kind === "chance") {
        branches.push({ effect, owner });
        visit(owner, effect.then);
        visit(owner, effect.else);
      } else if ("body" in effect) visit(owner, effect.body);
    }
  };
  for (const action of world.actions) {
    visit(action.name, action.atStart);
    visit(action.name, action.atEnd);
  }
  for (const rule of world.rules) visit(rule.name, rule.then);
  world.story.outside.forEach(({ effects }, index) => {
    visit(`from outside (${index + 1})`, effects);
  });
  return branches;
}

export interface Covered extends CoverageItem {
  /** In how many of the runs. */
  readonly runs: number;
  /** The first seed in which it happened. */
  readonly seed?: number;
}

/** `answers`: by seed, what `coverRun` gave. */
export function coverageOf(
  items: readonly CoverageItem[],
  answers: Iterable<readonly [seed: number, happened: readonly number[]]>,
): Covered[] {
  const runs = items.map(() => 0);
  const seeds = new Map<number, number>();
  for (const [seed, happened] of answers) {
    for (const index of happened) {
      runs[index] = (runs[index] ?? 0) + 1;
      if (!seeds.has(index)) seeds.set(index, seed);
    }
  }
  return items.map((item, index) => {
    const seed = seeds.get(index);
    return { ...item, runs: runs[index] ?? 0, ...(seed === undefined ? {} : { seed }) };
  });
}
