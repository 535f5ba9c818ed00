/** Where the nodes of a large graph of causes stand. */
import type { CauseGraph } from "fabula";

/** Pixels. */
export const nodeWidth = 230;
export const nodeHeight = 76;
export const gap = { beside: 22, below: 44 };

export interface Placed {
  readonly occurrence: number;
  readonly x: number;
  readonly y: number;
}

/**
 * Each below all its causes by the longest way; in a layer, in the order of where their causes stand
 * on average. Takes time in proportion to nodes and links.
 */
export function layOutMany({ nodes, links }: CauseGraph): readonly Placed[] {
  const causesOf = new Map<number, number[]>();
  for (const { occurrence } of nodes) causesOf.set(occurrence, []);
  for (const { from, to } of links) causesOf.get(to)?.push(from);
  const placed = new Map<number, Placed>();
  const layers: number[][] = [];
  const layerOf = new Map<number, number>();
  // A cause has a smaller number than what it led to.
  for (const occurrence of nodes.map((node) => node.occurrence).sort((a, b) => a - b)) {
    const above = (causesOf.get(occurrence) ?? []).map((cause) => layerOf.get(cause) ?? -1);
    const layer = 1 + Math.max(-1, ...above);
    layerOf.set(occurrence, layer);
    layers[layer] ??= [];
    layers[layer].push(occurrence);
  }
  layers.forEach((layer, row) => {
    const wished = layer.map((occurrence) => {
      const xs = (causesOf.get(occurrence) ?? []).flatMap((cause) => placed.get(cause)?.x ?? []);
      const x = xs.reduce((sum, one) => sum + one, 0) / Math.max(1, xs.length);
      return { occurrence, x };
    });
    wished.sort((a, b) => a.x - b.x || a.occurrence - b.occurrence);
    const middle = wished.reduce((sum, one) => sum + one.x, 0) / wished.length;
    wished.forEach(({ occurrence }, column) => {
      const x = middle + (column - (wished.length - 1) / 2) * (nodeWidth + gap.beside);
      placed.set(occurrence, { occurrence, x, y: row * (nodeHeight + gap.below) });
    });
  });
  return [...placed.values()];
}
