/** Branches a reader gave a name, kept in this browser by story. */
export interface Branch {
  readonly name: string;
  readonly seed: number;
  readonly changes: readonly string[];
}

const prefix = "fabula.branches ";

export function keptBranches(story: string): readonly Branch[] {
  try {
    const kept: unknown = JSON.parse(window.localStorage.getItem(prefix + story) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isBranch) : [];
  } catch {
    return [];
  }
}

/** False where the browser keeps nothing. */
export function keepBranches(story: string, branches: readonly Branch[]): boolean {
  try {
    window.localStorage.setItem(prefix + story, JSON.stringify(branches));
    return true;
  } catch {
    return false;
  }
}

function isBranch(one: unknown): one is Branch {
  if (typeof one !== "object" || one === null) return false;
  const { name, seed, changes } = one as Partial<Branch>;
  return typeof name === "string" && typeof seed === "number" && Array.isArray(changes);
}

/** A branch and those that change more than it does: a tree by inclusion of changes. */
export interface BranchNode {
  readonly branch: Branch;
  readonly children: readonly BranchNode[];
}

/** Each branch under the largest other branch whose changes it begins with. */
export function branchTree(branches: readonly Branch[]): BranchNode[] {
  const beginsWith = (one: Branch, other: Branch) =>
    one !== other &&
    one.seed === other.seed &&
    other.changes.length < one.changes.length &&
    other.changes.every((change, index) => one.changes[index] === change);
  const parentOf = (one: Branch) =>
    branches
      .filter((other) => beginsWith(one, other))
      .sort((a, b) => b.changes.length - a.changes.length)[0];
  const grow = (parent: Branch | undefined): BranchNode[] =>
    branches
      .filter((one) => parentOf(one) === parent)
      .map((branch) => ({ branch, children: grow(branch) }));
  return grow(undefined);
}
