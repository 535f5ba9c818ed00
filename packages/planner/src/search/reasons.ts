/**
 * Why would somebody do this? A reason is a plan in the mind of one who consents, beginning with
 * the action, that leaves them better off than any part of it without the action would.
 *
 * A node holds the state s that the plan has reached and the set D of states that the same plan
 * reaches without its first action, with any of the later ones left out, as long as the reasons
 * given to the others hold there too. The plan is a reason iff u(s) > u(d) for all d in D;
 * shrinking it afterwards gives a minimal one (docs/planner.md, proof). A node with s in D can be
 * dropped; so can one whose s another node reached as cheaply with a smaller D.
 */
import { Heap } from "./heap.js";
import { HeldReasons, type ReasonRecord } from "./held-reasons.js";
import { type MemoryMeter, PairTable } from "./int-table.js";
import { unreachable } from "./relaxed-plan.js";
import type { World } from "./world.js";

/** Answers besides a plan number (0 and above). */
export const noReason = -1;
export const undecided = -2;

/** Nodes a search for a reason may take, by grade of effort; the last grade is unlimited. */
export const ownEffort = [20, 120, 800, 5000, 40_000, Number.POSITIVE_INFINITY] as const;
export const nestedEffort = [2, 6, 24, 120, 1000, Number.POSITIVE_INFINITY] as const;
export const lastGrade = ownEffort.length - 1;

/** An action that brings its relaxed plan no nearer to its end gets this part of the effort. */
const unhelpfulShare = 8;

/** States compared when a plan is asked whether it works without its first action. */
const shortcutsMax = 4096;

/** What a node takes on the heap, with its place in the queue and its shortcuts. */
const nodeBytes = 300;

interface Node {
  /** The mind reached; -1 until the node is taken, for most never are. */
  readonly state: number;
  readonly vector: number;
  readonly length: number;
  readonly parent: Node | undefined;
  readonly action: number;
  /** Numbers of the reasons of the others for the action, in the order of who consents. */
  readonly given: readonly number[];
  /** Ascending mind numbers: D. */
  readonly shortcuts: readonly number[];
  /** The most that D offers. */
  readonly target: number;
}

export class Reasons {
  readonly held: HeldReasons;
  nodes = 0;
  /** Plans refused because of what others were given as reasons; another choice might serve. */
  choices = 0;
  searches = 0;
  private readonly memo: PairTable;

  constructor(
    private readonly world: World,
    meter: MemoryMeter,
  ) {
    this.memo = new PairTable(meter);
    this.held = new HeldReasons(world, meter);
  }

  /**
   * Number of a plan of `who` for `action` in its `mind`, or `noReason`, or `undecided` at this
   * grade of effort. `depth`: actions the plan may have, this one included; `level`: levels of
   * reasons about reasons that are left, -1 for a plan of this one action only.
   */
  find(
    who: number,
    mind: number,
    action: number,
    depth: number,
    level: number,
    grade: number,
  ): number {
    const { characterCount } = this.world.ground;
    const { characterTemporalLimit: ctl, epistemicLimit: el } = this.world.limits;
    const key = ((action * characterCount + who) * (ctl + 1) + depth) * (el + 2) + level + 1;
    const known = this.memo.get(mind, key, Number.MIN_SAFE_INTEGER);
    if (known >= noReason) return known;
    if (known !== Number.MIN_SAFE_INTEGER && -known - 2 >= grade) return undecided;
    const found = this.search(who, mind, action, depth, level, grade);
    this.memo.set(mind, key, found === undecided ? -2 - grade : found);
    return found;
  }

  /** Whether a reason can exist by the admissible bound; far cheaper than `find`. */
  mayExist(who: number, mind: number, action: number, depth: number, level: number): boolean {
    const { transitions, bounds } = this.world;
    if (!transitions.isPossible(mind, action)) return false;
    const now = this.world.utility(mind, who);
    if (this.world.utilityAfter(mind, action, who) > now) return true;
    if (level < 0 || depth < 2) return false;
    return bounds.distance(transitions.stepVector(mind, action), who, now) <= depth - 1;
  }

