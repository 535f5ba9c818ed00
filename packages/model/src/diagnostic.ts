/**
 * An author's mistake is a value, never a throw: where it is, what was expected, what to do.
 * A caller's mistake is a RangeError or TypeError; our own bug is an InvariantError.
 */

/** A half-open range of a source text. Lines and columns count from 1. */
export interface Span {
  readonly source: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
}

export type Severity = "error" | "warning" | "hint";

export interface DiagnosticNote {
  readonly message: string;
  readonly span?: Span;
}

export interface Diagnostic {
  /** `FAB` and four digits; every code stands in docs/errors.md. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly span?: Span;
  readonly notes?: readonly DiagnosticNote[];
  /** What to do about it, as a sentence. */
  readonly remedy?: string;
}

/** Our own bug: says how to reproduce it. Never caught to go on. */
export class InvariantError extends Error {
  override readonly name = "InvariantError";
}

export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new InvariantError(message);
}

/** `file:line:column: error FAB2103: message` and its notes and remedy below it. */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const place = diagnostic.span === undefined ? "" : `${formatPlace(diagnostic.span)}: `;
  const head = `${place}${diagnostic.severity} ${diagnostic.code}: ${diagnostic.message}`;
  const notes = (diagnostic.notes ?? []).map((note) =>
    note.span === undefined
      ? `  note: ${note.message}`
      : `  note: ${formatPlace(note.span)}: ${note.message}`,
  );
  const remedy = diagnostic.remedy === undefined ? [] : [`  try: ${diagnostic.remedy}`];
  return [head, ...notes, ...remedy].join("\n");
}

function formatPlace(span: Span): string {
  return `${span.source}:${span.line}:${span.column}`;
}
