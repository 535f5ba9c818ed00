/** What the author reads where a sentence does not parse: what was expected, what stands there. */
import type { IParserErrorMessageProvider, IToken, TokenType } from "chevrotain";
import { findNearest, strokesBetween } from "../spelling.js";
import { firstTokens, lineWords } from "./grammar-words.js";
import { syntaxErrorsMax } from "./limits.js";
import { needsMore } from "./misspelt-head.js";
import { encodeProblem, type Problem, problem } from "./problem.js";
import { type Block, blocks, nameOfToken } from "./token-names.js";
import { infixWords } from "./words.js";

/** More alternatives than this are not listed: a value is wanted. */
const listedMax = 6;

interface Surprise {
  readonly expected: readonly string[];
  readonly actual: IToken;
  readonly previous: IToken | undefined;
  readonly rule: string;
}

export class ParserMessages implements IParserErrorMessageProvider {
  private count = 0;
  private onFlood: () => void = () => undefined;

  /** Starts a new text. `onFlood`: it has so many errors that the rest is not worth reading. */
  begin(onFlood: () => void): void {
    this.count = 0;
    this.onFlood = onFlood;
  }

  buildMismatchTokenMessage(options: {
    expected: TokenType;
    actual: IToken;
    previous: IToken;
    ruleName: string;
  }): string {
    const { actual, previous, ruleName } = options;
    return this.#say({ expected: [options.expected.name], actual, previous, rule: ruleName });
  }

  buildNotAllInputParsedMessage(options: { firstRedundant: IToken; ruleName: string }): string {
    // Chevrotain leaves the name of the rule out here, whatever its types say.
    const { firstRedundant: actual, ruleName: rule = "File" } = options;
    return this.#say({ expected: ["ITEM"], actual, previous: undefined, rule });
  }

  buildNoViableAltMessage(options: {
    expectedPathsPerAlt: TokenType[][][];
    actual: IToken[];
    previous: IToken;
    ruleName: string;
  }): string {
    const expected = options.expectedPathsPerAlt.flat().flatMap((path) => path[0]?.name ?? []);
    const { previous, ruleName: rule } = options;
    return this.#say({ expected, actual: options.actual[0]!, previous, rule });
  }

  buildEarlyExitMessage(options: {
    expectedIterationPaths: TokenType[][];
    actual: IToken[];
    previous: IToken;
    ruleName: string;
  }): string {
    const expected = options.expectedIterationPaths.flatMap((path) => path[0]?.name ?? []);
    const { previous, ruleName: rule } = options;
    return this.#say({ expected, actual: options.actual[0]!, previous, rule });
  }

  #say(surprise: Surprise): string {
    this.count += 1;
    if (this.count === syntaxErrorsMax) this.onFlood();
    // Langium marks the names of its rules with a zero-width space.
    const rule = surprise.rule.replace("\u200B", "");
    // Where the parser looked ahead, it takes what it found for what came before.
    const previous = surprise.previous === surprise.actual ? undefined : surprise.previous;
    return encodeProblem(describe({ ...surprise, previous, rule }));
  }
}

function describe(surprise: Surprise): Problem {
  const { expected, actual, previous, rule } = surprise;
  const got = actual.tokenType.name;
  const onlyExpected = expected.length === 1 ? expected[0] : undefined;
  if (got === "INDENT" || (got === "DEDENT" && rule === "File")) {
    return problem(
      "FAB1203",
      "This line is indented further than the one above, but that line opens no block.",
      "Move it to the left, or see whether the line above is complete.",
    );
  }
  if (onlyExpected === "INDENT") {
    const what = blocks.get(rule)?.name ?? "this";
    const remedy = "Indent the lines that belong to it by two spaces.";
    return problem(
      "FAB1204",
      `${capital(what)} needs an indented block under its first line.`,
      remedy,
    );
  }
  if (actual.image === "=" && previous?.image === "=") {
    return problem("FAB1208", "`==` means nothing here.", "Write one `=`.");
  }
  return describeLineStart(surprise) ?? describeMiddle(surprise);
}

/** Where a whole line was expected: which words begin one here. */
function describeLineStart(surprise: Surprise): Problem | undefined {
  const { expected, actual, previous, rule } = surprise;
  // Tokens without an image are of the layout: behind any other, this stands within a line.
  if (previous !== undefined && previous.image !== "") return undefined;
  const block = blocks.get(rule) ?? [...blocks.values()].find((known) => known.line === rule);
  const endsBlock = expected.length === 1 && ["DEDENT", "ITEM"].includes(expected[0]!);
  if (block === undefined || !(endsBlock || block.line === rule || rule === "File"))
    return undefined;
  const word = actual.image;
  if (word === "module" || word === "story") {
    const message = `\`${word}\` stands on the first line of a file, once.`;
    return problem("FAB1201", message, "Move it up, or take it out.");
  }
  const words = lineWords(block.line);
  const home = rule === "File" || rule === "Item" ? findHome(word, block) : undefined;
  if (home !== undefined) {
    const message = `\`${word}\` is a line inside ${home.name}.`;
    return problem("FAB1202", message, "Indent it by two spaces.");
  }
  if (words.includes(word)) return needsMore(word);
  const near = /^\w/.test(word) ? findNearest(word, words) : undefined;
  if (rule === "Member" && near === undefined && actual.tokenType.name === "ID") {
    const message = `What stands behind \`${word}\` makes neither a field of it nor a fact.`;
    return problem(
      "FAB1207",
      message,
      "Declare a field by `x: number`, give it a value by `x = 5`.",
    );
  }
  const what = word === "" ? nameOfToken(actual.tokenType.name) : `\`${word}\``;
  const isEffect = block.effects !== undefined && firstTokens("Effect").has(actual.tokenType.name);
  const effects = isEffect ? `Effects stand indented under ${block.effects}. ` : "";
  const remedy = near
    ? `Did you mean \`${near}\`?`
    : `${effects}Here may stand: ${list(words.map(quote))}.`;
  return problem("FAB1201", `${capital(what)} does not begin a line of ${block.name}.`, remedy);
}

