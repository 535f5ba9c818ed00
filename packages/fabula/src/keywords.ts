/** Which words are keywords where, for an editor's colours: `import ... from "fabula/keywords"`. */
export {
  hardWords,
  headWords,
  infixWords,
  loneWords,
  operandWords,
  prefixWords,
  typeWords,
} from "@fabula/language/words";
