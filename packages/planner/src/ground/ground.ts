/** From a discrete problem to a ground one. The whole way, in order. */
import type { Diagnostic, DiscreteProblem } from "@fabula/model";
import { DivisionByZeroError } from "./calculate.js";
import { AtomTable, TooBigError } from "./condition.js";
import { Domain } from "./domain.js";
import { Evaluator } from "./evaluator.js";
import { EventGrounder, GroundingError } from "./event-grounder.js";
import type { GroundAction, GroundProblem, GroundTrigger } from "./ground-problem.js";
import { InitialState } from "./initial-minds.js";
import { Reachable } from "./reachable.js";
import { Simplifier } from "./simplify.js";

export interface Grounding {
  readonly ground?: GroundProblem;
  readonly diagnostics: readonly Diagnostic[];
}

/** Grounds a problem; an author's mistake comes back as a diagnostic. */
export function ground(problem: DiscreteProblem): Grounding {
  try {
    return { ground: groundOrThrow(problem), diagnostics: [] };
  } catch (error) {
    return { diagnostics: [toDiagnostic(error)] };
  }
}

function toDiagnostic(error: unknown): Diagnostic {
  if (error instanceof GroundingError) {
    const { code, message, span } = error;
    const base = { code, severity: "error", message } as const;
    return span === undefined ? base : { ...base, span };
  }
  if (error instanceof TooBigError) {
    const message = `the problem is too big: ${error.message}`;
    const remedy = "fewer parameters or entities, or conditions that exclude more bindings";
    return { code: "FAB4131", severity: "error", message, remedy };
  }
  if (error instanceof DivisionByZeroError) {
    return { code: "FAB4132", severity: "error", message: "division by zero" };
  }
  if (error instanceof RangeError && !error.message.includes("call stack")) {
    return { code: "FAB4133", severity: "error", message: error.message };
  }
  throw error;
}

function groundOrThrow(problem: DiscreteProblem): GroundProblem {
  const domain = new Domain(problem);
  const atoms = new AtomTable(domain.values);
  const initial = new InitialState(domain, atoms, problem.initial);
  const fixed = fixedValues(domain, initial);
  const evaluator = new Evaluator(domain, atoms, (fluent) => fixed[fluent]);
  const grounder = new EventGrounder(domain, atoms, evaluator);
  const actions = problem.actions.flatMap((action) => grounder.action(action));
  const triggers = orderTriggers(problem.triggers.flatMap((trigger) => grounder.trigger(trigger)));
  const reachable = new Reachable(domain, atoms, (fluent) => initial.valuesOf(fluent));
  reachable.run(actions, triggers);

  const simplifier = new Simplifier(domain, atoms, reachable);
  const names = domain.values.entityNames.slice(0, domain.characterCount);
  const utilities = names.map((name) => {
    const utility = problem.utilities.find((candidate) => candidate.character === name);
    if (utility === undefined) return { kind: "constant", value: domain.values.number(0) } as const;
    return simplifier.expression(evaluator.number(utility.value, new Map()));
  });
  const utility = simplifier.expression(evaluator.number(problem.utility, new Map()));
  const constants = new Map<string, number>();
  domain.fluents.forEach(({ name }, fluent) => {
    const value = reachable.constantValue(fluent);
    if (value !== undefined) constants.set(name, value);
  });
  return {
    name: problem.name,
    values: domain.values,
    characterCount: domain.characterCount,
    entityNames: domain.values.entityNames,
    fluents: simplifier.kept.map((fluent) => domain.fluents[fluent]!),
    reachable: simplifier.kept.map((fluent) => ({
      values: [...reachable.values[fluent]!],
      anyNumber: reachable.anyNumber[fluent]!,
    })),
    constants,
    actions: actions.flatMap((action): GroundAction[] => toList(simplifier.action(action))),
    triggers: triggers.flatMap((trigger): GroundTrigger[] => toList(simplifier.trigger(trigger))),
    initial: initial.minds(simplifier.kept),
    utility,
    utilities,
    atoms: simplifier.atoms.atoms,
    paths: simplifier.atoms.paths,
  };
}

/** Values of the fluents whose property no effect and no initial belief sets. */
function fixedValues(domain: Domain, initial: InitialState): (number | undefined)[] {
  return domain.fluents.map(({ name }, fluent) => {
    const property = name.slice(0, name.indexOf("("));
    return domain.changing.has(property) ? undefined : initial.valueAt([], fluent);
  });
}

/** Of the triggers that could fire, the most general one fires first, then the first defined. */
function orderTriggers(triggers: readonly GroundTrigger[]): GroundTrigger[] {
  const weight = (trigger: GroundTrigger) =>
    Math.min(...trigger.precondition.map((clause) => clause.length));
  return triggers
    .map((trigger, index) => ({ trigger, index, weight: weight(trigger) }))
    .sort((a, b) => a.weight - b.weight || a.index - b.index)
    .map(({ trigger }) => trigger);
}

function toList<T>(item: T | undefined): T[] {
  return item === undefined ? [] : [item];
}