  private search(
    who: number,
    mind: number,
    action: number,
    depth: number,
    level: number,
    grade: number,
  ): number {
    if (!this.mayExist(who, mind, action, depth, level)) return noReason;
    this.searches += 1;
    const next = this.world.transitions.step(mind, action);
    const now = this.world.utility(mind, who);
    if (this.world.utility(next, who) > now)
      return this.held.add({ who, plan: [action], given: [[]] });
    if (next === mind) return noReason;
    return new ReasonSearch(this, this.world, who, mind, depth, level, grade).run(
      next,
      action,
      now,
    );
  }

  /** Whether everybody but `who` has a reason for `action` in the mind `state`, as `who` sees it. */
  othersAgree(
    state: number,
    action: number,
    who: number,
    depth: number,
    level: number,
    grade: number,
  ): number {
    let answer = 0;
    for (const other of this.world.ground.actions[action]!.consenting) {
      if (other === who) continue;
      const inner = this.world.transitions.minds.inner(state, other);
      const found = this.find(other, inner, action, depth, level, grade);
      if (found === noReason) return noReason;
      if (found === undecided) answer = undecided;
    }
    return answer;
  }

  /** The reasons of everybody but `who` for `action`; undefined if one is missing. */
  givenBy(
    state: number,
    action: number,
    who: number,
    depth: number,
    level: number,
    grade: number,
  ): readonly number[] | undefined {
    const given: number[] = [];
    for (const other of this.world.ground.actions[action]!.consenting) {
      if (other === who) continue;
      const inner = this.world.transitions.minds.inner(state, other);
      const found = this.find(other, inner, action, depth, level, grade);
      if (found < 0) return undefined;
      given.push(found);
    }
    return given;
  }
}

class ReasonSearch {
  private readonly nodes: Node[] = [];
  private readonly open = new Heap();
  /** Nodes kept for each state, to compare with. */
  private readonly reached = new Map<number, Node[]>();
  private isCut = false;

  constructor(
    private readonly reasons: Reasons,
    private readonly world: World,
    private readonly who: number,
    private readonly mind: number,
    private readonly depth: number,
    private readonly level: number,
    private readonly grade: number,
  ) {}

  run(first: number, action: number, now: number): number {
    const { who, level, grade } = this;
    const isOwn = level === this.world.limits.epistemicLimit - 1;
    const allowed = (isOwn ? ownEffort : nestedEffort)[grade]!;
    const effort = this.isHelpful(first, now) ? allowed : Math.ceil(allowed / unhelpfulShare);
    this.push({
      state: first,
      vector: this.world.transitions.minds.vector(first),
      length: 1,
      parent: undefined,
      action,
      given: [],
      shortcuts: [this.mind],
      target: Number.isNaN(now) ? Number.POSITIVE_INFINITY : now,
    });
    let taken = 0;
    for (let index = this.open.pop(); index >= 0; index = this.open.pop()) {
      this.world.tick();
      const node = this.take(this.nodes[index]!);
      if (node === undefined) continue;
      if (this.world.utility(node.state, who) > node.target) {
        return this.reasons.held.add(this.shrink(node));
      }
      if (node.length >= this.depth || this.isDominated(node)) continue;
      taken += 1;
      if (taken > effort) return undecided;
      this.reasons.nodes += 1;
      this.expand(node);
    }
    return this.isCut ? undecided : noReason;
  }

  /** Gives back the memory counted for the nodes. */
  release(): void {
    this.world.meter.add(-this.nodes.length * nodeBytes);
  }

  /** Whether the action explained shortens the way to being better off, by the relaxed plan. */
  private isHelpful(first: number, now: number): boolean {
    const { relaxedPlans, transitions } = this.world;
    const { minds } = transitions;
    const before = relaxedPlans.length(minds.vector(this.mind), this.who, now, this.depth);
    return relaxedPlans.length(minds.vector(first), this.who, now, this.depth) < before;
  }

