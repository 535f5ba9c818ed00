/** The graph of causes, drawn. Only what is on screen is in the page. */
import {
  Background,
  Controls,
  type Edge,
  type Node,
  ReactFlow,
  type ReactFlowInstance,
} from "@xyflow/react";
import "@xyflow/react/dist/style.css";
import type { CauseGraph, CauseNode } from "fabula";
import { useEffect, useMemo, useRef, useState } from "react";
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
  const frame = useRef<HTMLDivElement>(null);
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
  const lookAtRoot = (flow: ReactFlowInstance<CauseFlowNode>) => {
    const { clientWidth = 0, clientHeight = 0 } = frame.current ?? {};
    const room = {
      width: clientWidth / readable - margin,
      height: clientHeight / readable - margin,
    };
    const nodes = nearest(graph, placed, room);
    void flow.fitView({ maxZoom: 1, minZoom: readable, padding: 0.05, nodes });
  };
  return (
    <div className="graph" data-laid-out={placed.length} ref={frame}>
      <ReactFlow
        key={graph.root}
        nodes={nodes}
        edges={edges}
        onNodeClick={(_event, node) => choose(Number(node.id))}
        onlyRenderVisibleElements
        nodesDraggable={false}
        nodesConnectable={false}
        onInit={lookAtRoot}
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

/** Left free around the first picture. */
const margin = 60;

interface Room {
  readonly width: number;
  readonly height: number;
}

/**
 * What is asked about and as much of what led to it, the last first, as the first picture has room
 * for: where one starts looking.
 */
function nearest(graph: CauseGraph, placed: readonly Placed[], room: Room): { id: string }[] {
  const positions = new Map(placed.map((one) => [one.occurrence, one]));
  const shown = [graph.root];
  for (let index = 0; index < shown.length; index += 1) {
    const causes = graph.links.filter((link) => link.to === shown[index]).map((link) => link.from);
    for (const from of causes.sort((a, b) => b - a)) {
      if (!shown.includes(from) && fits([...shown, from], positions, room)) shown.push(from);
    }
  }
  return shown.map((occurrence) => ({ id: String(occurrence) }));
}

function fits(
  shown: readonly number[],
  positions: ReadonlyMap<number, Placed>,
  { width, height }: Room,
): boolean {
  const all = shown.flatMap((occurrence) => positions.get(occurrence) ?? []);
  const extent = (values: readonly number[]) => Math.max(...values) - Math.min(...values);
  const across = extent(all.map(({ x }) => x)) + nodeWidth;
  return across <= width && extent(all.map(({ y }) => y)) + nodeHeight <= height;
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

function toEdges({ links }: CauseGraph): Edge[] {
  return links.map(({ from, to, kind }) => ({
    id: `${from}-${to}`,
    source: String(from),
    target: String(to),
    // Most links are of this kind: those of another are what one looks for.
    label: kind === "enabled" ? "" : kind,
    className: `link-${kind}`,
  }));
}
