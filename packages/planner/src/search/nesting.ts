/** How deep conditions and expressions look into minds, and so how many levels must be kept. */
import type { SeekLimits } from "@fabula/model";
import type { Condition } from "../ground/condition.js";
import type { GroundProblem } from "../ground/ground-problem.js";

/** Deepest nesting of minds that is kept; worlds where beliefs feed on deeper ones end there. */
export const depthMax = 48;

export function isFlat(ground: GroundProblem, expression: GroundProblem["utility"]): boolean {
  switch (expression.kind) {
    case "constant":
      return true;
    case "read":
      return expression.path === 0;
    case "arithmetic":
      return isFlat(ground, expression.left) && isFlat(ground, expression.right);
    case "choice": {
      const flat = expression.condition.every((clause) =>
        clause.every((id) => depthOfAtom(ground, id) === 0),
      );
      return flat && isFlat(ground, expression.then) && isFlat(ground, expression.otherwise);
    }
  }
}

function depthOfAtom(ground: GroundProblem, id: number): number {
  const atom = ground.atoms[id]!;
  if (atom.kind === "plain") return ground.paths[atom.path]!.length;
  return Math.max(depthOfExpression(ground, atom.left), depthOfExpression(ground, atom.right));
}

export function depthOfExpression(
  ground: GroundProblem,
  expression: GroundProblem["utility"],
): number {
  switch (expression.kind) {
    case "constant":
      return 0;
    case "read":
      return ground.paths[expression.path]!.length;
    case "arithmetic": {
      const { left, right } = expression;
      return Math.max(depthOfExpression(ground, left), depthOfExpression(ground, right));
    }
    case "choice":
      return Math.max(
        depthOfCondition(ground, expression.condition),
        depthOfExpression(ground, expression.then),
        depthOfExpression(ground, expression.otherwise),
      );
  }
}

export function depthOfCondition(ground: GroundProblem, condition: Condition): number {
  let depth = 0;
  for (const clause of condition) {
    for (const id of clause) depth = Math.max(depth, depthOfAtom(ground, id));
  }
  return depth;
}

/**
 * Levels of minds that can matter. Reasons look at el + 1 levels; conditions that decide what
 * happens to a state itself look as much deeper as they nest `believes`. Where a condition reads
 * deeper than its effect writes, every event lets one more level count, so the number of events
 * that can follow each other is added.
 */
export function depthNeeded(ground: GroundProblem, limits: SeekLimits): number {
  let reading = 0;
  let climb = 0;
  const read = (depth: number, written: number) => {
    if (written === 0) reading = Math.max(reading, depth);
    climb = Math.max(climb, depth - written);
  };
  for (const action of ground.actions) {
    const depth = depthOfCondition(ground, action.precondition);
    reading = Math.max(reading, depth);
    if (action.precondition.length > 1) read(depth, 0);
    for (const condition of action.observing) read(depthOfCondition(ground, condition), 1);
  }
  for (const event of [...ground.actions, ...ground.triggers]) {
    const isTrigger = !("observing" in event);
    for (const effect of event.effects) {
      const written = ground.paths[effect.path]!.length;
      if (isTrigger) read(depthOfCondition(ground, event.precondition), written);
      read(depthOfCondition(ground, effect.guard), written);
      read(depthOfExpression(ground, effect.value), written);
    }
  }
  for (const utility of [ground.utility, ...ground.utilities]) {
    reading = Math.max(reading, depthOfExpression(ground, utility));
  }
  const events =
    limits.authorTemporalLimit + limits.characterTemporalLimit + ground.triggers.length;
  const needed = limits.epistemicLimit + 1 + reading + climb * events;
  return Math.min(depthMax, needed);
}
