/**
 * A question to many runs, as a plain value that travels: the texts of the story, what is asked, and
 * one short text as the answer of each seed. Whoever answers a seed gives the same text, on one core,
 * many or another machine; answers are added up where the question was asked.
 */
import type { FindModules } from "@fabula/model";
import { type OpenedStory, type Read, readStory } from "../opened-story.js";
import type { StoryTexts } from "../story-texts.js";
import type { AnswerSeed } from "./answer-seed.js";
import { type CoverageAsk, coverageSurvey } from "./coverage-survey.js";
import { type DriversAsk, driversSurvey } from "./drivers-survey.js";
import { type OddsAsk, oddsSurvey } from "./odds-survey.js";
import { type RareAsk, rareSurvey } from "./rare-survey.js";
import { type SiftAsk, siftSurvey } from "./sift-survey.js";
import { type TestAsk, testSurvey } from "./test-survey.js";

export type Ask = OddsAsk | RareAsk | TestAsk | CoverageAsk | DriversAsk | SiftAsk;

export interface Survey {
  readonly texts: StoryTexts;
  readonly ask: Ask;
}

/** Reads the texts and the questions; everything that is wrong with them is said here. */
export function openSurvey({ texts, ask }: Survey): Read<AnswerSeed> {
  const find: FindModules = (name) => [...(texts.modules[name] ?? [])];
  if (ask.kind === "tests") return testSurvey(texts.story, find, ask);
  const read = readStory(texts.story, find);
  if (!read.ok) return read;
  return surveyStory(read.value, ask);
}

/** As `openSurvey`, of a story that was read already. */
export function surveyStory(story: OpenedStory, ask: Exclude<Ask, TestAsk>): Read<AnswerSeed> {
  switch (ask.kind) {
    case "odds":
      return oddsSurvey(story, ask);
    case "rare":
      return rareSurvey(story, ask);
    case "coverage":
      return coverageSurvey(story, ask);
    case "drivers":
      return driversSurvey(story, ask);
    case "sift":
      return siftSurvey(story, ask);
  }
}
