/**
 * Writes the parser for texts in which nothing is wrong: a function for each rule of the grammar,
 * which looks one word ahead, or two, and never goes back. What it makes is what Langium's parser
 * makes (packages/language/src/syntax/descent.ts).
 *
 * Where a part may come or not and both would do, it comes, as with Langium. Where that leads to
 * nothing, the function gives up, and the text is read by Langium's.
 */
import {
  Beginnings,
  isDataType,
  isInfix,
  isTerminal,
  operatorsOf,
  readGrammar,
} from "./grammar.mjs";

/** The source of the parser, in TypeScript. */
export function writeDescent(grammarFile) {
  const grammar = readGrammar(grammarFile);
  return new Writer(grammar).write();
}

class Writer {
  #kinds = new Map();
  #sets = new Map();
  #lines = [];

  constructor(grammar) {
    this.rules = grammar.rules.filter((rule) => !isTerminal(rule));
    this.beginnings = new Beginnings(grammar);
    for (const rule of grammar.rules) {
      if (isTerminal(rule)) {
        if (!rule.hidden) this.#kindOf(rule.name);
      } else if (isInfix(rule)) for (const each of operatorsOf(rule).flat()) this.#kindOf(each);
      else this.#collectKinds(rule.definition);
    }
  }

  write() {
    for (const rule of this.rules) {
      if (isInfix(rule)) this.#writeInfix(rule);
      else if (isDataType(rule)) this.#writeDataType(rule);
      else this.#writeRule(rule);
    }
    const names = JSON.stringify([...this.#kinds.keys()]);
    const sets = [...this.#sets.values()].map(({ name, kinds }) => {
      return `const ${name} = setOf(${this.#kinds.size + 1}, ${JSON.stringify(kinds)});`;
    });
    const entry = this.rules.find((rule) => rule.entry);
    return [
      "// Written by scripts/descent from the grammar. Do not edit.",
      'import { add, type Descent, type Made, setOf } from "../syntax/descent.js";',
      "",
      "/** Of the kinds from 1: words and signs that stand for themselves, names of terminals. */",
      `export const kindNames: readonly string[] = ${names};`,
      ...sets,
      "",
      `export const readFile = ${entry.name};`,
      ...this.#lines,
      "",
    ].join("\n");
  }

  #writeRule(rule) {
    const { name } = rule;
    const body = new Body(this, rule);
    body.emit(rule.definition, this.beginnings.after(rule));
    const head = rule.fragment
      ? [`function ${name}(p: Descent, node: Made): Made | undefined {`]
      : [
          `function ${name}(p: Descent): Made | undefined {`,
          "const start = p.at;",
          `let node: Made = { $type: ${JSON.stringify(rule.inferredType?.name ?? name)} };`,
        ];
    const end = rule.fragment ? "return node;" : "return p.finish(node, start);";
    this.#lines.push("", ...head, ...body.lines, end, "}");
  }

  #writeDataType(rule) {
    const body = new Body(this, rule);
    body.emit(rule.definition, this.beginnings.after(rule));
    const head = [`function ${rule.name}(p: Descent): string | undefined {`, 'let text = "";'];
    this.#lines.push("", ...head, ...body.lines, "return text;", "}");
  }

  #writeInfix(rule) {
    const operators = operatorsOf(rule);
    const operand = rule.call.rule.ref.name;
    const ranks = operators.flatMap((each, rank) => each.map((operator) => [operator, rank]));
    this.#lines.push(
      "",
      `const ranksOf${rule.name}: ReadonlyMap<string, number> = new Map(${JSON.stringify(ranks)});`,
      `function ${rule.name}(p: Descent): Made | undefined {`,
      "const start = p.at;",
      `const first = ${operand}(p);`,
      "if (first === undefined) return undefined;",
      "const parts = [first];",
      "const operators: string[] = [];",
      `while (${this.isIn(operators.flat())}) {`,
      "operators.push(p.take());",
      `const part = ${operand}(p);`,
      "if (part === undefined) return undefined;",
      "parts.push(part);",
      "}",
      `return p.infix(${JSON.stringify(rule.name)}, parts, operators, ranksOf${rule.name}, start);`,
      "}",
    );
  }

  /** Whether the word ahead (`second`: the one behind it) is one of these. */
  isIn(tokens, second = false) {
    const kinds = [...tokens].map((token) => this.#kindOf(token)).sort((a, b) => a - b);
    const kind = second ? "p.second" : "p.kind";
    const test = second ? "p.isSecond" : "p.is";
    if (kinds.length <= 3) return kinds.map((each) => `${test}(${each})`).join(" || ");
    const key = kinds.join();
    const known = this.#sets.get(key) ?? { name: `set${this.#sets.size}`, kinds };
    this.#sets.set(key, known);
    return `${known.name}[${kind}] === 1`;
  }

  #kindOf(token) {
    const known = this.#kinds.get(token);
    if (known !== undefined) return known;
    const kind = token === "$" ? 0 : this.#kinds.size + 1;
    if (token !== "$") this.#kinds.set(token, kind);
    return kind;
  }

  #collectKinds(element) {
    if (element.$type === "Keyword") this.#kindOf(element.value);
    for (const each of element.elements ?? []) this.#collectKinds(each);
    if (element.terminal !== undefined) this.#collectKinds(element.terminal);
  }
}

