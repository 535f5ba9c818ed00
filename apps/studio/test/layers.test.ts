/** Where causes stand when there are many of them. */
import type { CauseGraph } from "fabula";
import { expect, it } from "vitest";
import { layOutMany, nodeWidth } from "../src/views/why/layers";

/** `links`: from, to. */
function graphOf(count: number, links: readonly (readonly [number, number])[]): CauseGraph {
  const nodes = Array.from({ length: count }, (_, occurrence) => ({
    occurrence,
    kind: "rule",
    clock: "",
    what: "",
    text: "",
    depth: 0,
    more: "none" as const,
  }));
  const kind = "enabled" as const;
  const linked = links.map(([from, to]) => ({ from, to, kind }));
  return { root: count - 1, carried: [], nodes, links: linked };
}

it("puts every cause above what it led to, and nothing over anything else", () => {
  const links = Array.from({ length: 600 }, (_, at): [number, number][] => {
    const to = at + 1;
    return [...new Set([Math.floor(to * 0.6), to - 1 - ((to * 7) % 13)])]
      .filter((from) => from >= 0 && from < to)
      .map((from) => [from, to]);
  }).flat();
  const placed = layOutMany(graphOf(601, links));
  const at = new Map(placed.map((one) => [one.occurrence, one]));
  expect(placed).toHaveLength(601);
  for (const [from, to] of links) expect(at.get(from)?.y).toBeLessThan(at.get(to)?.y ?? 0);
  for (const one of placed) {
    const over = placed.filter(({ x, y }) => y === one.y && Math.abs(x - one.x) < nodeWidth);
    expect(over).toEqual([one]);
  }
});
