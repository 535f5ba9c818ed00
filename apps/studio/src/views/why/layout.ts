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

/** Layered, in a worker of its own. */
export async function layOut({ nodes, links }: CauseGraph): Promise<readonly Placed[]> {
  elk ??= createElk();
  const graph = await (await elk).layout({
    id: "causes",
    layoutOptions: {
      "elk.algorithm": "layered",
      "elk.direction": "DOWN",
      "elk.layered.spacing.nodeNodeBetweenLayers": "44",
      "elk.spacing.nodeNode": "22",
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
