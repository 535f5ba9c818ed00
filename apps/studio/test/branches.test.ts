import { afterEach, describe, expect, it } from "vitest";
import { branchTree, keepBranches, keptBranches } from "../src/views/what-if/kept-branches.js";
import { listedChanges } from "../src/views/what-if/listed-changes.js";

const branch = (name: string, changes: string[], seed = 1) => ({ name, changes, seed });

describe("branches", () => {
  const host = globalThis as { window?: unknown };
  afterEach(() => {
    delete host.window;
  });

  it("stand under the largest branch that they change further", () => {
    const all = [
      branch("ab", ["a", "b"]),
      branch("a", ["a"]),
      branch("abc", ["a", "b", "c"]),
      branch("other seed", ["a", "b"], 2),
      branch("b", ["b"]),
    ];
    const tree = branchTree(all);
    expect(tree.map((node) => node.branch.name)).toEqual(["a", "other seed", "b"]);
    expect(tree[0]?.children.map((node) => node.branch.name)).toEqual(["ab"]);
    expect(tree[0]?.children[0]?.children.map((node) => node.branch.name)).toEqual(["abc"]);
  });

  it("are kept by story; what is no branch is left out, and a browser that keeps nothing says so", () => {
    const kept = new Map<string, string>();
    const localStorage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, text: string) => kept.set(key, text),
    };
    host.window = { localStorage };
    expect(keepBranches("a.fabula", [branch("x", ["c"])])).toBe(true);
    expect(keptBranches("a.fabula")).toEqual([branch("x", ["c"])]);
    expect(keptBranches("b.fabula")).toEqual([]);
    kept.set([...kept.keys()][0] ?? "", '[{"name":1},null,{"name":"y","seed":2,"changes":[]}]');
    expect(keptBranches("a.fabula")).toEqual([branch("y", [], 2)]);
    kept.set([...kept.keys()][0] ?? "", "no json");
    expect(keptBranches("a.fabula")).toEqual([]);
    host.window = undefined;
    expect(keepBranches("a.fabula", [])).toBe(false);
  });
});

describe("changes listed in a text", () => {
  it("are the lines of each what-if but what is expected of it", () => {
    const text = [
      'whatif X1 "she is cold"',
      "  set a.bond(b) = 0        // why not",
      "  a believes not b.alive",
      "  expect a.alive at end",
      "",
      'control X2 "another colour"',
      '  set a.colour = "red"',
      "  may change a.colour",
      'whatif X3 "nothing"',
      "  expect a.alive",
      "person c",
      "  at = room",
    ].join("\r\n");
    expect(listedChanges(text)).toEqual([
      {
        id: "X1",
        title: "she is cold",
        kind: "whatif",
        lines: ["set a.bond(b) = 0", "a believes not b.alive"],
      },
      { id: "X2", title: "another colour", kind: "control", lines: ['set a.colour = "red"'] },
    ]);
  });
});
