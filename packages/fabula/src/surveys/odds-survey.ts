/** What one run answers to some questions, as it is and with a change: the survey behind `odds`. */
import { judge } from "@fabula/engine";
import { type AnsweredRun, assertSound, type Batch, type RunAnswer } from "@fabula/lab";
import type { Intervention, Timed } from "@fabula/model";
import { createEnglish, ReplayedState } from "@fabula/telling";
import { answerOf } from "../answer.js";
import { type OpenedStory, type Read, type ReadQuestion, readAll } from "../opened-story.js";
import type { AnswerSeed } from "./answer-seed.js";

export interface OddsAsk {
  readonly kind: "odds";
  /** Conditions, or values at the end. */
  readonly questions: readonly string[];
  readonly changes: readonly string[];
  /** Lines that the second variant has besides; absent: there is one variant. */
  readonly compare?: readonly string[];
  /** 0 .. 1, exclusive. */
  readonly jitter: number;
}

export function oddsSurvey(story: OpenedStory, ask: OddsAsk): Read<AnswerSeed> {
  const questions = readAll(ask.questions.map((text) => story.readQuestion(text)));
  if (!questions.ok) return questions;
  const variants = readAll(
    [ask.changes, ...(ask.compare === undefined ? [] : [[...ask.changes, ...ask.compare]])].map(
      (lines) => story.readChanges(lines),
    ),
  );
  if (!variants.ok) return variants;
  const value: AnswerSeed = (seed) =>
    JSON.stringify(
      variants.value.map((changes) =>
        answerRun(story, questions.value, { seed, changes, jitter: ask.jitter }),
      ),
    );
  const diagnostics = [...questions.diagnostics, ...variants.diagnostics];
  return { ok: true, value, diagnostics };
}

/** Back from the text of a survey's answer. */
export function readAnsweredRun(seed: number, answer: string): AnsweredRun {
  return { seed, variants: JSON.parse(answer) as RunAnswer[][] };
}

/** Whether it holds with each of the seeds `from` .. `to` - 1, counted. */
export function countYes(
  story: OpenedStory,
  question: ReadQuestion,
  seeds: Batch,
  options: Omit<Options, "seed">,
): number {
  let yes = 0;
  for (let seed = seeds.from; seed < seeds.to; seed += 1) {
    if (answerRun(story, [question], { ...options, seed })[0] === 1) yes += 1;
  }
  return yes;
}

interface Options {
  readonly seed: number;
  readonly changes: readonly Intervention[];
  readonly jitter: number;
}

function answerRun(
  story: OpenedStory,
  questions: readonly ReadQuestion[],
  options: Options,
): RunAnswer[] {
  const pool = story.world.expressions;
  const conditions = questions.map(({ question }): Timed | undefined => {
    if (question.kind === "timed") return question.timed;
    if (pool.typeOf(question.expr).kind !== "boolean") return undefined;
    return { kind: "at", condition: question.expr, moment: { kind: "end" } };
  });
  const simulation = story.begin(options);
  const asked = conditions.filter((one) => one !== undefined);
  const held = judge(simulation, asked, { toEnd: asked.length < conditions.length });
  assertSound(simulation);
  let next = 0;
  return questions.map(({ question }, index): RunAnswer => {
    if (conditions[index] !== undefined) return held[next++] === true ? 1 : 0;
    if (question.kind === "timed") return 0;
    const english = createEnglish(
      new ReplayedState(simulation.world, simulation.chronicle),
      "declared",
    );
    const type = pool.typeOf(question.expr);
    const value = answerOf(story.world, english, simulation.evaluate(question.expr), type);
    return typeof value === "boolean" ? Number(value) : value;
  });
}
