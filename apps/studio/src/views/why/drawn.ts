/**
 * What of a graph of causes is drawn. A link is left out where a longer way shows that the one led
 * to the other, and how things stood at the beginning where anything else led there: the list has
 * every link.
 */
import type { CauseGraph } from "fabula";

/** Up to so many occurrences: what is behind each is kept, a bit for every other. */
const reducedMax = 10_000;

export function drawnOf(graph: CauseGraph): CauseGraph {
  if (graph.nodes.length > reducedMax) return graph;
  // A cause has a smaller number than what it led to.
  const ids = graph.nodes.map((node) => node.occurrence).sort((a, b) => a - b);
  const rows = new Map(ids.map((id, row) => [id, row]));
  const causes: number[][] = ids.map(() => []);
  for (const { from, to } of graph.links) {
    causes[rows.get(to) as number]?.push(rows.get(from) as number);
  }
  const behind: Uint32Array[] = [];
  const drawn = new Set<string>();
  causes.forEach((all, to) => {
    const others = all.filter((from) => ids[from] !== 0);
    const reached = new Uint32Array((ids.length + 31) >> 5);
    for (const from of (others.length === 0 ? all : others).sort((a, b) => b - a)) {
      if (has(reached, from)) continue;
      drawn.add(`${ids[from]}-${ids[to]}`);
      behind[from]?.forEach((bits, word) => {
        reached[word] = (reached[word] ?? 0) | bits;
      });
      reached[from >> 5] = (reached[from >> 5] ?? 0) | (1 << (from & 31));
    }
    behind[to] = reached;
  });
  const links = graph.links.filter(({ from, to }) => drawn.has(`${from}-${to}`));
  const linked = new Set([graph.root, ...links.flatMap(({ from, to }) => [from, to])]);
  return { ...graph, links, nodes: graph.nodes.filter((node) => linked.has(node.occurrence)) };
}

function has(bits: Uint32Array, index: number): boolean {
  return ((bits[index >> 5] ?? 0) & (1 << (index & 31))) !== 0;
}
