/** What an editor asks of a name: what it means, where it is declared, where else it stands. */
import type { Diagnostic, Span } from "@fabula/model";
import { type AstNode, AstUtils, type CstNode } from "langium";
import type { Entity, Named } from "../generated/ast.js";
import type { ParsedFile } from "../parse.js";
import type { LoadedSources } from "../sources.js";
import { cstOfName, placeOf, spanOfCst } from "../span.js";
import { problem } from "../syntax/problem.js";
import { hardWords } from "../syntax/words.js";

/** A name in a text and what it stands for. */
export interface FoundName {
  readonly named: Named;
  /** Of the name under the cursor. */
  readonly span: Span;
}

export interface TextEdit {
  /** What is replaced. */
  readonly span: Span;
  readonly text: string;
}

/** The name at `offset` (or that ends there); undefined between names and at built-in words. */
export function findName(
  loaded: LoadedSources,
  source: string,
  offset: number,
): FoundName | undefined {
  const file = loaded.files.find((candidate) => candidate.source === source);
  if (file === undefined) return undefined;
  for (const { cst, named } of namesIn(file)) {
    const start = placeOf(cst).offset;
    if (start <= offset && offset <= start + cst.length) {
      return { named, span: spanOfCst(cst, file.file) };
    }
  }
  return undefined;
}

/** Where it is declared; more than once where a story goes on about an entity of a module. */
export function findDeclarations(loaded: LoadedSources, named: Named): readonly Span[] {
  return declarationsOf(loaded, named).flatMap((declared) => {
    const cst = nameOf(declared);
    return cst === undefined ? [] : [spanOfCst(cst, AstUtils.findRootNode(declared))];
  });
}

/** Everywhere the name stands, declarations included: in order of files and text. */
export function findOccurrences(loaded: LoadedSources, named: Named): readonly Span[] {
  const meant = new Set<Named>(declarationsOf(loaded, named));
  return loaded.files.flatMap((file) =>
    namesIn(file)
      .filter((found) => meant.has(found.named))
      .map(({ cst, named: { name } }) => ofLength(spanOfCst(cst, file.file), name.length)),
  );
}

/** What to change where, so that it is called `name`; or why it cannot be. */
export function renameSymbol(
  loaded: LoadedSources,
  named: Named,
  name: string,
): {
  readonly edits: readonly TextEdit[];
  readonly problem?: Pick<Diagnostic, "code" | "message">;
} {
  if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) || hardWords.has(name)) {
    return { edits: [], problem: problem("FAB2009", `\`${name}\` cannot be a name.`) };
  }
  const taken = loaded.files.some((file) =>
    namesIn(file).some((found) => found.named.name === name),
  );
  if (taken) return { edits: [], problem: problem("FAB2009", `\`${name}\` is a name already.`) };
  return { edits: findOccurrences(loaded, named).map((span) => ({ span, text: name })) };
}

/** Of `guest_3` the part that is the name: the number stays when that is another. */
function ofLength(span: Span, length: number): Span {
  return { ...span, end: span.start + length };
}

interface NameInText {
  readonly cst: CstNode;
  readonly named: Named;
}

/** Names of declarations and references that mean something, in the order of the text. */
function namesIn(file: ParsedFile): readonly NameInText[] {
  const found: NameInText[] = [];
  for (const node of AstUtils.streamAst(file.file)) {
    const own = nameOf(node);
    if (own !== undefined) found.push({ cst: own, named: node as unknown as Named });
    for (const { reference } of AstUtils.streamReferences(node)) {
      const cst = reference.$refNode;
      const named = "ref" in reference ? (reference.ref as Named | undefined) : undefined;
      if (cst !== undefined && named !== undefined && named.$type !== "BuiltIn") {
        found.push({ cst, named });
      }
    }
  }
  return found.sort((left, right) => placeOf(left.cst).offset - placeOf(right.cst).offset);
}

/** Declarations that can be referred to have their name in `name`. */
function nameOf(node: AstNode): CstNode | undefined {
  if (["Header", "UnitDecl", "CalendarDecl", "CalendarPart"].includes(node.$type)) return undefined;
  return cstOfName(node);
}

function declarationsOf(loaded: LoadedSources, named: Named): readonly Named[] {
  if (named.$type !== "Entity") return [named];
  const same = loaded.files.flatMap((file) =>
    file.file.items.filter(
      (item): item is Entity =>
        item.$type === "Entity" &&
        item.name === named.name &&
        item.type?.$refText === named.type?.$refText,
    ),
  );
  return same.includes(named) ? same : [named];
}
