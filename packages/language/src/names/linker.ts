/** Finds what names mean, and says what is wrong with those that mean nothing. */
import type { Diagnostic } from "@fabula/model";
import { type AstNode, type CstNode, DefaultLinker, type Reference } from "langium";
import type { Named } from "../generated/ast.js";
import type { ParsedFile } from "../parse.js";
import { spanOfCst } from "../span.js";
import { NameReference } from "./name-reference.js";
import { describeRivals } from "./rivals.js";
import { viewOf } from "./view.js";

/** After so many unknown names the rest of a file waits for another day. */
const unknownMax = 200;

export class FabulaLinker extends DefaultLinker {
  override buildReference(
    container: AstNode,
    property: string,
    refNode: CstNode | undefined,
    refText: string,
  ): Reference {
    return new NameReference(container, property, refNode!, refText);
  }
}

/** FAB20xx of one file whose view is set, but for names that may be declared on broken lines. */
export function linkFile(
  { file, passages }: ParsedFile,
  brokenWords: ReadonlySet<string>,
): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const view = viewOf(file);
  for (const { references } of passages) {
    for (const reference of references) {
      if (diagnostics.length >= unknownMax) return diagnostics;
      if (reference.ref !== undefined) {
        const rival = view.rivalOf(reference.ref as Named);
        if (rival === undefined) continue;
        const span = spanOfCst(reference.$refNode, file);
        diagnostics.push(describeRivals(reference.ref as Named, rival, span));
        continue;
      }
      if (brokenWords.has(reference.$refText)) continue;
      // None: another error says it already, or it is no error.
      const problem = reference.problem;
      if (problem === undefined) continue;
      const span = spanOfCst(reference.$refNode, file);
      diagnostics.push({ ...problem, severity: "error", span });
    }
  }
  return diagnostics;
}
