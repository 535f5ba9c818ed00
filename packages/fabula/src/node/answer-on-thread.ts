/** The work of a thread: reads a survey once, and answers batch after batch of its seeds. */
import { setImmediate } from "node:timers/promises";
import type { Batch } from "@fabula/lab";
import { StoryFault } from "@fabula/lab";
import type { BatchResult, ThreadWork } from "@fabula/lab/node";
import type { AnswerSeed } from "../surveys/answer-seed.js";
import { openSurvey, type Survey } from "../surveys/survey.js";

const opened = new Map<string, AnswerSeed>();
/** Worlds kept in a thread that serves many questions. */
const openedMax = 4;

export async function answerOnThread(work: ThreadWork<Survey>): Promise<BatchResult> {
  const { survey, content, from, to } = work;
  // What came with the batch before leaves first: two that arrive together would else end together.
  await setImmediate();
  let answer = opened.get(survey);
  if (answer === undefined) {
    const read = openSurvey(content);
    if (!read.ok) return { kind: "wrong", diagnostics: read.diagnostics };
    answer = read.value;
    if (opened.size >= openedMax) opened.delete(opened.keys().next().value as string);
    opened.set(survey, answer);
  }
  return answerBatch(answer, { from, to });
}

export function answerBatch(answer: AnswerSeed, { from, to }: Batch): BatchResult {
  const answers: string[] = [];
  try {
    for (let seed = from; seed < to; seed += 1) answers.push(answer(seed));
  } catch (error) {
    if (!(error instanceof StoryFault)) throw error;
    return { kind: "wrong", diagnostics: error.diagnostics };
  }
  return { kind: "answers", answers };
}
