/** What a discrete world cannot say. Thrown inside the lowering, a diagnostic outside of it. */
import type { Diagnostic, Span } from "@fabula/model";

export class Refusal extends Error {
  override readonly name = "Refusal";

  constructor(
    readonly code: string,
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}

/** `FAB4202`: an expression without a discrete meaning. */
export function refuse(what: string, remedy: string): never {
  throw new Refusal("FAB4202", `${what} has no meaning in a discrete world`, remedy);
}

const shownMax = 12;

/** Gathers what is wrong, by place; one run over a world names everything. */
export class Refusals {
  private readonly all: Diagnostic[] = [];

  /** The result, or undefined where it was refused: said with this place. */
  attempt<T>(span: Span | undefined, make: () => T): T | undefined {
    try {
      return make();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.add(error.code, error.message, error.remedy, span);
      return undefined;
    }
  }

  add(code: string, message: string, remedy: string, span: Span | undefined): void {
    const base = { code, severity: "error", message, remedy } as const;
    this.all.push(span === undefined ? base : { ...base, span });
  }

  include(diagnostic: Diagnostic): void {
    this.all.push(diagnostic);
  }

  warn(code: string, message: string, remedy: string, span: Span): void {
    this.all.push({ code, severity: "warning", message, remedy, span });
  }

  get hasErrors(): boolean {
    return this.all.some(({ severity }) => severity === "error");
  }

  take(): Diagnostic[] {
    const errors = this.all.filter(({ severity }) => severity === "error");
    if (errors.length === 0) return this.all;
    if (errors.length <= shownMax) return errors;
    const more = `and ${errors.length - shownMax} more things that a discrete world does not have`;
    const remedy = "a world of its own, without quantities, durations and chance";
    return [
      ...errors.slice(0, shownMax),
      { code: "FAB4201", severity: "error", message: more, remedy },
    ];
  }
}
