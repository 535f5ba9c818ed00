/** Conditions as one expression: `where` with the condition proper, events as their edges. */
import type { EventPattern, ExprId, Process, Rule, Trigger, World } from "@fabula/model";

export function conjunction(world: World, where: ExprId, condition: ExprId): ExprId {
  const pool = world.expressions;
  const first = pool.get(where);
  if (first.op === "constant" && first.value === 1) return condition;
  return pool.intern({ op: "and", args: [where, condition] }, { kind: "boolean" });
}

/** The condition on whose rising edge such an event happens. */
export function edgeOf(
  world: World,
  event: Extract<EventPattern, { kind: "becomes" | "learns" }>,
): ExprId {
  if (event.kind === "becomes") return event.condition;
  const args = [event.subject, event.condition] as const;
  return world.expressions.intern({ op: "believes", args }, { kind: "boolean" });
}

/** What a rule watches; undefined where it waits for an occurrence instead. */
export function watchedCondition(world: World, trigger: Trigger): ExprId | undefined {
  if (trigger.kind !== "event") return trigger.when;
  const { event } = trigger;
  return event.kind === "becomes" || event.kind === "learns" ? edgeOf(world, event) : undefined;
}

/** What is asked of a rule at every look. */
export interface RuleConditions {
  /** What it watches, with its `where`; undefined where it waits for an occurrence instead. */
  readonly condition: ExprId | undefined;
}

/** Conditions of rules and processes, put together when they are first asked for. */
export class Conditions {
  readonly #rules: (RuleConditions | undefined)[];
  readonly #processes: (ExprId | undefined)[];

  constructor(readonly world: World) {
    this.#rules = world.rules.map(() => undefined);
    this.#processes = world.processes.map(() => undefined);
  }

  of(rule: Rule): RuleConditions {
    const known = this.#rules[rule.id];
    if (known !== undefined) return known;
    const watched = watchedCondition(this.world, rule.trigger);
    const condition =
      watched === undefined ? undefined : conjunction(this.world, rule.where, watched);
    const made = { condition };
    this.#rules[rule.id] = made;
    return made;
  }

  ofProcess(process: Process): ExprId {
    let condition = this.#processes[process.id];
    if (condition === undefined) {
      condition = conjunction(this.world, process.where, process.while);
      this.#processes[process.id] = condition;
    }
    return condition;
  }
}
