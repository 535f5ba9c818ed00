/** Bad input on its way out of a command: carries what there is to say, ends it with exit code 2. */
import type { Diagnostic } from "fabula";

export class BadInput extends Error {
  override readonly name = "BadInput";

  constructor(readonly diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((diagnostic) => diagnostic.message).join("; "));
  }
}

/** Of the command line and files: codes FAB7xxx. */
export function badInput(code: string, message: string, remedy?: string): BadInput {
  const base = { code, severity: "error", message } as const;
  return new BadInput([remedy === undefined ? base : { ...base, remedy }]);
}
