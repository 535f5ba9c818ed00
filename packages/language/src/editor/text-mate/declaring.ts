/** The words behind which a line names what it declares; read from the grammar itself. */
import { AstUtils, GrammarAST } from "langium";
import { FabulaGrammar } from "../../generated/grammar.js";
import { headWords } from "../../syntax/words.js";

export interface DeclaringWords {
  /** A name always follows: `rule`, `type`. */
  readonly always: readonly string[];
  /** A name, or at once the title or what is declared: `expect`, `whatif`. */
  readonly maybe: readonly string[];
}

export function declaringWords(): DeclaringWords {
  const always = new Set<string>();
  const maybe = new Set<string>();
  for (const node of AstUtils.streamAllContents(FabulaGrammar())) {
    if (!GrammarAST.isGroup(node)) continue;
    for (const [index, element] of node.elements.entries()) {
      const named = findName(node.elements.slice(index + 1));
      if (named === undefined) continue;
      const words = wordsOf(element).filter((word) => headWords.has(word));
      for (const word of words) (named.cardinality === "?" ? maybe : always).add(word);
    }
  }
  return { always: [...always].sort(), maybe: [...maybe].sort() };
}

/** The name that these elements begin with; none where `:` makes it one of something else. */
function findName(
  elements: readonly GrammarAST.AbstractElement[],
): GrammarAST.Assignment | undefined {
  const [first, second] = elements;
  if (first === undefined) return undefined;
  if (GrammarAST.isGroup(first)) return findName(first.elements);
  if (GrammarAST.isAlternatives(first)) {
    return first.elements.map((choice) => findName([choice])).find((name) => name !== undefined);
  }
  if (!GrammarAST.isAssignment(first) || first.feature !== "name") return undefined;
  return GrammarAST.isKeyword(second) && second.value === ":" ? undefined : first;
}

function wordsOf(element: GrammarAST.AbstractElement): readonly string[] {
  if (GrammarAST.isKeyword(element)) return [element.value];
  if (GrammarAST.isAlternatives(element)) return element.elements.flatMap(wordsOf);
  return GrammarAST.isAssignment(element) ? wordsOf(element.terminal) : [];
}
