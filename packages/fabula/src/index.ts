export * from "@fabula/chronicle";
export * from "@fabula/lab";
export {
  compileSource,
  compileStory,
  describeExpression,
  describeValue,
  formatText,
} from "@fabula/language";
export type { Simulation } from "@fabula/engine";
export * from "@fabula/model";
export * from "@fabula/telling";
export * from "./answer.js";
export * from "./ask.js";
export * from "./moment.js";
export * from "./odds.js";
export * from "./opened-story.js";
export * from "./tell.js";
export * from "./what-if.js";
export * from "./words.js";
export * from "./why.js";
export * from "./play.js";
