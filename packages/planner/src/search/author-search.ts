/**
 * The author's search: best first over states, reasons asked for only when a node is taken, and
 * with little effort first. A node whose reasons are undecided goes back with a penalty and more
 * effort, so that nothing is lost and nothing cheap waits for something dear.
 *
 * Sound always. Complete within the limits when it ends by itself: states are compared exactly,
 * only admissible bounds cut. With `weight` 0 the order is by length and the first story found is
 * shortest; otherwise the estimate is weighted and the length is not promised.
 */
import { Heap } from "./heap.js";
import { lastGrade, noReason, type Reasons, undecided } from "./reasons.js";
import { unreachable } from "./relaxed-plan.js";
import type { World } from "./world.js";

/** What an open node takes on the heap, with its place in the queue; measured, rounded up. */
const nodeBytes = 160;

interface Node {
  /** The state reached; -1 until the node is taken, for most never are. */
  state: number;
  readonly vector: number;
  readonly length: number;
  readonly parent: Node | undefined;
  readonly action: number;
  grade: number;
  priority: number;
}

export interface AuthorProgress {
  readonly expanded: number;
  readonly generated: number;
  readonly depth: number;
  readonly minds: number;
  readonly reasonNodes: number;
  readonly bytes: number;
}

export interface AuthorSearchOptions {
  /** Weight of the estimate; 0 orders by length alone. */
  readonly weight: number;
  /** Added to the priority for each grade of effort that did not decide. */
  readonly penalty: number;
  /** Most actions in the story; at most the author's temporal limit. */
  readonly lengthMax: number;
}

/** An action that would have helped but was refused, and by whom. */
export interface Refusal {
  readonly plan: readonly number[];
  readonly action: number;
  readonly character: number;
}

export class AuthorSearch {
  expanded = 0;
  generated = 0;
  /** Nodes refused because somebody has no reason, proven. */
  refused = 0;
  /** Longest node taken. */
  depth = 0;
  /** Nodes that stayed undecided at the last grade: then nothing is proven. */
  unproven = 0;
  /** The node nearest to the goal by the estimate, for "how close did it come". */
  private nearest: Node | undefined;
  private nearestGuess = Number.POSITIVE_INFINITY;
  private nearestRefusal: { node: Node; action: number; character: number } | undefined;
  private nearestRefusalGuess = Number.POSITIVE_INFINITY;
  private readonly open = new Heap();
  private readonly nodes: Node[] = [];
  /** By state: length at which it was expanded, plus 1; 0 never. */
  private readonly closed: number[] = [];
  private readonly startUtility: number;

  constructor(
    private readonly world: World,
    private readonly reasons: Reasons,
    private readonly options: AuthorSearchOptions,
  ) {
    this.startUtility = world.utility(world.transitions.root, -1);
  }

  /** The actions of a story, or undefined when there is none within the limits. */
  run(): readonly number[] | undefined {
    const { world } = this;
    const { root } = world.transitions;
    const { lengthMax } = this.options;
    const vector = world.transitions.minds.vector(root);
    this.push({
      state: root,
      vector,
      length: 0,
      parent: undefined,
      action: -1,
      grade: 0,
      priority: 0,
    });
    for (let index = this.open.pop(); index >= 0; index = this.open.pop()) {
      world.tick();
      const node = this.nodes[index]!;
      if (node.state < 0) node.state = world.transitions.step(node.parent!.state, node.action);
      if (this.isClosed(node.state, node.length)) continue;
      if (!this.isExplained(node, index)) continue;
      if (this.isGoal(node.state)) return planOf(node);
      this.closed[node.state] = node.length + 1;
      this.noteNearest(node);
      if (node.length < lengthMax) this.expand(node);
    }
    return undefined;
  }

  /** The actions of the node that came nearest to the goal. */
  nearestPlan(): readonly number[] {
    return this.nearest === undefined ? [] : planOf(this.nearest);
  }

  /** The refused action that would have come nearest to the goal, by the admissible bound. */
  refusal(): Refusal | undefined {
    const found = this.nearestRefusal;
    if (found === undefined) return undefined;
    return { plan: planOf(found.node), action: found.action, character: found.character };
  }

  get openCount(): number {
    return this.open.size;
  }

  private isGoal(state: number): boolean {
    const utility = this.world.utility(state, -1);
    return utility >= this.world.limits.goal && utility > this.startUtility;
  }

