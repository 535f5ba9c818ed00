/** The reader's errors: FAB41xx, one constructor, and the thrown form used inside the reader. */
import type { Diagnostic, DiagnosticNote, Span } from "@fabula/model";

export function diagnosticAt(
  code: string,
  message: string,
  span?: Span,
  extra: { remedy?: string; notes?: readonly DiagnosticNote[] } = {},
): Diagnostic {
  return {
    code,
    severity: "error",
    message,
    ...(span === undefined ? {} : { span }),
    ...extra,
  };
}

/** Thrown and caught inside the reader only: ends one definition, not the reading. */
export class Misread extends Error {
  override readonly name = "Misread";

  constructor(readonly diagnostic: Diagnostic) {
    super(diagnostic.message);
  }
}

export function misread(
  code: string,
  message: string,
  span?: Span,
  extra: { remedy?: string; notes?: readonly DiagnosticNote[] } = {},
): never {
  throw new Misread(diagnosticAt(code, message, span, extra));
}

/** The nearest of `known` to `word`, if it is near enough to be meant. */
export function findSimilar(word: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase(), bestDistance);
    if (distance < bestDistance) {
      bestDistance = distance;
      best = candidate;
    }
  }
  return best;
}

function editDistance(from: string, to: string, limit: number): number {
  if (Math.abs(from.length - to.length) >= limit) return limit;
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const change = row[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[to.length]!;
}
