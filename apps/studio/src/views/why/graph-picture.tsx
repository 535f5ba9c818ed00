/** The graph of causes, drawn. Only what is on screen is in the page. */
import { Background, Controls, type Edge, type Node, ReactFlow } from "@xyflow/react";
import "@xyflow/react/dist/style.css";
import type { CauseGraph, CauseNode } from "fabula";
import { useEffect, useMemo, useState } from "react";
import { Waiting } from "../../parts/waiting";
import { useSession } from "../../shell/session";
import { drawnOf } from "./drawn";
import { nodeHeight, nodeWidth, type Placed } from "./layers";
import { layOut } from "./layout";

type CauseFlowNode = Node<{ label: string }>;

export function GraphPicture({
  graph: whole,
  choose,
}: {
  readonly graph: CauseGraph;
  readonly choose: (occurrence: number) => void;
}) {
  const graph = useMemo(() => drawnOf(whole), [whole]);
  const { place } = useSession();
  const [placed, setPlaced] = useState<readonly Placed[] | undefined>();
  useEffect(() => {
    let over = false;
    layOut(graph).then((result) => {
      if (!over) setPlaced(result);
    });
    return () => {
      over = true;
    };
  }, [graph]);
  const nodes = useMemo(
    () => placed && toNodes(graph, placed, place.at),
    [graph, placed, place.at],
  );
  const edges = useMemo(() => toEdges(graph), [graph]);
  if (nodes === undefined || placed === undefined) return <Waiting what="Laying the causes out" />;
  return (
    <div className="graph" data-laid-out={placed.length}>
      <ReactFlow
        key={graph.root}
        nodes={nodes}
        edges={edges}
        onNodeClick={(_event, node) => choose(Number(node.id))}
        onlyRenderVisibleElements
        nodesDraggable={false}
        nodesConnectable={false}
        fitView
        fitViewOptions={{ maxZoom: 1, minZoom: readable, nodes: nearest(graph) }}
        minZoom={0.05}
        proOptions={{ hideAttribution: true }}
        ariaLabelConfig={{ "node.a11yDescription.default": "Press Enter to look behind it." }}
      >
        <Background />
        <Controls showInteractive={false} />
      </ReactFlow>
    </div>
  );
}

/** The least zoom at which a text is still read: what does not fit is a drag away. */
const readable = 0.7;

/** Occurrences that the first picture makes room for. */
const nearestMax = 6;

/** What is asked about and the last few things that led to it: where one starts looking. */
function nearest({ links, root }: CauseGraph): { id: string }[] {
  const shown = [root];
  for (let index = 0; index < shown.length && shown.length < nearestMax; index += 1) {
    const causes = links.filter((link) => link.to === shown[index]).map((link) => link.from);
    const last = causes.filter((from) => !shown.includes(from)).sort((a, b) => b - a);
    shown.push(...last.slice(0, Math.min(3, nearestMax - shown.length)));
  }
  return shown.map((occurrence) => ({ id: String(occurrence) }));
}

function toNodes(graph: CauseGraph, placed: readonly Placed[], at: number): CauseFlowNode[] {
  const positions = new Map(placed.map((one) => [one.occurrence, one]));
  return graph.nodes.map((node) => {
    const { x = 0, y = 0 } = positions.get(node.occurrence) ?? {};
    return {
      id: String(node.occurrence),
      position: { x, y },
      width: nodeWidth,
      height: nodeHeight,
      data: { label: labelOf(node) },
      className: classOf(node, graph.root, at),
      ariaLabel: `${node.clock} ${node.text}`,
    };
  });
}

function labelOf({ clock, text }: CauseNode): string {
  const short = text.length > 78 ? `${text.slice(0, 76)} …` : text;
  return `${clock.replace(/^.* /, "")}  ${short}`;
}

function classOf(node: CauseNode, root: number, at: number): string {
  const parts = ["cause", `cause-${node.kind}`];
  if (node.occurrence === root) parts.push("root");
  if (node.occurrence === at) parts.push("chosen");
  if (node.more !== "none") parts.push(`more-${node.more}`);
  return parts.join(" ");
}

const linkWords = {
  enabled: "",
  triggered: "so",
  motivated: "reason",
  revealed: "seen",
  interrupted: "broke off",
  "by-chance": "chance",
} as const;

function toEdges({ links }: CauseGraph): Edge[] {
  return links.map(({ from, to, kind }) => ({
    id: `${from}-${to}`,
    source: String(from),
    target: String(to),
    label: linkWords[kind],
    className: `link-${kind}`,
  }));
}
