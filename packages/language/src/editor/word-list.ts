/**
 * What texts bring: their types with what things of them have, what can be done, what happens by
 * itself, who and what is there. For who looks for a word to write.
 */
import type { AstNode } from "langium";
import type { Named } from "../generated/ast.js";
import { fieldsOf, isSchema, subjectOf } from "../names/declarations.js";
import type { ParsedFile } from "../parse.js";
import type { LoadedSources } from "../sources.js";
import { spanOfCst } from "../span.js";
import { declarationAt } from "./comments.js";

export interface ListedWord {
  readonly name: string;
  readonly kind: "type" | "field" | "action" | "mechanism" | "thing";
  /** The type whose member it is, or whose thing; "" for a type. */
  readonly of: string;
  /** First line of the declaration, without its comment. */
  readonly declaration: string;
  /** The comment above the declaration, or behind it on its line; "" where there is none. */
  readonly comment: string;
}

export interface ListedText {
  /** Of its header. */
  readonly name: string;
  /** The comment that it begins with, up to an empty line; "" where there is none. */
  readonly about: string;
  /** In the order of the text. */
  readonly words: readonly ListedWord[];
}

/** Of all texts of a story that are read without an error in it, what it uses first. */
export function listWords({ files }: LoadedSources): readonly ListedText[] {
  return files.map((file) => ({
    name: file.file.header?.name ?? "",
    about: aboutOf(file.text),
    words: wordsOf(file),
  }));
}

function aboutOf(text: string): string {
  const lines: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const comment = /^\/\/\s?(.*\S)\s*$/.exec(line)?.[1];
    if (comment === undefined) break;
    lines.push(comment);
  }
  return lines.join(" ");
}

function wordsOf({ file, text }: ParsedFile): ListedWord[] {
  const lines = text.split(/\r?\n/);
  const wordOf = (node: AstNode & Pick<Named, "name">, kind: ListedWord["kind"], of: string) => {
    const { line } = spanOfCst(node.$cstNode, file);
    const { declaration, comment } = declarationAt(lines, line - 1);
    // `// ---- talk` stands above a part of the text, not above what follows alone.
    const own = comment.split("\n").filter((each) => !each.startsWith("--"));
    return { name: node.name, kind, of, declaration, comment: own.join("\n") };
  };
  return file.items.flatMap((item): ListedWord[] => {
    switch (item.$type) {
      case "TypeDecl":
        return [
          wordOf(item, "type", ""),
          ...fieldsOf(item).map((field) => wordOf(field, "field", item.name)),
        ];
      case "HasDecl": {
        const of = item.type?.$refText ?? "";
        return fieldsOf(item).map((field) => wordOf(field, "field", of));
      }
      case "Entity":
        return [wordOf(item, "thing", item.type?.$refText ?? "")];
      default: {
        if (!isSchema(item)) return [];
        const kind = item.$type === "Action" ? "action" : "mechanism";
        const isField = item.$type === "Feeling";
        return [wordOf(item, isField ? "field" : kind, subjectOf(item)?.name ?? "")];
      }
    }
  });
}
