/**
 * In a run effects happen one after the other, in a discrete world all at once. This finds the
 * pairs for which that could make a difference: an effect that reads, or sets again, what one
 * above it may have set.
 */
import type { Effect, ExprId, ExprNode, Place, Span, World } from "@fabula/model";
import type { WorldNames } from "./names.js";

export interface OrderConflict {
  readonly span: Span;
  /** The effect above. */
  readonly first: Span;
  readonly fluent: number;
  readonly kind: "reads" | "sets";
}

interface Access {
  readonly fluent: number;
  readonly args: readonly ExprId[];
  /** In whose mind; "" the truth. */
  readonly mind: string;
  /** Branches that must be taken: `if` by number, and which side. */
  readonly branches: ReadonlyMap<number, boolean>;
  readonly span: Span;
  /** What it is set to, or the claim believed, -1 - C where C is denied; undefined: it adds up. */
  readonly value: number | undefined;
}

export function findOrderConflict(
  world: World,
  names: WorldNames,
  effects: readonly Effect[],
  condition: ExprId,
): OrderConflict | undefined {
  return new OrderCheck(world, names, condition).run(effects);
}

class OrderCheck {
  private readonly writes: Access[] = [];
  private readonly different = new Set<string>();
  /** What must hold of what something is: `x is T`, `not (x is T)`. */
  private readonly kinds: { readonly id: ExprId; readonly type: number; readonly is: boolean }[] =
    [];
  private found: OrderConflict | undefined;
  /** While a round of `every` is held against the writes of the one before. */
  private earlier:
    | { readonly slot: number; readonly from: number; readonly to: number }
    | undefined;
  private ifs = 0;

  constructor(
    private readonly world: World,
    private readonly names: WorldNames,
    condition: ExprId,
  ) {
    this.noteDifferent(condition);
  }

  run(effects: readonly Effect[]): OrderConflict | undefined {
    this.list(effects, new Map());
    return this.found;
  }

  /** `a != b`, and `a is T`, among what must hold. */
  private noteDifferent(id: ExprId): void {
    const node = this.world.expressions.get(id);
    if (node.op === "and") for (const arg of node.args) this.noteDifferent(arg);
    const isDifferent = node.op === "ne";
    const inner = node.op === "not" ? this.world.expressions.get(node.args[0]) : undefined;
    if (node.op === "isa") this.kinds.push({ id: node.args[0], type: node.type, is: true });
    if (inner?.op === "isa") this.kinds.push({ id: inner.args[0], type: inner.type, is: false });
    const pair = isDifferent ? node.args : inner?.op === "eq" ? inner.args : undefined;
    if (pair === undefined) return;
    this.different.add(`${pair[0]} ${pair[1]}`);
    this.different.add(`${pair[1]} ${pair[0]}`);
  }

  private list(effects: readonly Effect[], branches: ReadonlyMap<number, boolean>): void {
    for (const effect of effects) this.effect(effect, branches);
  }

  private effect(effect: Effect, branches: ReadonlyMap<number, boolean>): void {
    const { span } = effect;
    switch (effect.kind) {
      case "set":
      case "shift": {
        const { place, value } = effect;
        for (const arg of place.args) this.read(arg, branches, span);
        this.read(value.low, branches, span);
        if (effect.kind === "shift") this.checkRead(place, "", branches, span);
        this.write(place, "", branches, span, effect.kind === "set" ? value.low : undefined);
        break;
      }
      case "believe":
        this.read(effect.subject, branches, span);
        this.claim(
          effect.claim,
          String(effect.subject),
          branches,
          span,
          effect.negated ? -1 - effect.claim : effect.claim,
        );
        break;
      case "if": {
        this.read(effect.condition, branches, span);
        this.ifs += 1;
        const number = this.ifs;
        this.list(effect.then, new Map([...branches, [number, true]]));
        this.list(effect.else, new Map([...branches, [number, false]]));
        break;
      }
      case "every":
        this.every(effect, branches);
        break;
      default:
        break;
    }
  }

  /** In a run the next one is looked at when all is done for this one. */
  private every(
    effect: Extract<Effect, { kind: "every" }>,
    branches: ReadonlyMap<number, boolean>,
  ): void {
    const { body, slot, span, where } = effect;
    const outer = this.earlier;
    const from = this.writes.length;
    this.read(where, branches, span);
    this.list(body, branches);
    this.earlier = { slot, from, to: this.writes.length };
    this.read(where, branches, span);
    if (!this.isOneOnly(where, slot)) this.list(body, branches);
    this.writes.length = this.earlier.to;
    this.earlier = outer;
  }

  /** `x = E` among the conditions: there is one such x at most. */
  private isOneOnly(where: ExprId, slot: number): boolean {
    const node = this.world.expressions.get(where);
    if (node.op === "and") return node.args.some((arg) => this.isOneOnly(arg, slot));
    if (node.op !== "eq") return false;
    const [left, right] = node.args;
    return (
      (this.isLocal(left, slot) && !this.mentions(right, slot)) ||
      (this.isLocal(right, slot) && !this.mentions(left, slot))
    );
  }

  private isLocal(id: ExprId, slot: number): boolean {
    const node = this.world.expressions.get(id);
    return node.op === "local" && node.slot === slot;
  }

  private mentions(id: ExprId, slot: number): boolean {
    if (this.isLocal(id, slot)) return true;
    return partsOf(this.world.expressions.get(id)).some((part) => this.mentions(part, slot));
  }

