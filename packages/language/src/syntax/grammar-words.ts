/** With which tokens each rule of the grammar can begin; read from the grammar itself. */
import { AstUtils, GrammarAST } from "langium";
import { FabulaGrammar } from "../generated/grammar.js";

const known = new Map<string, ReadonlySet<string>>();

/** Keywords as written, terminals by name (`ID`), in the order of the grammar. */
export function firstTokens(ruleName: string): ReadonlySet<string> {
  const found = known.get(ruleName);
  if (found !== undefined) return found;
  const tokens = new Set<string>();
  known.set(ruleName, tokens);
  const rule = FabulaGrammar().rules.find((candidate) => candidate.name === ruleName);
  if (GrammarAST.isInfixRule(rule)) addRule(rule.call.rule.ref, tokens);
  else if (GrammarAST.isParserRule(rule)) collect(rule.definition, tokens);
  return tokens;
}

/** The keywords among them that are words. */
export function firstWords(ruleName: string): readonly string[] {
  return [...firstTokens(ruleName)].filter((token) => /^[a-z]+$/.test(token));
}

/** Those of them that say what kind of line it is: no value can begin with them. */
export function lineWords(ruleName: string): readonly string[] {
  const ofValues = firstTokens("Timed");
  return firstWords(ruleName).filter((word) => !ofValues.has(word));
}

/** Every word of the grammar, once. */
export function grammarWords(): readonly string[] {
  const words = new Set<string>();
  for (const node of AstUtils.streamAllContents(FabulaGrammar())) {
    if (GrammarAST.isKeyword(node) && /^[a-z]+$/.test(node.value)) words.add(node.value);
  }
  return [...words].sort();
}

/** Adds what `element` can begin with; true where it can be empty. */
function collect(element: GrammarAST.AbstractElement, tokens: Set<string>): boolean {
  const mayBeLeftOut = element.cardinality === "?" || element.cardinality === "*";
  if (GrammarAST.isKeyword(element)) tokens.add(element.value);
  else if (GrammarAST.isAssignment(element))
    return collect(element.terminal, tokens) || mayBeLeftOut;
  else if (GrammarAST.isCrossReference(element)) tokens.add("ID");
  else if (GrammarAST.isRuleCall(element)) addRule(element.rule.ref, tokens);
  else if (GrammarAST.isAlternatives(element)) {
    const empty = element.elements.map((choice) => collect(choice, tokens));
    return empty.includes(true) || mayBeLeftOut;
  } else if (GrammarAST.isGroup(element)) {
    return element.elements.every((part) => collect(part, tokens)) || mayBeLeftOut;
  } else if (GrammarAST.isAction(element)) return true;
  return mayBeLeftOut;
}

function addRule(rule: GrammarAST.AbstractRule | undefined, tokens: Set<string>): void {
  if (rule === undefined) return;
  if (GrammarAST.isTerminalRule(rule)) tokens.add(rule.name);
  else for (const token of firstTokens(rule.name)) tokens.add(token);
}
