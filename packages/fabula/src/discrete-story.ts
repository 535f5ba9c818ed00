/**
 * A story without quantities, durations and chance, as a problem for `seek`: how it stands, what
 * everybody wants, and how the planner's names read in the language of the story.
 */
import {
  type Diagnostic,
  type DiscreteExpression,
  type DiscreteProblem,
  type FindModules,
  keyName,
  type SourceText,
  type Timed,
} from "@fabula/model";
import {
  type DiscreteReading,
  lowerGoal,
  lowerWorld,
  memberNotation,
  type Notation,
} from "@fabula/planner";
import { type OpenedStory, type Read, readStory } from "./opened-story.js";

export interface DiscreteStory {
  readonly problem: DiscreteProblem;
  readonly notation: Notation;
  /** Whether the story itself says what it is to come to: wants of the world. */
  readonly hasGoal: boolean;
  /** What must hold at the end, or a number to be raised, as the story's language says it. */
  readonly readGoal: (text: string) => Read<DiscreteExpression>;
}

/** Reads a story and takes it as a discrete world; what has no discrete meaning is an error. */
export function readDiscreteStory(story: SourceText, find: FindModules): Read<DiscreteStory> {
  const read = readStory(story, find);
  if (!read.ok) return read;
  const { world } = read.value;
  const reading = lowerWorld(world);
  const diagnostics = [...read.diagnostics, ...reading.diagnostics];
  const { problem } = reading;
  if (problem === undefined) return { ok: false, diagnostics };
  const worldType = world.entities[0]!.type;
  const fields = world.fluents.filter(({ owner }) => owner === worldType);
  const ownerless = new Set([...reading.byNobody!, ...fields.map(keyName)]);
  const hasGoal = world.wants.some(({ holder }) =>
    "entity" in holder ? holder.entity === 0 : holder.type === worldType,
  );
  const value = {
    problem,
    notation: memberNotation(ownerless),
    hasGoal,
    readGoal: (text: string) => readGoal(read.value, reading, text),
  };
  return { ok: true, value, diagnostics };
}

function readGoal(
  story: OpenedStory,
  reading: DiscreteReading,
  text: string,
): Read<DiscreteExpression> {
  const read = story.readQuestion(text);
  if (!read.ok) return read;
  const { question } = read.value;
  const expr = question.kind === "value" ? question.expr : conditionAtEnd(question.timed);
  if (expr === undefined) {
    const message = "a goal says how the story ends: a condition, and no more";
    const remedy = 'a condition that holds at the end: "rose.blooms and not anna.alive"';
    return { ok: false, diagnostics: [goalError(message, remedy)] };
  }
  const type = story.world.expressions.typeOf(expr);
  if (type.kind !== "boolean" && type.kind !== "number") {
    const message = "a goal is a condition, or a number that is to rise";
    return { ok: false, diagnostics: [goalError(message, '"ring.holder = anna"')] };
  }
  const { goal, diagnostics } = lowerGoal(reading, expr);
  if (goal === undefined) return { ok: false, diagnostics };
  return { ok: true, value: goal, diagnostics: read.diagnostics };
}

function conditionAtEnd(timed: Timed): number | undefined {
  return timed.kind === "at" && timed.moment.kind === "end" ? timed.condition : undefined;
}

function goalError(message: string, remedy: string): Diagnostic {
  return { code: "FAB4205", severity: "error", message, remedy };
}
