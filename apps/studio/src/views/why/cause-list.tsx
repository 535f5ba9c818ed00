/**
 * The list twin of the graph: each occurrence once, under what it led to first. What has a single
 * cause is followed by it at the same depth: a long chain is a long list, not a deep one.
 */
import type { CauseGraph, CauseNode } from "fabula";
import { useState } from "react";

export function CauseList({
  graph,
  choose,
}: {
  readonly graph: CauseGraph;
  readonly choose: (occurrence: number) => void;
}) {
  const [open, setOpen] = useState(false);
  return (
    <details className="list-twin" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>As a list</summary>
      {open && <Open graph={graph} choose={choose} />}
    </details>
  );
}

interface Step {
  readonly node: CauseNode;
  readonly kind: string;
}

type Choose = (occurrence: number) => void;

function Open({ graph, choose }: { readonly graph: CauseGraph; readonly choose: Choose }) {
  const byId = new Map(graph.nodes.map((node) => [node.occurrence, node]));
  const causes = new Map<number, Step[]>();
  const placed = new Set([graph.root]);
  for (const { from, to, kind } of graph.links) {
    const node = byId.get(from);
    if (node === undefined || placed.has(from)) continue;
    placed.add(from);
    const known = causes.get(to);
    if (known === undefined) causes.set(to, [{ node, kind }]);
    else known.push({ node, kind });
  }
  const root = byId.get(graph.root);
  if (root === undefined) return null;
  return <Chain first={{ node: root, kind: "asked" }} causes={causes} choose={choose} />;
}

interface ChainProps {
  readonly first: Step;
  readonly causes: ReadonlyMap<number, readonly Step[]>;
  readonly choose: Choose;
}

function Chain({ first, causes, choose }: ChainProps) {
  const steps = [first];
  let own = causesOf(first, causes);
  for (let [only, other] = own; only !== undefined && other === undefined; [only, other] = own) {
    steps.push(only);
    own = causesOf(only, causes);
  }
  return (
    <ul className="chain-of-causes">
      {steps.map((step) => (
        <li key={step.node.occurrence}>
          <Line step={step} choose={choose} />
        </li>
      ))}
      {own.map((cause) => (
        <li key={cause.node.occurrence}>
          <Chain first={cause} causes={causes} choose={choose} />
        </li>
      ))}
    </ul>
  );
}

function causesOf({ node }: Step, causes: ChainProps["causes"]): readonly Step[] {
  return causes.get(node.occurrence) ?? [];
}

function Line({ step: { node, kind }, choose }: { readonly step: Step; readonly choose: Choose }) {
  return (
    <>
      <button type="button" className="link" onClick={() => choose(node.occurrence)}>
        <span className="clock">{node.clock}</span> {node.text}
      </button>
      <span className="kind"> {kind}</span>
      {node.more === "unknown" && <span className="unknown"> the rest is not known</span>}
    </>
  );
}