/** The block that such a line belongs to, where it cannot begin one of `here`. */
function findHome(word: string, here: Block): Block | undefined {
  if (!/^[a-z]+$/.test(word) || lineWords(here.line).includes(word)) return undefined;
  return [...blocks.values()].find((known) => lineWords(known.line).includes(word));
}

function describeMiddle(surprise: Surprise): Problem {
  const { expected, actual, previous, rule } = surprise;
  const word = actual.image;
  const behind =
    previous !== undefined && previous.image !== "" ? ` after \`${previous.image}\`` : "";
  const found = word === "" ? nameOfToken(actual.tokenType.name) : `\`${word}\``;
  const near = findNearest(
    word,
    expected.filter((token) => /^[a-z]+$/.test(token)),
  );
  const remedy = near === undefined || word === "" ? undefined : `Did you mean \`${near}\`?`;
  if ((word === "and" || word === "or") && remedy === undefined) {
    const message = `\`${word}\` cannot go on here${behind}.`;
    return problem("FAB1207", message, "Put brackets round what belongs together.");
  }
  if (expected.length > listedMax && expected.includes("ID")) {
    const message = `I expected a value${behind}, but found ${found}.`;
    return problem("FAB1205", message, remedy ?? "Write a name, a number, a text or a condition.");
  }
  if (actual.tokenType.name === "ID" && expected.includes("NEWLINE")) {
    const message = `The line should end${behind}; \`${word}\` is left over.`;
    return problem("FAB1206", message, useOf(word, surprise));
  }
  if (expected.includes(word)) {
    return problem("FAB1207", `\`${word}\` does not go on so${behind}.`, equals);
  }
  const wanted = list([...new Set(expected.map(nameOfToken))]);
  const message = `I expected ${wanted}${behind}, but found ${found}.`;
  const isEffect = effectRules.has(rule) && expected.includes("NEWLINE");
  const meansIs = [":", "is"].includes(word) && expected.includes("NEWLINE");
  const known = isEffect
    ? effectForms
    : meansIs
      ? equals
      : (titleBehind(surprise) ?? wayOut(expected, wanted, found));
  return problem("FAB1207", message, remedy ?? known);
}

/** `guest times 3 "a guest"` */
function titleBehind({ actual, rule }: Surprise): string | undefined {
  const isTitle = /^"/.test(actual.image) && rule === "Entity";
  return isTitle ? "A title stands right behind the name, before `times`." : undefined;
}

const equals = "What something is stands behind `=`: `x = 5`.";
const effectForms = "Write `x = 5`, `x rises by 5`, `x falls by 5`, `flag` or `not flag`.";
/** Where what is made to hold is read. */
const effectRules: ReadonlySet<string> = new Set(["ChangeEffect", "Effect"]);

const articles: ReadonlySet<string> = new Set(["a", "an", "the"]);

/** What is to be done with a word that is left over. */
function useOf(word: string, { previous, rule }: Surprise): string {
  const meant = word.length < 3 ? undefined : findNearest(word, infixWords);
  const strokesMax = word.length <= 5 ? 1 : 2;
  if (meant !== undefined && strokesBetween(word, meant, 3) <= strokesMax) {
    return `Did you mean \`${meant}\`?`;
  }
  if (effectRules.has(rule)) return effectForms;
  const name = previous?.tokenType.name === "ID" ? previous.image : undefined;
  if (name === undefined) return `Take out \`${word}\`.`;
  if (articles.has(name)) return `Leave \`${name}\` out.`;
  return (
    `A name is one word, \`${name}_${word}\`; ` +
    `what somebody has or does stands behind a dot, \`${name}.${word}\`.`
  );
}

function wayOut(expected: readonly string[], wanted: string, found: string): string {
  const takeOut = actualWord(found) ? `take out ${found}` : "see what is missing";
  if (!expected.includes("NEWLINE")) {
    return actualWord(found)
      ? `Write ${wanted} before ${found} or instead of it.`
      : `Put in ${wanted}, or ${takeOut}.`;
  }
  return `${capital(takeOut)}, or put brackets round what belongs together.`;
}

function actualWord(found: string): boolean {
  return found.startsWith("`");
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function quote(word: string): string {
  return `\`${word}\``;
}

function list(parts: readonly string[]): string {
  if (parts.length < 2) return parts[0] ?? "something else";
  return `${parts.slice(0, -1).join(", ")} or ${parts.at(-1)}`;
}
