/** A name that two modules declare, neither of which uses the other: nobody can say which is meant. */
import type { Diagnostic, Span } from "@fabula/model";
import type { Named } from "../generated/ast.js";
import { spanOf } from "../span.js";
import { fileOf } from "./level.js";

/** FAB2011 at the place where it is named. */
export function describeRivals(first: Named, second: Named, span: Span): Diagnostic {
  return {
    code: "FAB2011",
    severity: "error",
    message: `\`${first.name}\` can be that of ${homeOf(first)} or that of ${homeOf(second)}.`,
    span,
    notes: [first, second].map((named) => ({
      message: `It is declared in ${homeOf(named)} here.`,
      span: spanOf(named, "name"),
    })),
    remedy: "Use one of the two modules only, or give one of the two another name.",
  };
}

/** The module or story in which it stands, as a message names it. */
export function homeOf(named: Named): string {
  const { header } = fileOf(named);
  return header === undefined ? "another text" : `\`${header.name}\``;
}
