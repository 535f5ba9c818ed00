/** Where causes stand when there are many of them. */
import type { CauseGraph } from "fabula";
import { expect, it } from "vitest";
import { drawnOf } from "../src/views/why/drawn";
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

it("draws no link that a longer way shows, and the beginning only where nothing else led there", () => {
  const links = [
    [0, 1],
    [0, 2],
    [1, 2],
    [1, 3],
    [2, 3],
    [0, 3],
    [3, 4],
    [1, 4],
  ] as const;
  const whole = graphOf(5, links);
  const drawn = drawnOf(whole);
  expect(drawn.links.map(({ from, to }) => [from, to])).toEqual([
    [0, 1],
    [1, 2],
    [2, 3],
    [3, 4],
  ]);
  expect(drawn.nodes).toEqual(whole.nodes);
});

it("draws everything that leads to what is asked about, however many there are", () => {
  // A ladder: each is led to by the two before it, and by the first of all.
  const count = 300;
  const links = Array.from({ length: count - 1 }, (_, at): [number, number][] => {
    const to = at + 1;
    return [
      [at, to],
      ...(at > 1 ? [[at - 1, to] as [number, number]] : []),
      ...(at > 2 ? [[1, to] as [number, number]] : []),
    ];
  }).flat();
  const drawn = drawnOf(graphOf(count, links));
  expect(drawn.nodes).toHaveLength(count);
  expect(drawn.links).toHaveLength(count - 1);
});
