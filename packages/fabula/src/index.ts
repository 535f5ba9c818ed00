export * from "@fabula/chronicle";
export type { Simulation, Steering } from "@fabula/engine";
export * from "@fabula/lab";
export {
  type CompiledSource,
  compileSource,
  compileStory,
  completeAt,
  type DeclaredName,
  Draft,
  declaredNames,
  describeExpression,
  describeValue,
  type FoundName,
  findDeclarations,
  findName,
  findOccurrences,
  formatText,
  hoverAt,
  importSabre,
  type LoadedSources,
  loadSources,
  offerModules,
  type PackedModules,
  packModules,
  renameSymbol,
} from "@fabula/language";
export * from "@fabula/model";
export * from "@fabula/telling";
export * from "./answer.js";
export * from "./ask.js";
export * from "./change-path.js";
export * from "./deed-texts.js";
export * from "./least-change.js";
export * from "./moment.js";

export * from "./opened-story.js";
export * from "./own-wants.js";
export * from "./play.js";
export * from "./published-page.js";
export * from "./root.js";
export * from "./story-source.js";
export * from "./story-texts.js";
export * from "./surveys/index.js";
export * from "./tell.js";
export * from "./told-difference.js";
export type { ToldLine } from "./told-line.js";
export * from "./verify.js";
export * from "./views/index.js";
export * from "./what-followed.js";
export * from "./what-if.js";
export * from "./why.js";

export * from "./words.js";
