/**
 * What went wrong, before it has a place. Chevrotain and Langium hand messages on as strings, so a
 * problem travels through them written into one.
 */
import type { Diagnostic } from "@fabula/model";

export type Problem = Pick<Diagnostic, "code" | "message" | "remedy">;

const separator = "\u0001";

export function problem(code: string, message: string, remedy?: string): Problem {
  return remedy === undefined ? { code, message } : { code, message, remedy };
}

export function encodeProblem({ code, message, remedy }: Problem): string {
  return [code, message, remedy ?? ""].join(separator);
}

/** A string that is no written problem is a message of the tools: FAB1299. */
export function decodeProblem(text: string): Problem {
  const [code, message, remedy] = text.split(separator);
  if (code === undefined || message === undefined) return { code: "FAB1299", message: text };
  return problem(code, message, remedy === "" ? undefined : remedy);
}
