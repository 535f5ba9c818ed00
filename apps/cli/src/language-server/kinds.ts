/** Kinds of declarations, by the signs that editors have for them. */
import protocol from "vscode-languageserver/node.js";

const { CompletionItemKind, SymbolKind } = protocol;

/** `word`: of the language. */
export function completionKindOf(kind: string) {
  if (kind === "word") return CompletionItemKind.Keyword;
  if (kind === "Action" || kind === "Rule" || kind === "Process")
    return CompletionItemKind.Function;
  if (kind === "TypeDecl") return CompletionItemKind.Class;
  if (kind === "Entity" || kind === "Binder") return CompletionItemKind.Variable;
  return CompletionItemKind.Field;
}

export function symbolKindOf(kind: string) {
  if (kind === "TypeDecl") return SymbolKind.Class;
  if (kind === "Entity") return SymbolKind.Object;
  if (kind === "Field" || kind === "Definition") return SymbolKind.Field;
  if (kind === "Action" || kind === "Reflex") return SymbolKind.Method;
  if (kind === "Expect" || kind === "WhatIf" || kind === "Question") return SymbolKind.Boolean;
  return SymbolKind.Function;
}
