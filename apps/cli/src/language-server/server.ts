/**
 * The language server: what packages/language answers about a text, in the words of the Language
 * Server Protocol. Nothing of the language is decided here, and no text is changed on disk.
 */
import {
  completeAt,
  type DeclaredName,
  type Diagnostic,
  declaredNames,
  findDeclarations,
  findName,
  findOccurrences,
  formatText,
  hoverAt,
  type LoadedSources,
  renameSymbol,
  type Span,
} from "fabula";
import protocol, {
  type CompletionItem,
  type DocumentSymbol,
  type Location,
  type Diagnostic as LspDiagnostic,
  type Range,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver/node.js";
import { TextDocument } from "vscode-languageserver-textdocument";
import { OpenTexts } from "./open-texts.js";

const { CompletionItemKind, DiagnosticSeverity, ErrorCodes, ResponseError, SymbolKind } = protocol;

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  hint: DiagnosticSeverity.Hint,
} as const;

/** Until the editor says goodbye. */
export function serve(): Promise<void> {
  const connection = protocol.createConnection(process.stdin, process.stdout);
  const documents = new protocol.TextDocuments(TextDocument);
  const texts = new OpenTexts(() => documents.all());

  connection.onInitialize(() => ({
    serverInfo: { name: "fabula" },
    capabilities: {
      textDocumentSync: protocol.TextDocumentSyncKind.Incremental,
      completionProvider: { triggerCharacters: ["."] },
      hoverProvider: true,
      definitionProvider: true,
      referencesProvider: true,
      renameProvider: { prepareProvider: true },
      documentFormattingProvider: true,
      documentSymbolProvider: true,
    },
  }));

  documents.onDidChangeContent(() => {
    // What one text says may be used by every other.
    for (const document of documents.all()) {
      void connection.sendDiagnostics({
        uri: document.uri,
        version: document.version,
        diagnostics: diagnosticsOf(texts, document),
      });
    }
  });
  documents.onDidClose(({ document }) => {
    void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
  });

  connection.onCompletion(({ textDocument, position }) => {
    const document = documents.get(textDocument.uri);
    if (document === undefined) return [];
    const offset = document.offsetAt(position);
    const source = texts.source(document);
    const found = completeAt(source, offset, texts.finder(document), texts.draft(document));
    return found.map(
      ({ label, kind, detail }): CompletionItem => ({
        label,
        kind: kind === "word" ? CompletionItemKind.Keyword : completionKindOf(kind),
        ...(detail === "" ? {} : { detail }),
      }),
    );
  });

  connection.onHover(({ textDocument, position }) => {
    const document = documents.get(textDocument.uri);
    if (document === undefined) return null;
    const hover = hoverAt(texts.load(document), sourceOf(document), document.offsetAt(position));
    if (hover === undefined) return null;
    const code = `\`\`\`fabula\n${hover.declaration}\n\`\`\``;
    const value = hover.comment === "" ? code : `${code}\n\n${hover.comment}`;
    return { contents: { kind: "markdown", value }, range: rangeIn(document, hover.span) };
  });

  connection.onDefinition(({ textDocument, position }) => {
    const named = namedAt(textDocument.uri, position);
    if (named === undefined) return null;
    return findDeclarations(named.loaded, named.named).map((span) => locate(named.loaded, span));
  });

  connection.onReferences(({ textDocument, position }) => {
    const named = namedAt(textDocument.uri, position);
    if (named === undefined) return null;
    return findOccurrences(named.loaded, named.named).map((span) => locate(named.loaded, span));
  });

  connection.onPrepareRename(({ textDocument, position }) => {
    const named = namedAt(textDocument.uri, position);
    const document = documents.get(textDocument.uri);
    return named === undefined || document === undefined ? null : rangeIn(document, named.span);
  });

  connection.onRenameRequest(({ textDocument, position, newName }): WorkspaceEdit | null => {
    const named = namedAt(textDocument.uri, position);
    if (named === undefined) return null;
    const { edits, problem } = renameSymbol(named.loaded, named.named, newName);
    if (problem !== undefined) {
      throw new ResponseError(ErrorCodes.InvalidParams, `${problem.code}: ${problem.message}`);
    }
    const changes: Record<string, TextEdit[]> = {};
    for (const { span, text } of edits) {
      const { uri, range } = locate(named.loaded, span);
      changes[uri] ??= [];
      changes[uri].push({ range, newText: text });
    }
    return { changes };
  });

  connection.onDocumentFormatting(({ textDocument }) => {
    const document = documents.get(textDocument.uri);
    if (document === undefined) return null;
    const { text } = formatText(texts.source(document));
    if (text === undefined || text === document.getText()) return [];
    const whole = { start: document.positionAt(0), end: document.positionAt(Infinity) };
    return [{ range: whole, newText: text }];
  });

  connection.onDocumentSymbol(({ textDocument }) => {
    const document = documents.get(textDocument.uri);
    if (document === undefined) return null;
    return declaredNames(texts.load(document)).map((entry) => symbolOf(document, entry));
  });

  function sourceOf(document: TextDocument): string {
    return texts.source(document).name;
  }

  function namedAt(uri: string, position: { line: number; character: number }) {
    const document = documents.get(uri);
    if (document === undefined) return undefined;
    const loaded = texts.load(document);
    const found = findName(loaded, sourceOf(document), document.offsetAt(position));
    return found === undefined ? undefined : { ...found, loaded };
  }

  function locate(loaded: LoadedSources, span: Span): Location {
    const uri = texts.uriOf(span.source);
    const text = loaded.files.find((file) => file.source === span.source)?.text ?? "";
    return { uri, range: rangeIn(TextDocument.create(uri, "fabula", 0, text), span) };
  }

  documents.listen(connection);
  return new Promise((resolve) => {
    connection.onExit(() => resolve());
    connection.listen();
  });
}

