/** Where the nodes of a graph of causes stand: causes above what they led to. */

import type { ELK as Elk } from "elkjs/lib/elk-api";
import type { CauseGraph } from "fabula";
import { gap, layOutMany, nodeHeight, nodeWidth, type Placed } from "./layers";

let elk: Promise<Elk> | undefined;

/** Nodes up to which crossings are avoided with care: the work for that grows with their square. */
const carefulMax = 160;

/** In layers: with care in a worker of its own, or at once where there are many. */
export async function layOut(causes: CauseGraph): Promise<readonly Placed[]> {
  return causes.nodes.length <= carefulMax ? layOutWithCare(causes) : layOutMany(causes);
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
