/**
 * Occurrences of a world of drums (worlds/drums.fabula): each fills by a process, is struck by a
 * rule when it is full, and begins again. The engine records every stroke with its causes and
 * writes; nobody thinks. The baseline is what a program written for drums alone would do: a bare
 * heap of times, and a record of 64 bytes for every stroke.
 */
import { createSimulation } from "@fabula/engine";
import { BinaryHeap } from "./binary-heap.js";
import type { Comparison, Contender } from "./comparison.js";
import { readDrums } from "./drums.js";

const strokesARound = 20_000;
const recordWords = 8;
const recordCount = 1 << 16;

export function compareOccurrences(drumCount: number): Comparison {
  return {
    name: `occurrences-${drumCount}`,
    operation: `stroke of one of ${drumCount} drums`,
    operations: strokesARound,
    baseline: bareLoop(drumCount),
    contenders: [engineRun(drumCount)],
    mustAgree: false,
  };
}

function bareLoop(drumCount: number): Contender {
  return {
    name: "bare loop",
    prepare: () => {
      const heap = new BinaryHeap(drumCount);
      const records = new Float64Array(recordCount * recordWords);
      const periods = new Float64Array(drumCount);
      for (let drum = 0; drum < drumCount; drum += 1) {
        const pace = 0.5 + (Math.imul(drum + 1, 0x9e3779b1) >>> 0) / 2 ** 32;
        periods[drum] = Math.round(5000 / pace);
        heap.push(periods[drum] as number, drum);
      }
      let next = 0;
      return () => {
        for (let stroke = 0; stroke < strokesARound; stroke += 1) {
          const time = heap.firstTime;
          const drum = heap.pop();
          const record = next * recordWords;
          records[record] = time;
          records[record + 1] = drum;
          records[record + 2] = (records[record + 2] as number) + 1;
          next = (next + 1) % recordCount;
          heap.push(time + (periods[drum] as number), drum);
        }
        return next;
      };
    },
  };
}

function engineRun(drumCount: number): Contender {
  return {
    name: "the engine, chronicle on",
    prepare: () => {
      const simulation = createSimulation({ world: readDrums(drumCount), seed: 1 });
      simulation.begin();
      return () => {
        const target = simulation.chronicle.count + strokesARound;
        while (simulation.chronicle.count < target) {
          if (!simulation.step()) throw new Error(JSON.stringify(simulation.diagnostics));
        }
        return simulation.chronicle.count;
      };
    },
  };
}
