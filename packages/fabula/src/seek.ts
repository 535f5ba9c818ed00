/** Discrete worlds: is there a story that ends like this? Loads no more than that needs. */
export { readSabre, readSabreCondition } from "@fabula/language/sabre";
export {
  type CheckResult,
  checkPlan,
  defaultLimits,
  type Explanation,
  explain,
  type NearestMiss,
  type Notation,
  plainNotation,
  readPlan,
  type SeekLimits,
  type SeekProgress,
  type SeekResult,
  seek,
  tellStory,
  toSabreForm,
  withGoal,
} from "@fabula/planner";
