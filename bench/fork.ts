/**
 * Forking a world of 100,000 entities with rows of 128 bytes, writing one fluent of one of them,
 * and letting the fork go. The baseline copies the whole state, as a program without forks would.
 * Sixteen words an entity stand for a row of 128 bytes; the arena carries a head beside each.
 */
import { createSimulation } from "@fabula/engine";
import { Arena, PAGE_WORDS } from "../packages/engine/src/state/arena.js";
import type { Comparison, Contender } from "./comparison.js";
import { readDrums } from "./drums.js";

const entityCount = 100_000;
const wordsARow = 16;
const forksARound = 50;

/** Rows as floating point numbers and as integers, half of a row each. */
interface PlainState {
  readonly numbers: Float64Array;
  readonly words: Int32Array;
}

const copyAll: Contender = {
  name: "structuredClone of typed arrays",
  prepare: () => {
    const state: PlainState = {
      numbers: new Float64Array((entityCount * wordsARow) / 2).fill(1.5),
      words: new Int32Array(entityCount * wordsARow).fill(7),
    };
    let turn = 0;
    return () => {
      let checksum = 0;
      for (let count = 0; count < forksARound; count += 1) {
        const fork = structuredClone(state);
        turn = (turn + 7_919) % entityCount;
        const word = turn * wordsARow;
        fork.words[word] = count;
        checksum += (fork.words[word] as number) * 2 + (state.words[word] as number);
      }
      return checksum;
    };
  },
};

/** The engine's arena: a mark, one write (which saves one page), and back. */
export const arenaFork: Contender = {
  name: "the engine's arena",
  repeats: 1_000,
  prepare: () => {
    const arena = new Arena();
    const base = arena.allocatePage();
    const pages = Math.ceil((entityCount * wordsARow) / PAGE_WORDS);
    for (let page = 1; page < pages; page += 1) arena.allocatePage();
    for (let word = 0; word < pages * PAGE_WORDS; word += 1) arena.write(base + word, 7);
    let turn = 0;
    return () => {
      let checksum = 0;
      for (let count = 0; count < forksARound; count += 1) {
        const mark = arena.mark();
        turn = (turn + 7_919) % entityCount;
        const address = base + turn * wordsARow;
        arena.write(address, count);
        const written = arena.read(address);
        arena.drop(mark);
        checksum += written * 2 + arena.read(address);
      }
      return checksum;
    };
  },
};

/** A whole run of 100,000 drums, under way: a fork, perhaps its next instant, and back. */
function simulationFork(name: string, steps: number): Contender {
  return {
    name,
    repeats: 20,
    prepare: () => {
      const simulation = createSimulation({ world: readDrums(entityCount), seed: 1 });
      for (let step = 0; step < 100; step += 1) simulation.step();
      return () => {
        let occurrences = 0;
        for (let count = 0; count < forksARound; count += 1) {
          const fork = simulation.fork();
          for (let step = 0; step < steps; step += 1) simulation.step();
          occurrences += simulation.chronicle.count;
          fork.drop();
        }
        return occurrences;
      };
    },
  };
}

export function compareWorldForks(): Comparison {
  return {
    name: `fork-world-${entityCount}`,
    operation: `fork of a world of ${entityCount} entities, dropped`,
    operations: forksARound,
    baseline: copyAll,
    contenders: [
      simulationFork("the engine's simulation", 0),
      simulationFork("the same, played on for one instant of about 20 occurrences", 1),
    ],
    mustAgree: false,
  };
}

export function compareForks(others: readonly Contender[]): Comparison {
  return {
    name: "fork-100000",
    operation: `fork of ${entityCount} entities, one write, dropped`,
    operations: forksARound,
    baseline: copyAll,
    contenders: others,
    mustAgree: true,
  };
}
