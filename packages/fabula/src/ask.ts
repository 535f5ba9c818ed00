/** Answers a question of one run: in truth, or as far as one person knows. */
import { EventProbe, type Simulation } from "@fabula/engine";
import { assertSound, engine, matches, type RunOptions, StoryFault } from "@fabula/lab";
import type { EventPattern } from "@fabula/model";
import { createEnglish, isAct, knownOccurrences, ReplayedState } from "@fabula/telling";
import { type AnswerValue, answerOf } from "./answer.js";
import type { OpenedStory, ReadQuestion } from "./opened-story.js";

export interface AskOptions extends RunOptions {
  /** Milliseconds since the epoch (Infinity: at the end), or as soon as this first happens. */
  readonly at: number | EventPattern;
  /** Birth number of whose knowledge bounds the answer; -1: the truth. */
  readonly as: number;
}

export interface Answer {
  readonly value: AnswerValue;
  /** For people: a number in its unit, a time by the clock. */
  readonly text: string;
}

export function askRun(story: OpenedStory, read: ReadQuestion, options: AskOptions): Answer {
  const { question } = read;
  const { world } = story;
  const bounded = options.as !== -1 || options.at !== Number.POSITIVE_INFINITY;
  if (question.kind === "timed" && bounded) return askHappening(story, read, options);
  if (question.kind === "timed") {
    const held = engine.judge(world, options, [question.timed]).answers[0] ?? false;
    return { value: held, text: held ? "yes" : "no" };
  }
  const simulation = story.begin(options);
  runTo(simulation, options);
  const value =
    options.as === -1
      ? simulation.evaluate(question.expr, [])
      : simulation.evaluateAs(options.as, question.expr);
  const english = createEnglish(new ReplayedState(simulation.world, simulation.chronicle));
  const type = world.expressions.typeOf(question.expr);
  const answer = answerOf(world, english, value, type);
  if (typeof answer === "boolean") return { value: answer, text: answer ? "yes" : "no" };
  if (typeof answer === "string") return { value: answer, text: answer };
  return { value: answer, text: english.lexicon.valueOf(value, type) };
}

/** Plays to the moment asked about; a StoryFault where it never comes. */
function runTo(simulation: Simulation, { at, seed }: AskOptions): void {
  if (typeof at === "number") {
    simulation.runUntil(at);
    assertSound(simulation);
    return;
  }
  const probe = new EventProbe(simulation, at);
  while (probe.first === undefined && simulation.step());
  assertSound(simulation);
  if (probe.first !== undefined) return;
  throw new StoryFault([
    {
      code: "FAB6004",
      severity: "error",
      message: `with seed ${seed} it never happens, so there is nothing to ask at that moment`,
      remedy: "ask at a time, or with another --seed; `fabula odds` says how often it happens",
    },
  ]);
}

/**
 * Whether it has happened by then: in truth, or as far as one person knows. Of what happened, a
 * person knows only that it did; of the whole run nobody in it knows.
 */
function askHappening(
  story: OpenedStory,
  { question, event }: ReadQuestion,
  options: AskOptions,
): Answer {
  const unknown = { value: "unknown", text: "unknown" } as const;
  const isEvent = question.kind === "timed" && question.timed.kind === "happens";
  if (!isEvent || event === undefined) return unknown;
  const simulation = story.begin(options);
  runTo(simulation, options);
  const { chronicle } = simulation;
  const all = Array.from({ length: chronicle.count }, (_, id) => chronicle.get(id));
  const known = options.as === -1 ? undefined : knownOccurrences(all, options.as, isAct);
  const found = all.some((one) => (known?.has(one.id) ?? true) && matches(story.world, event, one));
  if (found) return { value: true, text: "yes" };
  return known === undefined ? { value: false, text: "no" } : unknown;
}
