/**
 * What goes wrong in a run by the author's text: it ends the run and becomes a Diagnostic of it.
 * Thrown only inside the engine and always caught by the Simulation.
 */
import type { Diagnostic, DiagnosticNote, Span } from "@fabula/model";

export class RunFault extends Error {
  override readonly name = "RunFault";

  constructor(
    readonly code: string,
    message: string,
    readonly more: {
      readonly span?: Span;
      readonly notes?: readonly DiagnosticNote[];
      readonly remedy?: string;
    },
  ) {
    super(message);
  }

  /** `span`: of what was being done, where the fault itself has none. */
  toDiagnostic(span?: Span): Diagnostic {
    const place = this.more.span ?? span;
    return {
      code: this.code,
      severity: "error",
      message: this.message,
      ...(place === undefined ? {} : { span: place }),
      ...(this.more.notes === undefined ? {} : { notes: this.more.notes }),
      ...(this.more.remedy === undefined ? {} : { remedy: this.more.remedy }),
    };
  }
}

/** Minds that act and choose again and again while no time passes. */
export function restless(): RunFault {
  return new RunFault("FAB5106", "minds never come to rest in one instant", {
    remedy: "let acts that take no time change what makes people choose them",
  });
}

/** Each weighs what to tell whom about whom: that grows as the cube of how many there are. */
export function tooManyMinds(): RunFault {
  return new RunFault("FAB5109", "more minds than there is room for, together in one place", {
    remedy: "put them in more places, or make a crowd of a type that has no mind",
  });
}
