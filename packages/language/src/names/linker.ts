/** Finds what names mean, and says what is wrong with those that mean nothing. */
import type { Diagnostic } from "@fabula/model";
import { textForms } from "@fabula/model";
import {
  type AstNode,
  type AstNodeDescription,
  DefaultLinker,
  isLinkingError,
  type LinkingError,
  type ReferenceInfo,
} from "langium";
import type { MemberCall, Named, Template } from "../generated/ast.js";
import type { ParsedFile } from "../parse.js";
import { spanOfCst } from "../span.js";
import { decodeProblem, encodeProblem } from "../syntax/problem.js";
import { describeRivals } from "./rivals.js";
import { describeUnknown } from "./unknown-name.js";
import { viewOf } from "./view.js";

/** After so many unknown names the rest of a file waits for another day. */
const unknownMax = 200;

export class FabulaLinker extends DefaultLinker {
  protected override createLinkingError(
    info: ReferenceInfo,
    _target?: AstNodeDescription,
  ): LinkingError {
    return {
      info,
      // Most are never read: a file full of unknown names stops at the first few.
      get message(): string {
        const found = isForm(info) ? undefined : describeUnknown(info);
        return found === undefined ? "" : encodeProblem(found);
      },
    };
  }

  /** Langium's own catches whatever happens and writes it to the console. */
  protected override getLinkedNode(info: ReferenceInfo): {
    node?: AstNode;
    descr?: AstNodeDescription;
    error?: LinkingError;
  } {
    const found = this.getCandidate(info);
    if (isLinkingError(found)) return { error: found };
    return { node: found.node ?? this.loadAstNode(found)!, descr: found };
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
      // An empty message: another error says it already, or it is no error.
      const message = reference.error?.message ?? "";
      if (message === "") continue;
      const span = spanOfCst(reference.$refNode, file);
      diagnostics.push({ ...decodeProblem(message), severity: "error", span });
    }
  }
  return diagnostics;
}

/** `{p.they}`: the last word of a hole may be a form of words and no member. */
export function isForm({ container, reference, property }: ReferenceInfo): boolean {
  if (property !== "member" || !(textForms as readonly string[]).includes(reference.$refText)) {
    return false;
  }
  const call = container as unknown as MemberCall;
  const holder = call.$container as unknown as Template;
  return holder?.$type === "Template" && !call.call;
}
