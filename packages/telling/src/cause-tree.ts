/**
 * Why something happened: its causes, their causes, down to the beginning. Reads what the chronicle
 * recorded and guesses nothing.
 *
 * An occurrence is written out once; where it is met again, it is named only. With `known`, only
 * those occurrences stand that one person has any part in: that is as far as they can know.
 */
import type { Cause, CauseKind, ChronicleReader, OccurrenceId } from "@fabula/chronicle";

export interface CauseTree {
  readonly occurrence: OccurrenceId;
  /** How it led to what stands above; undefined for the root. */
  readonly kind?: CauseKind;
  /** Its own causes, what explains most first. Empty also where `repeated`. */
  readonly causes: readonly CauseTree[];
  /** Written out elsewhere in the tree, nearer to the root. */
  readonly repeated: boolean;
  /** Causes there are, but the person whose knowledge bounds this knows nothing of them. */
  readonly unknown: boolean;
  /** There are causes that the limits of the tree left out. */
  readonly cut: boolean;
}

export interface CauseTreeOptions {
  /** What may be named; absent: everything. */
  readonly known?: ReadonlySet<OccurrenceId>;
  /** Levels below the root. */
  readonly depthMax?: number;
  /** Occurrences in all. */
  readonly sizeMax?: number;
}

interface Growing {
  readonly occurrence: OccurrenceId;
  readonly kind: CauseKind | undefined;
  readonly depth: number;
  readonly causes: Growing[];
  repeated: boolean;
  unknown: boolean;
  cut: boolean;
}

/** Grown level by level, so that an occurrence is written out where it is nearest to the root. */
export function growCauseTree(
  chronicle: ChronicleReader,
  root: OccurrenceId,
  options: CauseTreeOptions = {},
): CauseTree {
  const { known, depthMax = 200, sizeMax = 2000 } = options;
  const written = new Set<OccurrenceId>([root]);
  const top = growing(root, undefined, 0);
  const queue = [top];
  for (let index = 0; index < queue.length; index += 1) {
    const node = queue[index] as Growing;
    const causes = causesOf(chronicle, node.occurrence);
    if (node.depth >= depthMax) {
      node.cut = causes.length > 0;
      continue;
    }
    for (const cause of causes) {
      if (known !== undefined && !known.has(cause.from)) {
        node.unknown = true;
        continue;
      }
      const child = growing(cause.from, cause.kind, node.depth + 1);
      node.causes.push(child);
      child.repeated = written.has(cause.from);
      if (child.repeated) continue;
      if (written.size >= sizeMax) {
        child.cut = true;
        continue;
      }
      written.add(cause.from);
      queue.push(child);
    }
  }
  return finished(top);
}

/** Every occurrence of the tree, each once, ascending. */
export function occurrencesOf(tree: CauseTree): OccurrenceId[] {
  const found = new Set<OccurrenceId>();
  const visit = (node: CauseTree): void => {
    found.add(node.occurrence);
    node.causes.forEach(visit);
  };
  visit(tree);
  return [...found].sort((a, b) => a - b);
}

/** What explains most stands first; among its like, what is nearest in time. */
const rank: readonly CauseKind[] = [
  "triggered",
  "interrupted",
  "motivated",
  "by-chance",
  "revealed",
  "enabled",
];

/** Of one occurrence, each cause once: what came from outside, then by kind, deeds before beliefs, latest first. */
export function causesOf(chronicle: ChronicleReader, id: OccurrenceId) {
  const seen = new Set<OccurrenceId>();
  return [...chronicle.get(id).causes]
    .filter((cause) => cause.to === id && cause.from < id)
    .sort((a, b) => order(chronicle, a) - order(chronicle, b) || b.from - a.from)
    .filter((cause) => !seen.has(cause.from) && seen.add(cause.from));
}

function order(chronicle: ChronicleReader, { from, kind }: Cause): number {
  const of = chronicle.get(from).kind;
  if (of === "outside" || of === "intervention") return -1;
  return rank.indexOf(kind) * 2 + (of === "belief" ? 1 : 0);
}

function growing(occurrence: OccurrenceId, kind: CauseKind | undefined, depth: number): Growing {
  return { occurrence, kind, depth, causes: [], repeated: false, unknown: false, cut: false };
}

function finished(node: Growing): CauseTree {
  const { occurrence, kind, repeated, unknown, cut } = node;
  const causes = node.causes.map(finished);
  return { occurrence, ...(kind === undefined ? {} : { kind }), causes, repeated, unknown, cut };
}
