/** What an editor needs of the language: `import ... from "fabula/editor"`. */
export {
  type Completion,
  compileSource,
  completeAt,
  Draft,
  findDeclarations,
  findName,
  findOccurrences,
  formatText,
  type Hover,
  hoverAt,
  type ListedText,
  type ListedWord,
  type LoadedSources,
  listWords,
  loadSources,
  renameSymbol,
  type TextEdit,
} from "@fabula/language";
export { findModulesIn, type StorySource } from "./story-source.js";
