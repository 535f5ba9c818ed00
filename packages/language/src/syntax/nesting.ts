/**
 * How deeply a sentence nests: open brackets, and words that take all that follows (`not`, `if`,
 * `believes`). `and`, `or` and `,` end what `not` and `believes` took, but not what `if` and `some`
 * took; a closing bracket ends all that was opened inside it. A chain of members nests as well.
 */
import { nestingMax } from "./limits.js";

const takesOperand: ReadonlySet<string> = new Set([
  "not",
  "believes",
  "wants",
  "learns",
  "intends",
]);
const takesRest: ReadonlySet<string> = new Set([
  "if",
  "some",
  "every",
  "no",
  "the",
  "sum",
  "most",
  "least",
]);

interface Level {
  operands: number;
  rests: number;
  /** Dots of the chain of members that is under way. */
  dots: number;
}

const level = (): Level => ({ operands: 0, rests: 0, dots: 0 });

export class Nesting {
  private levels: Level[] = [level()];
  private depth = 0;

  reset(): void {
    this.levels = [level()];
    this.depth = 0;
  }

  /** Takes the next token of the sentence in. */
  isTooDeep(image: string, isKeyword: boolean): boolean {
    if (!isKeyword) return false;
    const here = this.levels.at(-1)!;
    here.dots = image === "." ? here.dots + 1 : image === "(" || image === ")" ? here.dots : 0;
    if (image === "(") {
      this.levels.push(level());
      this.depth += 1;
    } else if (image === ")" && this.levels.length > 1) {
      this.levels.pop();
      this.depth -= 1 + here.operands + here.rests;
    } else if (takesOperand.has(image)) {
      here.operands += 1;
      this.depth += 1;
    } else if (takesRest.has(image)) {
      here.rests += 1;
      this.depth += 1;
    } else if (image === "and" || image === "or" || image === ",") {
      this.depth -= here.operands;
      here.operands = 0;
    }
    return this.depth > nestingMax || here.dots > nestingMax;
  }
}
