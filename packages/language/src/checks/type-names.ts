/** Types that nothing could be declared of: a line that begins so is one of the language's own. */
import type { Diagnostic } from "@fabula/model";
import type { File } from "../generated/ast.js";
import { spanOf } from "../span.js";
import { headWords, typeWords } from "../syntax/words.js";

/** FAB2012, of the types in this file. */
export function checkTypeNames(file: File): readonly Diagnostic[] {
  return file.items.flatMap((item): Diagnostic[] => {
    if (item.$type !== "TypeDecl") return [];
    const { name } = item;
    const isKind = typeWords.has(name);
    if (!isKind && !headWords.has(name)) return [];
    const message = isKind
      ? `A field \`x: ${name}\` holds a value of the language's own kind of that name.`
      : `A line that begins with \`${name}\` is one of the language's own.`;
    const remedy = `Give the type another name: \`${name}_1\`, or what you would call it in full.`;
    return [{ code: "FAB2012", severity: "error", message, span: spanOf(item, "name"), remedy }];
  });
}
