/** The list twin of the graph: each occurrence once, under what it led to first. */
import type { CauseGraph, CauseNode } from "fabula";

export function CauseList({
  graph,
  choose,
}: {
  readonly graph: CauseGraph;
  readonly choose: (occurrence: number) => void;
}) {
  const byId = new Map(graph.nodes.map((node) => [node.occurrence, node]));
  const causes = new Map<number, { node: CauseNode; kind: string }[]>();
  const placed = new Set([graph.root]);
  for (const { from, to, kind } of graph.links) {
    const node = byId.get(from);
    if (node === undefined || placed.has(from)) continue;
    placed.add(from);
    causes.set(to, [...(causes.get(to) ?? []), { node, kind }]);
  }
  const root = byId.get(graph.root);
  return (
    <details className="list-twin">
      <summary>As a list</summary>
      {root && <Branch node={root} kind="asked" causes={causes} choose={choose} />}
    </details>
  );
}

interface BranchProps {
  readonly node: CauseNode;
  readonly kind: string;
  readonly causes: ReadonlyMap<number, readonly { node: CauseNode; kind: string }[]>;
  readonly choose: (occurrence: number) => void;
}

function Branch({ node, kind, causes, choose }: BranchProps) {
  const own = causes.get(node.occurrence) ?? [];
  return (
    <div className="branch-of-causes">
      <button type="button" className="link" onClick={() => choose(node.occurrence)}>
        <span className="clock">{node.clock}</span> {node.text}
      </button>
      <span className="kind"> {kind}</span>
      {node.more === "unknown" && <span className="unknown"> the rest is not known</span>}
      {own.length > 0 && (
        <ul>
          {own.map((cause) => (
            <li key={cause.node.occurrence}>
              <Branch node={cause.node} kind={cause.kind} causes={causes} choose={choose} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
