export { type Completion, completeAt } from "./completion.js";
export { type DeclaredName, declaredNames } from "./declared-names.js";
export { type Hover, hoverAt } from "./hover.js";
export {
  type FoundName,
  findDeclarations,
  findName,
  findOccurrences,
  renameSymbol,
  type TextEdit,
} from "./symbol.js";
export { createTextMateGrammar, type TextMateGrammar } from "./text-mate/text-mate-grammar.js";
export { type ListedText, type ListedWord, listWords } from "./word-list.js";