/** What is wrong with this text itself; what is wrong with a module shows where that is open. */
function diagnosticsOf(texts: OpenTexts, document: TextDocument): LspDiagnostic[] {
  const source = texts.source(document);
  const { diagnostics } = texts.compile(document);
  return diagnostics
    .filter(({ span }) => span === undefined || span.source === source.name)
    .map((one) => ({
      range: one.span === undefined ? firstLine : rangeIn(document, one.span),
      severity: severities[one.severity],
      code: one.code,
      source: "fabula",
      message: messageOf(one),
    }));
}

function messageOf({ message, remedy, notes }: Diagnostic): string {
  const added = [...(notes ?? []).map((note) => note.message), ...(remedy ? [remedy] : [])];
  return [message, ...added].join("\n");
}

const firstLine: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

function rangeIn(document: TextDocument, span: Pick<Span, "start" | "end">): Range {
  return { start: document.positionAt(span.start), end: document.positionAt(span.end) };
}

function completionKindOf(kind: string) {
  if (kind === "Action" || kind === "Rule" || kind === "Process")
    return CompletionItemKind.Function;
  if (kind === "TypeDecl") return CompletionItemKind.Class;
  if (kind === "Entity" || kind === "Binder") return CompletionItemKind.Variable;
  return CompletionItemKind.Field;
}

function symbolOf(document: TextDocument, entry: DeclaredName): DocumentSymbol {
  return {
    name: entry.name,
    detail: entry.kind,
    kind: symbolKindOf(entry.kind),
    range: rangeIn(document, entry),
    selectionRange: rangeIn(document, entry.span),
    children: entry.inner.map((inner) => symbolOf(document, inner)),
  };
}

function symbolKindOf(kind: string) {
  if (kind === "TypeDecl") return SymbolKind.Class;
  if (kind === "Entity") return SymbolKind.Object;
  if (kind === "Field" || kind === "Definition") return SymbolKind.Field;
  if (kind === "Action" || kind === "Reflex") return SymbolKind.Method;
  if (kind === "Expect" || kind === "WhatIf" || kind === "Question") return SymbolKind.Boolean;
  return SymbolKind.Function;
}
