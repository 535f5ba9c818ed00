/** A story in Fabula's language as a discrete problem. */
import { compileQuestion, compileStory } from "@fabula/language";
import { type DiscreteReading, lowerGoal, lowerWorld, withGoal } from "../../src/index.js";

/** The text after the header: `story test "Test"` is put before it. */
export function discreteWorld(text: string): DiscreteReading {
  return readWorld(`story test "Test"\n${text}`).reading;
}

export function readWorld(text: string, goal?: string) {
  const { diagnostics, world } = compileStory({ name: "test.fabula", text }, () => []);
  if (world === undefined) throw new RangeError(JSON.stringify(diagnostics[0]));
  const reading = lowerWorld(world);
  const { problem } = reading;
  if (problem === undefined || goal === undefined) return { reading, problem };
  const { question } = compileQuestion(world, { name: "goal", text: goal });
  if (question?.kind !== "value") throw new RangeError(`no goal: ${goal}`);
  const condition = lowerGoal(reading, question.expr).goal!;
  return { reading, problem: withGoal(problem, condition) };
}
