/**
 * How deeply a sentence nests: open brackets, and words that take all that follows (`not`, `if`,
 * `believes`). `and`, `or` and `,` end what `not` and `believes` took, but not what `if` and `some`
 * took; a closing bracket ends all that was opened inside it.
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
}

export class Nesting {
  private levels: Level[] = [{ operands: 0, rests: 0 }];
  private depth = 0;

  reset(): void {
    this.levels = [{ operands: 0, rests: 0 }];
    this.depth = 0;
  }

  /** Takes the next token of the sentence in. */
  isTooDeep(image: string, isKeyword: boolean): boolean {
    if (!isKeyword) return false;
    const level = this.levels.at(-1)!;
    if (image === "(") {
      this.levels.push({ operands: 0, rests: 0 });
      this.depth += 1;
    } else if (image === ")" && this.levels.length > 1) {
      this.levels.pop();
      this.depth -= 1 + level.operands + level.rests;
    } else if (takesOperand.has(image)) {
      level.operands += 1;
      this.depth += 1;
    } else if (takesRest.has(image)) {
      level.rests += 1;
      this.depth += 1;
    } else if (image === "and" || image === "or" || image === ",") {
      this.depth -= level.operands;
      level.operands = 0;
    }
    return this.depth > nestingMax;
  }
}
