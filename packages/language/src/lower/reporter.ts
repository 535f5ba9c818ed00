/**
 * Collects what is to say about types, units and worlds. Which of several errors on a line is
 * shown is settled later, over all steps (select-diagnostics.ts).
 */
import type { Diagnostic, DiagnosticNote, Severity, Span } from "@fabula/model";
import type { AstNode } from "langium";
import { spanOf } from "../span.js";

export interface ReportOptions {
  readonly remedy?: string;
  readonly notes?: readonly DiagnosticNote[];
  readonly severity?: Severity;
}

/** Most diagnostics of one reading: after that, more of them help nobody. */
const diagnosticsMax = 1_000;

export class Reporter {
  readonly #diagnostics: Diagnostic[] = [];

  error(
    code: string,
    node: AstNode,
    message: string,
    remedy: string,
    notes?: readonly DiagnosticNote[],
  ): void {
    this.report(code, node, message, notes === undefined ? { remedy } : { remedy, notes });
  }

  warning(code: string, node: AstNode, message: string, remedy: string): void {
    this.report(code, node, message, { remedy, severity: "warning" });
  }

  hint(code: string, node: AstNode, message: string, remedy: string): void {
    this.report(code, node, message, { remedy, severity: "hint" });
  }

  report(code: string, node: AstNode, message: string, options: ReportOptions): void {
    if (this.#diagnostics.length >= diagnosticsMax) return;
    const { remedy, notes, severity = "error" } = options;
    this.#diagnostics.push({
      code,
      severity,
      message,
      span: spanOf(node),
      ...(notes === undefined ? {} : { notes }),
      ...(remedy === undefined ? {} : { remedy }),
    });
  }

  spanOf(node: AstNode): Span {
    return spanOf(node);
  }

  get hasErrors(): boolean {
    return this.#diagnostics.some((diagnostic) => diagnostic.severity === "error");
  }

  /** How much was said so far. */
  get count(): number {
    return this.#diagnostics.length;
  }

  /** What was said behind the first `count`. */
  since(count: number): readonly Diagnostic[] {
    return this.#diagnostics.slice(count);
  }

  /** Says again what was said of the same texts before. */
  repeat(diagnostics: readonly Diagnostic[]): void {
    this.#diagnostics.push(...diagnostics);
  }

  /** What was said since the last call. */
  take(): Diagnostic[] {
    return this.#diagnostics.splice(0);
  }
}

/** The text of a node as the author wrote it, on one line and not too long. */
export function quote(node: AstNode): string {
  const text = (node.$cstNode?.text ?? "").replace(/\s+/g, " ");
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