/** The statements of one rule. */
class Body {
  lines = [];
  /** Nothing was put into `node` yet but its type. */
  #isFresh = true;

  constructor(writer, rule) {
    this.writer = writer;
    this.rule = rule;
    this.beginnings = writer.beginnings;
  }

  /** `behind`: what can follow the element. */
  emit(element, behind) {
    const { cardinality } = element;
    if (cardinality === undefined) {
      this.#emitOnce(element, behind);
      return;
    }
    const again = this.beginnings.again(element, behind);
    const enters = this.#enters(element, behind, again);
    const wasFresh = this.#isFresh;
    if (cardinality === "+") throw new Error(`${this.rule.name}: write it without \`+\``);
    this.lines.push(`${cardinality === "?" ? "if" : "while"} (${enters}) {`);
    this.#emitOnce(element, again);
    this.lines.push("}");
    this.#isFresh &&= wasFresh;
  }

  #enters(element, behind, again) {
    const once = { ...element, cardinality: undefined };
    if (this.beginnings.isOnceNullable(element)) throw new Error(`${this.rule.name}: may be empty`);
    const first = [...this.beginnings.first(element)];
    const sure = first.filter((token) => !behind.has(token));
    const unsure = first.filter((token) => behind.has(token));
    return this.#anyOf(sure, unsure, (token) => this.beginnings.second(once, token, again));
  }

  /** The word ahead is one of `sure`, or one of `unsure` with the right one behind it. */
  #anyOf(sure, unsure, second) {
    const tests = sure.length === 0 ? [] : [this.writer.isIn(sure)];
    for (const token of unsure) {
      tests.push(`(${this.writer.isIn([token])}) && (${this.writer.isIn(second(token), true)})`);
    }
    return tests.map((test) => (tests.length > 1 ? `(${test})` : test)).join(" || ");
  }

  #emitOnce(element, behind) {
    switch (element.$type) {
      case "Group":
        for (const [index, each] of element.elements.entries()) {
          const rest = element.elements.slice(index + 1);
          this.emit(each, this.beginnings.firstOfRow(rest, behind));
        }
        break;
      case "Alternatives":
        this.#emitAlternatives(element, behind);
        break;
      case "Keyword":
        this.#emitWord(element.value);
        break;
      case "RuleCall":
        this.#emitCall(element.rule.ref);
        break;
      case "Assignment":
        this.#emitAssignment(element);
        break;
      case "Action":
        this.#emitAction(element);
        break;
      default:
        throw new Error(`a ${element.$type} in the grammar is new to this script`);
    }
  }

  #emitAlternatives({ elements }, behind) {
    const { beginnings } = this;
    const wasFresh = this.#isFresh;
    let isFresh = true;
    const alike = this.#alike(elements, behind);
    for (const { token, second, ways } of alike) {
      const test = `(${this.writer.isIn([token])}) && (${this.writer.isIn([second], true)})`;
      this.lines.push(`if (${test}) {`, ...this.#tryInTurn(ways), "} else");
    }
    for (const [index, each] of elements.entries()) {
      if (beginnings.isNullable(each)) throw new Error(`${this.rule.name}: a way may be empty`);
      const others = elements.filter((other) => other !== each);
      const rivals = (token) => others.filter((other) => beginnings.first(other).has(token));
      const first = [...beginnings.first(each)];
      const second = (token) => beginnings.second(each, token, behind);
      const sure = first.filter((token) => rivals(token).length === 0);
      const unsure = first.filter((token) => rivals(token).length > 0);
      const test = this.#anyOf(sure, unsure, second);
      this.lines.push(`${index === 0 ? "" : "} else "}if (${test}) {`);
      this.#isFresh = wasFresh;
      this.emit(each, behind);
      isFresh &&= this.#isFresh;
    }
    this.lines.push("} else return undefined;");
    this.#isFresh = isFresh;
  }

  /** Words, two in a row, with which several ways begin. */
  #alike(elements, behind) {
    const { beginnings } = this;
    const found = new Map();
    for (const way of elements) {
      for (const token of beginnings.first(way)) {
        for (const second of beginnings.second(way, token, behind)) {
          const key = `${token} ${second}`;
          const known = found.get(key) ?? { token, second, ways: [] };
          known.ways.push(way);
          found.set(key, known);
        }
      }
    }
    return [...found.values()].filter(({ ways }) => ways.length > 1);
  }

  /** The first way that can be gone to its end; each is a rule of its own. */
  #tryInTurn(ways) {
    const rules = ways.map((way) => way.rule?.ref);
    if (!this.#isFresh || rules.some((rule) => rule === undefined || rule.fragment))
      throw new Error(`${this.rule.name}: two ways begin alike, and are no rules of their own`);
    const names = rules.map(({ name }) => name).join(", ");
    return [
      `const made = p.firstOf([${names}]);`,
      "if (made === undefined) return undefined;",
      "node = made;",
    ];
  }

  #emitWord(token) {
    if (isDataType(this.rule)) {
      this.lines.push(`if (!${this.writer.isIn([token])}) return undefined;`, "text += p.take();");
    } else this.lines.push(`if (!${this.writer.isIn([token])}) return undefined;`, "p.next();");
  }

  #emitCall(rule) {
    if (isTerminal(rule)) this.#emitWord(rule.name);
    else if (rule.fragment) {
      this.lines.push(`if (${rule.name}(p, node) === undefined) return undefined;`);
      this.#isFresh = false;
    } else {
      if (!this.#isFresh) throw new Error(`${this.rule.name}: ${rule.name} would override`);
      this.lines.push(
        "{",
        `const made = ${rule.name}(p);`,
        "if (made === undefined) return undefined;",
        "node = made;",
        "}",
      );
      this.#isFresh = false;
    }
  }

  #emitAssignment({ feature, operator, terminal }) {
    const name = JSON.stringify(feature);
    this.#isFresh = false;
    if (terminal.$type === "CrossReference") {
      this.#assign(name, operator, terminal.terminal, `p.reference(node, ${name})`);
    } else if (terminal.$type === "RuleCall" && !isTerminal(terminal.rule.ref)) {
      const { ref } = terminal.rule;
      const from = isDataType(ref) ? "const from = p.at;" : "";
      this.lines.push(
        "{",
        `${from}const value = ${ref.name}(p);`,
        "if (value === undefined) return undefined;",
        put(name, operator, "value"),
        ...(isDataType(ref) ? [`p.note(node, ${name}, from);`] : []),
        "}",
      );
    } else if (operator === "?=") this.#assign(name, operator, terminal, "p.take()");
    else {
      const isName = this.beginnings.first(terminal).has("ID");
      if (isName) this.lines.push(`p.note(node, ${name}, p.at);`);
      this.#assign(name, operator, terminal, takeOf(terminal));
    }
  }

  #assign(name, operator, terminal, value) {
    const test = this.writer.isIn(this.beginnings.first(terminal));
    this.lines.push(`if (!(${test})) return undefined;`, put(name, operator, value));
  }

  #emitAction({ type, inferredType, feature, operator }) {
    const name = JSON.stringify(inferredType?.name ?? type.ref?.name);
    if (feature === undefined) this.lines.push(`node.$type = ${name};`);
    else {
      if (operator !== "=") throw new Error(`${this.rule.name}: current is put away by \`=\``);
      this.lines.push(`node = p.wrap(node, start, ${name}, ${JSON.stringify(feature)});`);
      this.#isFresh = false;
    }
  }
}

function put(name, operator, value) {
  if (operator === "+=") return `add(node, ${name}, ${value});`;
  return operator === "?=" ? `${value}; node[${name}] = true;` : `node[${name}] = ${value};`;
}

/** As syntax/value-converter.ts has it. */
function takeOf(terminal) {
  if (terminal.$type !== "RuleCall") return "p.take()";
  const { name } = terminal.rule.ref;
  if (name === "NUMBER") return "Number(p.take())";
  const quoted = ["STRING", "TITLE", "TEXT_START", "TEXT_MID", "TEXT_END"];
  return quoted.includes(name) ? "p.take().slice(1, -1)" : "p.take()";
}
