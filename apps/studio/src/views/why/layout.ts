/** Where the nodes of a graph of causes stand: causes above what they led to. */

import type { ELK as Elk } from "elkjs/lib/elk-api";
import type { CauseGraph } from "fabula";

export const nodeWidth = 230;
export const nodeHeight = 76;

export interface Placed {
  readonly occurrence: number;
  readonly x: number;
  readonly y: number;
}

let elk: Promise<Elk> | undefined;

/** Nodes up to which crossings are avoided with care: the work for that grows with their square. */
const carefulMax = 160;
const gap = { beside: 22, below: 44 };

/** In layers: with care in a worker of its own, or at once where there are many. */
export async function layOut(causes: CauseGraph): Promise<readonly Placed[]> {
  return causes.nodes.length <= carefulMax ? layOutWithCare(causes) : layOutMany(causes);
}

/**
 * Each below all its causes by the longest way; in a layer, in the order of where their causes stand
 * on average. Takes time in proportion to nodes and links.
 */
export function layOutMany({ nodes, links }: CauseGraph): readonly Placed[] {
  const causesOf = new Map<number, number[]>();
  for (const { from, to } of links) causesOf.set(to, [...(causesOf.get(to) ?? []), from]);
  const placed = new Map<number, Placed>();
  const layers: number[][] = [];
  const layerOf = new Map<number, number>();
  // A cause has a smaller number than what it led to.
  for (const occurrence of nodes.map((node) => node.occurrence).sort((a, b) => a - b)) {
    const above = (causesOf.get(occurrence) ?? []).map((cause) => layerOf.get(cause) ?? -1);
    const layer = 1 + Math.max(-1, ...above);
    layerOf.set(occurrence, layer);
    layers[layer] = [...(layers[layer] ?? []), occurrence];
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

async function layOutWithCare({ nodes, links }: CauseGraph): Promise<readonly Placed[]> {
  elk ??= createElk();
  const graph = await (await elk).layout({
    id: "causes",
    layoutOptions: {
      "elk.algorithm": "layered",
      "elk.direction": "DOWN",
      "elk.layered.spacing.nodeNodeBetweenLayers": String(gap.below),
      "elk.spacing.nodeNode": String(gap.beside),
      "elk.layered.layering.strategy": "LONGEST_PATH",
      "elk.layered.thoroughness": "2",
      "elk.layered.nodePlacement.strategy": "BRANDES_KOEPF",
      "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
    },
    children: nodes.map((node) => ({
      id: String(node.occurrence),
      width: nodeWidth,
      height: nodeHeight,
    })),
    edges: links.map(({ from, to }) => ({
      id: `${from}-${to}`,
      sources: [String(from)],
      targets: [String(to)],
    })),
  });
  return (graph.children ?? []).map(({ id, x = 0, y = 0 }) => ({ occurrence: Number(id), x, y }));
}

async function createElk(): Promise<Elk> {
  const [{ default: ELK }, { default: workerUrl }] = await Promise.all([
    import("elkjs/lib/elk-api"),
    import("elkjs/lib/elk-worker.min.js?url"),
  ]);
  return new ELK({ workerUrl });
}