  /** What was written before, in whose mind it is now said: of an earlier round only where so. */
  private writtenBefore(mind: string): readonly Access[] {
    const { earlier } = this;
    if (earlier === undefined) return this.writes.filter((other) => other.mind === mind);
    const isOfRound = mind.split(" ").some((who) => who !== "" && this.isLocal(+who, earlier.slot));
    if (isOfRound) return [];
    return this.writes.slice(earlier.from, earlier.to).filter((other) => other.mind === mind);
  }

  private claim(
    id: ExprId,
    mind: string,
    branches: ReadonlyMap<number, boolean>,
    span: Span,
    value: number,
  ): void {
    const node = this.world.expressions.get(id);
    if (node.op === "fluent") this.write(node, mind, branches, span, value);
    else if (node.op === "believes") {
      this.claim(node.args[1], `${mind} ${node.args[0]}`, branches, span, value);
    } else if (node.op === "eq" || node.op === "ne") {
      this.claim(node.args[0], mind, branches, span, value);
    } else if ("args" in node) {
      for (const arg of node.args) this.claim(arg, mind, branches, span, value);
    }
  }

  private write(
    { args, fluent }: Place,
    mind: string,
    branches: ReadonlyMap<number, boolean>,
    span: Span,
    value: number | undefined,
  ): void {
    const access = { fluent, args, mind, branches, span, value };
    const { earlier } = this;
    const set = value === undefined || value >= 0 ? value : -1 - value;
    const varies = earlier !== undefined && set !== undefined && this.mentions(set, earlier.slot);
    for (const other of this.writtenBefore(mind)) {
      const isSame = value !== undefined && value === other.value && !varies;
      if (!isSame && this.touches(other, access)) this.conflict(other, span, fluent, "sets");
    }
    this.writes.push(access);
  }

  private read(id: ExprId, branches: ReadonlyMap<number, boolean>, span: Span, mind = ""): void {
    const node = this.world.expressions.get(id);
    if (node.op === "fluent") {
      this.checkRead(node, mind, branches, span);
      const { means } = this.world.fluents[node.fluent]!;
      // Its own locals are other ones: what they stand for is not followed.
      if (means !== undefined) this.readDefinition(means, mind, branches, span, 0);
    }
    if (node.op === "believes" || node.op === "according") {
      this.read(node.args[0], branches, span, mind);
      this.read(node.args[1], branches, span, `${mind} ${node.args[0]}`);
      return;
    }
    for (const arg of partsOf(node)) this.read(arg, branches, span, mind);
  }

  private readDefinition(
    id: ExprId,
    mind: string,
    branches: ReadonlyMap<number, boolean>,
    span: Span,
    depth: number,
  ): void {
    if (depth > 64) return;
    const node = this.world.expressions.get(id);
    if (node.op === "fluent") {
      const anywhere = { fluent: node.fluent, args: node.args.map(() => -1) };
      this.checkRead(anywhere, mind, branches, span);
      const { means } = this.world.fluents[node.fluent]!;
      if (means !== undefined) this.readDefinition(means, mind, branches, span, depth + 1);
    }
    for (const arg of partsOf(node)) this.readDefinition(arg, mind, branches, span, depth + 1);
  }

  private checkRead(
    { args, fluent }: Place,
    mind: string,
    branches: ReadonlyMap<number, boolean>,
    span: Span,
  ): void {
    const access = { fluent, args, mind, branches, span, value: undefined };
    // Minds are followed by their expressions: one person by two names is not seen here.
    for (const other of this.writtenBefore(mind)) {
      if (this.touches(other, access)) this.conflict(other, span, fluent, "reads");
    }
  }

  private conflict(other: Access, span: Span, fluent: number, kind: "reads" | "sets"): void {
    if (other.span === span && this.earlier === undefined) return;
    this.found ??= { span, first: other.span, fluent, kind };
  }

  private touches(a: Access, b: Access): boolean {
    if (a.fluent !== b.fluent) return false;
    for (const [number, side] of a.branches) {
      const other = b.branches.get(number);
      if (other !== undefined && other !== side) return false;
    }
    return a.args.every((arg, index) => this.mayBeSame(arg, b.args[index]!));
  }

  private mayBeSame(a: ExprId, b: ExprId): boolean {
    if (a < 0 || b < 0) return true;
    if (a === b) return this.earlier === undefined || !this.isLocal(a, this.earlier.slot);
    if (this.different.has(`${a} ${b}`)) return false;
    const { expressions } = this.world;
    const [one, two] = [expressions.get(a), expressions.get(b)];
    if (one.op === "entity" && two.op === "entity") return one.entity === two.entity;
    const [left, right] = [expressions.typeOf(a), expressions.typeOf(b)];
    if (left.kind !== "entity" || right.kind !== "entity") return true;
    return this.world.entities.some(
      (entity) => this.fits(entity.type, a, left.type) && this.fits(entity.type, b, right.type),
    );
  }

  /** Whether something of this type may stand there. */
  private fits(type: number, id: ExprId, declared: number): boolean {
    if (!this.names.isBelow(type, declared)) return false;
    return this.kinds.every((kind) => {
      return kind.id !== id || this.names.isBelow(type, kind.type) === kind.is;
    });
  }
}

/** The expressions directly inside. */
export function partsOf(node: ExprNode): readonly ExprId[] {
  if (node.op === "quantified") return [node.where, node.body];
  return "args" in node ? node.args : [];
}