  private isClosed(state: number, length: number): boolean {
    const known = this.closed[state] ?? 0;
    return known > 0 && known - 1 <= length;
  }

  /** Whether all who consent to the node's action have reasons; puts it back if undecided. */
  private isExplained(node: Node, index: number): boolean {
    if (node.parent === undefined) return true;
    const answer = this.agree(node.parent.state, node.action, node.grade);
    if (answer === noReason) {
      this.refused += 1;
      const who = this.world.ground.actions[node.action]!.consenting.find((other) => {
        const inner = this.world.transitions.minds.inner(node.parent!.state, other);
        const { characterTemporalLimit, epistemicLimit } = this.world.limits;
        const { grade, action } = node;
        const level = epistemicLimit - 1;
        const found = this.reasons.find(other, inner, action, characterTemporalLimit, level, grade);
        return found === noReason;
      });
      this.noteRefusal(node.parent, node.action, who ?? -1, node.vector);
    }
    if (answer !== undecided) return answer !== noReason;
    if (node.grade >= lastGrade) {
      this.unproven += 1;
      return false;
    }
    node.grade += 1;
    node.priority += this.options.penalty * node.grade;
    this.open.push(index, node.priority);
    return false;
  }

  private agree(state: number, action: number, grade: number): number {
    const { characterTemporalLimit, epistemicLimit } = this.world.limits;
    return this.reasons.othersAgree(
      state,
      action,
      -1,
      characterTemporalLimit,
      epistemicLimit - 1,
      grade,
    );
  }

  private expand(node: Node): void {
    const { transitions } = this.world;
    this.expanded += 1;
    if (node.length > this.depth) this.depth = node.length;
    const possible = transitions.possible(node.state);
    for (let index = 0; index < possible.length; index += 1) {
      const action = possible[index]!;
      const vector = transitions.stepVector(node.state, action);
      const unwilling = this.findUnwilling(node.state, action);
      if (unwilling >= 0) {
        this.noteRefusal(node, action, unwilling, vector);
        continue;
      }
      const length = node.length + 1;
      this.push({ state: -1, vector, length, parent: node, action, grade: 0, priority: 0 });
    }
  }

  /** One who cannot have a reason for the action, by the admissible bound; -1 if all may. */
  private findUnwilling(state: number, action: number): number {
    const { ground, limits, transitions } = this.world;
    for (const who of ground.actions[action]!.consenting) {
      const mind = transitions.minds.inner(state, who);
      const { characterTemporalLimit: depth, epistemicLimit } = limits;
      if (!this.reasons.mayExist(who, mind, action, depth, epistemicLimit - 1)) return who;
    }
    return -1;
  }

  private noteRefusal(node: Node, action: number, character: number, vector: number): void {
    const least = this.world.bounds.authorDistance(vector);
    if (node.length + 1 + least > this.options.lengthMax) return;
    const guess = least + node.length * 0.001;
    if (guess >= this.nearestRefusalGuess) return;
    this.nearestRefusalGuess = guess;
    this.nearestRefusal = { node, action, character };
  }

  private push(node: Node): void {
    const least = this.world.bounds.authorDistance(node.vector);
    if (node.length + least > this.options.lengthMax) return;
    this.generated += 1;
    this.world.meter.add(nodeBytes);
    const { weight } = this.options;
    const guess = weight === 0 ? least : this.estimate(node);
    node.priority = node.length + (weight === 0 ? 1 : weight) * guess + least * 0.01;
    this.open.push(this.nodes.length, node.priority);
    this.nodes.push(node);
  }

  private estimate(node: Node): number {
    const { goal, authorTemporalLimit } = this.world.limits;
    const guess = this.world.relaxedPlans.length(node.vector, -1, goal, authorTemporalLimit);
    return Math.min(guess, unreachable);
  }

  private noteNearest(node: Node): void {
    const guess = this.estimate(node);
    if (guess > this.nearestGuess) return;
    if (guess === this.nearestGuess && node.length >= (this.nearest?.length ?? 0)) return;
    this.nearest = node;
    this.nearestGuess = guess;
  }
}

function planOf(node: Node): readonly number[] {
  const plan: number[] = [];
  for (let at: Node | undefined = node; at?.parent !== undefined; at = at.parent) {
    plan.push(at.action);
  }
  return plan.reverse();
}
