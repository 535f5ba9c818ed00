export type { SeekLimits } from "@fabula/model";
export { type Grounding, ground } from "./ground/ground.js";
export type { GroundProblem } from "./ground/ground-problem.js";
export * from "./seek.js";
export { readPlan, toSabreForm } from "./story/sabre-form.js";
export type { Story, StoryReason, StoryStep } from "./story/story.js";
export { type Failure, type FailureKind, type Verdict, validate } from "./validate/validate.js";
