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
  /** How it led to what stands above, as one person supposes: `supposed`; undefined: the root. */
  readonly kind?: CauseKind | "supposed";
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
  /** How the person accounts for what is known and has causes that are not. */
  readonly accounts?: ReadonlyMap<OccurrenceId, CauseAccount>;
  /** Whom the question names: of the root's causes those stand first that are theirs. */
  readonly about?: ReadonlySet<number>;
  /** Levels below the root. */
  readonly depthMax?: number;
  /** Occurrences in all. */
  readonly sizeMax?: number;
}

/** One person's own account of an occurrence, which may be wrong. */
export interface CauseAccount {
  /** What they take to have led to it: occurrences they know of, what explains most first. */
  readonly from: readonly OccurrenceId[];
  /** Causes that are not known but are as good as told by the account. */
  readonly covers: (cause: OccurrenceId) => boolean;
}

interface Growing {
  readonly occurrence: OccurrenceId;
  readonly kind: CauseTree["kind"] | undefined;
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
  const { known, accounts, about, depthMax = 200, sizeMax = 2000 } = options;
  const written = new Set<OccurrenceId>([root]);
  const top = growing(root, undefined, 0);
  const queue = [top];
  for (let index = 0; index < queue.length; index += 1) {
    const node = queue[index] as Growing;
    const account = accounts?.get(node.occurrence);
    const recorded = causesOf(chronicle, node.occurrence);
    const ordered = index === 0 ? ownFirst(chronicle, recorded, about) : recorded;
    const causes = withAccount(ordered, account);
    if (node.depth >= depthMax) {
      node.cut = causes.length > 0;
      continue;
    }
    for (const cause of causes) {
      if (known !== undefined && !known.has(cause.from)) {
        if (account?.covers(cause.from) !== true) node.unknown = true;
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

/** What befell a hundred at once has the causes of all hundred: those of the one asked about. */
function ownFirst(
  chronicle: ChronicleReader,
  causes: readonly Cause[],
  about: ReadonlySet<number> | undefined,
): readonly Cause[] {
  if (about === undefined) return causes;
  const isOwn = ({ from, kind }: Cause): boolean =>
    kind === "triggered" || chronicle.get(from).args.some((arg) => about.has(arg));
  return [...causes.filter(isOwn), ...causes.filter((cause) => !isOwn(cause))];
}

/** What is supposed stands first, and once. */
function withAccount(
  causes: readonly Cause[],
  account: CauseAccount | undefined,
): readonly { readonly from: OccurrenceId; readonly kind: CauseTree["kind"] }[] {
  if (account === undefined) return causes;
  const supposed = account.from.map((from) => ({ from, kind: "supposed" as const }));
  return [...supposed, ...causes.filter((cause) => !account.from.includes(cause.from))];
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
export function causesOf(chronicle: ChronicleReader, id: OccurrenceId): readonly Cause[] {
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

function growing(occurrence: OccurrenceId, kind: CauseTree["kind"], depth: number): Growing {
  return { occurrence, kind, depth, causes: [], repeated: false, unknown: false, cut: false };
}

function finished(node: Growing): CauseTree {
  const { occurrence, kind, repeated, unknown, cut } = node;
  const causes = node.causes.map(finished);
  return { occurrence, ...(kind === undefined ? {} : { kind }), causes, repeated, unknown, cut };
}
