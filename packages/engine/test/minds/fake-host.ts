/** A host without a world behind it: cells in an array, a truth that knows only its start. */
import type { World } from "@fabula/model";
import { Writer } from "../../src/minds/beliefs/writer.js";
import type { ChooserHost } from "../../src/minds/choosing/chooser-host.js";
import { Learning } from "../../src/minds/learning/learn.js";
import { Evaluator } from "../../src/minds/reading/evaluator.js";

export interface Bench {
  readonly reader: Evaluator;
  readonly writer: Writer;
  readonly learning: Learning;
  readonly host: { now: number };
  /** Beliefs recorded so far: [holder, after]. */
  readonly recorded: [number, number][];
  /** The mind of one, or what one thinks the next believes. */
  mind(...chain: number[]): number;
  confidence(perspective: number, claim: number): number;
  /** For good, certain or as sure as this. */
  know(perspective: number, claim: number, sure?: number): void;
  evidence(perspective: number, claim: number, factor: number): void;
}

export function bench(world: World): Bench {
  const values: number[] = [];
  const recorded: [number, number][] = [];
  const host = {
    world,
    now: 0,
    cells: {
      allocate: (initial: number) => values.push(initial) - 1,
      get: (cell: number) => values[cell] as number,
      set: (cell: number, value: number) => {
        values[cell] = value;
      },
    },
    draw: () => 0.5,
    schedule: () => {},
    cancel: () => {},
    carryOut: () => true,
    underWay: () => [],
    isBusy: () => false,
    interrupt: () => {},
    isForbidden: () => false,
    recordBelief: (change: { holder: number; after: number }) =>
      recorded.push([change.holder, change.after]),
    recordDecision: () => 0,
  };
  const reader = new Evaluator(host as unknown as ChooserHost);
  const writer = new Writer(reader);
  const learning = new Learning(reader, writer);
  const from = { source: "start", by: -1, cause: 0 } as const;
  return {
    reader,
    writer,
    learning,
    host,
    recorded,
    mind: (first, ...rest) => {
      const chain = reader.space.perspectives;
      return rest.reduce((at, one) => chain.extend(at, one), chain.root(first as number));
    },
    confidence: (perspective, claim) => reader.soft(perspective, claim, []),
    know: (perspective, claim, sure = 1) =>
      writer.forGood(from, () => learning.believe(perspective, claim, sure)),
    evidence: (perspective, claim, factor) =>
      writer.forGood(from, () => learning.evidence(perspective, claim, factor)),
  };
}
