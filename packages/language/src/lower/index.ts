export {
  type CompiledRow,
  type CompiledSource,
  compileSource,
  compileStory,
} from "./compile.js";
export {
  describeEvent,
  describeExpression,
  describeValue,
  type LocalWords,
} from "./describe.js";
export {
  type CompiledChanges,
  type CompiledQuestion,
  compileChanges,
  compileQuestion,
  type Question,
} from "./question.js";
