/**
 * The grammar of the language, and what its places can begin with and be followed by: sets of
 * tokens, from which a parser that never goes back knows its way. A token is named as the lexer
 * names it; `$` is the end of the text.
 */
import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";

/** The grammar as Langium wrote it down, its calls of rules pointing at the rules. */
export function readGrammar(file) {
  const text = readFileSync(file, "utf8");
  const call = "loadGrammarFromJson(";
  const start = text.indexOf(`${call}'`) + call.length;
  const grammar = JSON.parse(runInNewContext(text.slice(start, text.lastIndexOf("'") + 1)));
  const resolve = (node) => {
    if (typeof node !== "object" || node === null) return;
    const index = /^#\/rules@(\d+)$/.exec(node.$ref ?? "")?.[1];
    if (index !== undefined) node.ref = grammar.rules[Number(index)];
    for (const [key, value] of Object.entries(node)) if (key !== "ref") resolve(value);
  };
  resolve(grammar);
  return grammar;
}

export const isTerminal = (rule) => rule.$type === "TerminalRule";
export const isInfix = (rule) => rule.$type === "InfixRule";
/** A rule whose value is a text. */
export const isDataType = (rule) => rule.dataType !== undefined;

/** The operators of an infix rule by how tightly they bind, tightest first. */
export function operatorsOf(rule) {
  return rule.operators.precedences.map(({ operators, associativity }) => {
    if (associativity === "right") throw new Error(`${rule.name}: nothing here binds to the right`);
    return operators.map(({ value }) => value);
  });
}

export class Beginnings {
  #first = new Map();
  #after = new Map();
  #nullable = new Set();

  constructor(grammar) {
    const rules = grammar.rules.filter((rule) => !isTerminal(rule));
    for (const rule of rules) {
      this.#first.set(rule, new Set());
      this.#after.set(rule, new Set(rule.entry ? ["$"] : []));
    }
    this.#settle(() => {
      for (const rule of rules) {
        addAll(this.#first.get(rule), this.first(bodyOf(rule)));
        if (this.isNullable(bodyOf(rule))) this.#nullable.add(rule);
      }
    });
    this.#settle(() => {
      for (const rule of rules) {
        const operators = isInfix(rule) ? operatorsOf(rule).flat() : [];
        this.#follow(bodyOf(rule), new Set([...this.after(rule), ...operators]));
      }
    });
  }

  /** What can come behind a rule, wherever it is called. */
  after(rule) {
    return this.#after.get(rule);
  }

  isNullable(element) {
    return ["?", "*"].includes(element.cardinality) || this.isOnceNullable(element);
  }

  isOnceNullable(element) {
    switch (element.$type) {
      case "Action":
        return true;
      case "RuleCall":
        return this.#nullable.has(element.rule.ref);
      case "Assignment":
      case "CrossReference":
        return this.isNullable(element.terminal);
      case "Group":
        return element.elements.every((each) => this.isNullable(each));
      case "Alternatives":
        return element.elements.some((each) => this.isNullable(each));
      default:
        return false;
    }
  }

  first(element) {
    switch (element.$type) {
      case "Keyword":
        return new Set([element.value]);
      case "RuleCall": {
        const rule = element.rule.ref;
        return isTerminal(rule) ? new Set([rule.name]) : this.#first.get(rule);
      }
      case "Assignment":
      case "CrossReference":
        return this.first(element.terminal);
      case "Action":
        return new Set();
      case "Group":
        return this.firstOfRow(element.elements, new Set());
      case "Alternatives":
        return new Set(element.elements.flatMap((each) => [...this.first(each)]));
      default:
        throw new Error(`a ${element.$type} in the grammar is new to this script`);
    }
  }

  /** Of elements in a row with `behind` behind them. */
  firstOfRow(elements, behind) {
    const found = new Set();
    for (const element of elements) {
      addAll(found, this.first(element));
      if (!this.isNullable(element)) return found;
    }
    return new Set([...found, ...behind]);
  }

  /** What can come second in the element, once, where `token` is its first. */
  second(element, token, behind) {
    const again = this.again(element, behind);
    switch (element.$type) {
      case "Keyword":
        return element.value === token ? again : new Set();
      case "RuleCall": {
        const rule = element.rule.ref;
        if (isTerminal(rule)) return rule.name === token ? again : new Set();
        const operators = isInfix(rule) ? operatorsOf(rule).flat() : [];
        return this.second(bodyOf(rule), token, new Set([...again, ...operators]));
      }
      case "Assignment":
      case "CrossReference":
        return this.second(element.terminal, token, again);
      case "Group": {
        const found = new Set();
        for (const [index, each] of element.elements.entries()) {
          const rest = this.firstOfRow(element.elements.slice(index + 1), again);
          addAll(found, this.second(each, token, rest));
          if (!this.isNullable(each)) break;
        }
        return found;
      }
      case "Alternatives":
        return new Set(element.elements.flatMap((each) => [...this.second(each, token, again)]));
      default:
        return new Set();
    }
  }

  /** What can come behind one of an element that may come again. */
  again(element, behind) {
    const repeats = element.cardinality === "*" || element.cardinality === "+";
    return repeats ? new Set([...behind, ...this.first(element)]) : behind;
  }

  /** Tells the rules that are called in `element` what can come behind them. */
  #follow(element, behind) {
    const again = this.again(element, behind);
    switch (element.$type) {
      case "RuleCall":
        if (!isTerminal(element.rule.ref)) addAll(this.#after.get(element.rule.ref), again);
        break;
      case "Assignment":
        this.#follow(element.terminal, again);
        break;
      case "Group":
        for (const [index, each] of element.elements.entries())
          this.#follow(each, this.firstOfRow(element.elements.slice(index + 1), again));
        break;
      case "Alternatives":
        for (const each of element.elements) this.#follow(each, again);
        break;
      default:
    }
  }

  #settle(step) {
    const sizeOf = (sets) => [...sets.values()].reduce((sum, set) => sum + set.size, 0);
    const size = () => sizeOf(this.#first) + sizeOf(this.#after) + this.#nullable.size;
    for (let before = -1; before !== size(); ) {
      before = size();
      step();
    }
  }
}

/** An infix rule is its operand, once or more. */
function bodyOf(rule) {
  return isInfix(rule) ? rule.call : rule.definition;
}

function addAll(into, from) {
  for (const each of from) into.add(each);
}