  /** Asks the others about the node's last action and works out its shortcuts. */
  private take(node: Node): Node | undefined {
    const { parent } = node;
    if (parent === undefined) return node;
    const state = this.world.transitions.step(parent.state, node.action);
    if (state === parent.state || this.isRepeated(state, node)) return undefined;
    const left = this.depth - parent.length;
    const { who, level, grade } = this;
    const agreed = this.reasons.othersAgree(parent.state, node.action, who, left, level - 1, grade);
    if (agreed === undecided) this.isCut = true;
    if (agreed < 0) return undefined;
    const given = this.reasons.givenBy(parent.state, node.action, who, left, level - 1, grade)!;
    const shortcuts = this.extendShortcuts(parent.shortcuts, node.action, given);
    if (shortcuts.length > shortcutsMax) this.isCut = true;
    if (shortcuts.length > shortcutsMax || shortcuts.includes(state)) return undefined;
    let { target } = parent;
    for (const state of shortcuts) {
      const utility = this.world.utility(state, who);
      if (utility > target) target = utility;
    }
    if (target > parent.target && given.length > 0) this.reasons.choices += 1;
    return { ...node, state, given, shortcuts, target };
  }

  /** D after one more action: each state as it is, and with the action where it is explained. */
  private extendShortcuts(
    shortcuts: readonly number[],
    action: number,
    given: readonly number[],
  ): readonly number[] {
    const { transitions } = this.world;
    const found = new Set(shortcuts);
    for (const state of shortcuts) {
      if (!transitions.isPossible(state, action)) continue;
      if (this.reasons.held.allHold(given, state)) found.add(transitions.step(state, action));
    }
    return found.size === shortcuts.length ? shortcuts : [...found].sort((a, b) => a - b);
  }

  /** Whether a node with the same state and no more shortcuts than the parent's was expanded. */
  private isRepeated(state: number, node: Node): boolean {
    const known = this.reached.get(state);
    if (known === undefined) return false;
    return known.some((other) => {
      return other.length <= node.length && isSubset(other.shortcuts, node.shortcuts);
    });
  }

  private isDominated(node: Node): boolean {
    const others = this.reached.get(node.state);
    if (others === undefined) {
      this.reached.set(node.state, [node]);
      return false;
    }
    for (const other of others) {
      if (other.length <= node.length && isSubset(other.shortcuts, node.shortcuts)) return true;
    }
    others.push(node);
    return false;
  }

  private expand(node: Node): void {
    const { transitions, ground } = this.world;
    const possible = transitions.possible(node.state);
    for (let index = 0; index < possible.length; index += 1) {
      const action = possible[index]!;
      const { consenting } = ground.actions[action]!;
      if (consenting.length === 0) continue;
      const vector = transitions.stepVector(node.state, action);
      const left = this.depth - node.length;
      const unwilling = consenting.some((other) => {
        if (other === this.who) return false;
        const inner = transitions.minds.inner(node.state, other);
        return !this.reasons.mayExist(other, inner, action, left, this.level - 1);
      });
      if (unwilling) continue;
      const { shortcuts, target } = node;
      const length = node.length + 1;
      this.push({ state: -1, vector, length, parent: node, action, given: [], shortcuts, target });
    }
  }

  private push(node: Node): void {
    const { who, depth } = this;
    const { relaxedPlans, bounds } = this.world;
    const { parent, vector } = node;
    const gain = parent === undefined ? 0 : this.world.utilityAfter(parent.state, node.action, who);
    let priority = -1e6 + node.length;
    if (parent === undefined || !(gain > node.target)) {
      if (bounds.distance(vector, who, node.target) > depth - node.length) return;
      const guess = relaxedPlans.length(vector, who, node.target, depth);
      if (guess >= unreachable) return;
      priority = node.length + 2 * guess;
    }
    this.world.meter.add(nodeBytes);
    this.open.push(this.nodes.length, priority);
    this.nodes.push(node);
  }

  /** The plan of a node, without whatever it can do without. */
  private shrink(node: Node): ReasonRecord {
    const plan: number[] = [];
    const given: (readonly number[])[] = [];
    for (let at: Node | undefined = node; at !== undefined; at = at.parent) {
      plan.unshift(at.action);
      given.unshift(at.given);
    }
    return this.reasons.held.shrink({ who: this.who, plan, given }, this.mind);
  }
}

function isSubset(small: readonly number[], large: readonly number[]): boolean {
  if (small === large) return true;
  if (small.length > large.length) return false;
  let at = 0;
  for (const item of small) {
    while (at < large.length && large[at]! < item) at += 1;
    if (large[at] !== item) return false;
  }
  return true;
}
