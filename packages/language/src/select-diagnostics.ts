/**
 * What an author gets to read: one error a line, the first of its causes - characters, layout,
 * sentence, names, types - in the order of the text, and no more than can be worked through.
 */
import type { Diagnostic } from "@fabula/model";
import { diagnosticsMax } from "./syntax/limits.js";

/** Sorted by source (in order of first mention), line and column; at most 100 of each source. */
export function selectDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const sources = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const source = diagnostic.span?.source ?? "";
    const known = sources.get(source);
    if (known === undefined) sources.set(source, [diagnostic]);
    else known.push(diagnostic);
  }
  return [...sources.values()].flatMap((ofSource) => oneALine(ofSource).slice(0, diagnosticsMax));
}

function oneALine(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const best = new Map<number, Diagnostic>();
  for (const diagnostic of diagnostics) {
    const line = diagnostic.span?.line ?? 0;
    const known = best.get(line);
    if (known === undefined || rank(diagnostic) < rank(known)) best.set(line, diagnostic);
  }
  const sorted = [...best.entries()].sort(([left], [right]) => left - right);
  // A block that stands too deep is told once, at its first line.
  const isTooDeep = ([, { code }]: [number, Diagnostic]): boolean => code === "FAB1203";
  return sorted
    .filter((entry, index) => {
      const before = sorted[index - 1];
      return !(isTooDeep(entry) && before?.[0] === entry[0] - 1 && isTooDeep(before));
    })
    .map(([, kept]) => kept);
}

const severities = { error: 0, warning: 1, hint: 2 } as const;

/** Lower comes first: severity, then the class of the code, then the column. */
function rank(diagnostic: Diagnostic): number {
  const { code, severity, span } = diagnostic;
  const kind = Number(code.slice(3, code.startsWith("FAB1") ? 5 : 4).padEnd(2, "0"));
  return severities[severity] * 1e9 + kind * 1e6 + Math.min(span?.column ?? 0, 999_999);
}
