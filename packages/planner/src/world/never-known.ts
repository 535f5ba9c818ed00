/**
 * A number that is unknown at the start and that nothing sets stays unknown, and with it all that
 * is calculated from it. Where a goal, a want or a need hangs on such a calculation that is a
 * mistake, and not a story that cannot be. Only fields without arguments are looked at.
 */
import {
  type Diagnostic,
  type Effect,
  type EntityId,
  type ExprId,
  type Fluent,
  initialOf,
  type Span,
  type World,
} from "@fabula/model";
import { partsOf } from "./effect-order.js";

interface NeverKnown {
  readonly name: string;
  readonly span: Span | undefined;
}

const arithmetic = new Set(["add", "sub", "mul", "div", "neg"]);

export class NeverKnownNumbers {
  /** By fluent, by owner. */
  private readonly unknown = new Map<number, Map<EntityId, NeverKnown>>();
  /** Fluents that rise or fall. */
  private readonly shifted = new Set<number>();

  constructor(private readonly world: World) {
    const numbers = world.fluents.filter(
      ({ means, parameters, type }) =>
        means === undefined && parameters.length === 0 && type.kind === "number",
    );
    const touched = new Set<number>();
    const visit = (effect: Effect): void => {
      if (effect.kind === "shift") this.shifted.add(effect.place.fluent);
      if (effect.kind === "set" && !this.isUnknown(effect.value.low)) {
        touched.add(effect.place.fluent);
      }
      if (effect.kind === "believe")
        for (const one of this.fluentsIn(effect.claim)) touched.add(one);
      if (effect.kind === "if") for (const one of [...effect.then, ...effect.else]) visit(one);
      if (effect.kind === "every") for (const one of effect.body) visit(one);
    };
    for (const { atEnd, atStart } of world.actions)
      for (const one of [...atStart, ...atEnd]) visit(one);
    for (const { then } of world.rules) for (const one of then) visit(one);
    for (const fluent of numbers) if (!touched.has(fluent.id)) this.note(fluent);
  }

  /** What is wrong with an expression; `self`: who local 0 stands for, undefined for anybody. */
  mistakeIn(id: ExprId, self: EntityId | undefined): Diagnostic | undefined {
    const found = this.find(id, self, false, 0);
    if (found === undefined) return undefined;
    const { name, span } = found;
    const message = `${name} is unknown at the start and nothing sets it: what is calculated with it stays unknown`;
    const remedy = "give it a number to begin with, or let an action set it";
    const base = { code: "FAB4207", severity: "error", message, remedy } as const;
    return span === undefined ? base : { ...base, span };
  }

  private note(fluent: Fluent): void {
    const { id, name, owner, span } = fluent;
    const { entities, facts, types } = this.world;
    const byOwner = new Map<EntityId, NeverKnown>();
    for (const entity of entities) {
      if (!types[entity.type]!.ancestors.includes(owner)) continue;
      const label = entity.id === 0 ? `\`${name}\`` : `\`${entity.name}.${name}\``;
      const initial = initialOf(types, fluent, entity.type, []);
      let isUnknown = initial !== undefined && this.isUnknown(initial.low);
      let place = span;
      for (const fact of [...entity.facts, ...facts]) {
        if (fact.kind !== "set" || fact.place.fluent !== id) continue;
        const [of] = fact.place.args;
        const node = of === undefined ? undefined : this.world.expressions.get(of);
        if (node?.op === "entity" && node.entity !== entity.id) continue;
        isUnknown = this.isUnknown(fact.value.low);
        place = fact.span;
      }
      if (isUnknown) byOwner.set(entity.id, { name: label, span: place });
    }
    if (byOwner.size > 0) this.unknown.set(id, byOwner);
  }

  private find(
    id: ExprId,
    self: EntityId | undefined,
    isCalculated: boolean,
    depth: number,
  ): NeverKnown | undefined {
    const node = this.world.expressions.get(id);
    if (node.op === "fluent") {
      const { means, owner } = this.world.fluents[node.fluent]!;
      if (means !== undefined && depth < 64) {
        const found = this.find(means, undefined, isCalculated, depth + 1);
        if (found !== undefined) return found;
      }
      const owners = this.unknown.get(node.fluent);
      if (owners !== undefined && (isCalculated || this.shifted.has(node.fluent))) {
        const [of] = node.args;
        const who = of === undefined ? 0 : this.entityOf(of, self);
        const found = who === undefined ? this.everyOwner(owners, owner) : owners.get(who);
        if (found !== undefined) return found;
      }
    }
    const calculates = isCalculated || arithmetic.has(node.op);
    for (const part of partsOf(node)) {
      const found = this.find(part, self, calculates, depth);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The first, where whoever may be meant has none. */
  private everyOwner(owners: ReadonlyMap<EntityId, NeverKnown>, owner: number) {
    const { entities, types } = this.world;
    const all = entities.filter(({ type }) => types[type]!.ancestors.includes(owner));
    return all.every(({ id }) => owners.has(id)) ? [...owners.values()][0] : undefined;
  }

  private entityOf(id: ExprId, self: EntityId | undefined): EntityId | undefined {
    const node = this.world.expressions.get(id);
    if (node.op === "entity") return node.entity;
    return node.op === "local" && node.slot === 0 ? self : undefined;
  }

  private isUnknown(id: ExprId): boolean {
    return this.world.expressions.get(id).op === "unknown";
  }

  private fluentsIn(id: ExprId): number[] {
    const node = this.world.expressions.get(id);
    const own = node.op === "fluent" ? [node.fluent] : [];
    return [...own, ...partsOf(node).flatMap((part) => this.fluentsIn(part))];
  }
}
