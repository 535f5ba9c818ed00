/**
 * The language server: what packages/language answers about a text, in the words of the Language
 * Server Protocol. Nothing of the language is decided here, and no text is changed on disk.
 */
import { completeAt, type DeclaredName, declaredNames, formatText, hoverAt } from "fabula";
import type {
  CompletionItem,
  Connection,
  DocumentSymbol,
  InitializeParams,
  InitializeResult,
  Position,
} from "vscode-languageserver";
import protocol from "vscode-languageserver/node.js";
import { TextDocument } from "vscode-languageserver-textdocument";
import { Diagnosis } from "./diagnosis.js";
import { completionKindOf, symbolKindOf } from "./kinds.js";
import { type NameAt, NameSearch } from "./name-search.js";
import { OpenTexts, pathOf } from "./open-texts.js";
import { rangeIn } from "./ranges.js";

const abilities: InitializeResult["capabilities"] = {
  textDocumentSync: protocol.TextDocumentSyncKind.Incremental,
  completionProvider: { triggerCharacters: ["."] },
  hoverProvider: true,
  definitionProvider: true,
  referencesProvider: true,
  renameProvider: { prepareProvider: true },
  documentFormattingProvider: true,
  documentSymbolProvider: true,
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
};

interface Server {
  readonly connection: Connection;
  readonly documents: InstanceType<typeof protocol.TextDocuments<TextDocument>>;
  readonly texts: OpenTexts;
  readonly names: NameSearch;
  readonly diagnosis: Diagnosis;
}

/** Until the editor says goodbye. */
export function serve(): Promise<void> {
  const connection = protocol.createConnection(process.stdin, process.stdout);
  const documents = new protocol.TextDocuments(TextDocument);
  const texts = new OpenTexts(() => documents.all());
  const names = new NameSearch(texts);
  const diagnosis = new Diagnosis(connection, documents, texts);
  const server: Server = { connection, documents, texts, names, diagnosis };

  begin(server);
  answerAboutTexts(server);
  answerAboutNames(server);
  documents.onDidChangeContent(({ document }) => diagnosis.changed(document));
  documents.onDidClose(({ document }) => diagnosis.closed(document));
  documents.listen(connection);
  return new Promise((resolve) => {
    connection.onExit(() => resolve());
    connection.listen();
  });
}

function begin({ connection, names, diagnosis }: Server): void {
  let asked: InitializeParams["capabilities"] = {};
  connection.onInitialize(({ capabilities, workspaceFolders, rootUri }) => {
    asked = capabilities;
    // Left out by some, against the protocol.
    const root = typeof rootUri === "string" ? [{ uri: rootUri }] : [];
    names.folders = (workspaceFolders ?? root).map(({ uri }) => pathOf(uri));
    diagnosis.showsNotes =
      capabilities.textDocument?.publishDiagnostics?.relatedInformation ?? false;
    return { serverInfo: { name: "fabula" }, capabilities: abilities };
  });
  connection.onInitialized(() => {
    if (asked.workspace?.didChangeWatchedFiles?.dynamicRegistration) {
      const watched = { watchers: [{ globPattern: "**/*.fabula" }] };
      connection.client
        .register(protocol.DidChangeWatchedFilesNotification.type, watched)
        // Then what changed on disk is read with the next change of a text.
        .catch((reason) => connection.console.warn(`files are not watched: ${reason}`));
    }
    if (asked.workspace?.workspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => pathOf(uri)));
        const kept = names.folders.filter((path) => !gone.has(path));
        names.folders = [...kept, ...added.map(({ uri }) => pathOf(uri))];
      });
    }
  });
  connection.onDidChangeWatchedFiles(() => diagnosis.changedOnDisk());
}

function answerAboutTexts({ connection, documents, texts }: Server): void {
  connection.onCompletion(({ textDocument, position }) => {
    const document = documents.get(textDocument.uri);
    if (document === undefined) return [];
    const offset = document.offsetAt(position);
    const source = texts.source(document);
    const found = completeAt(source, offset, texts.finder(document), texts.draft(document));
    return found.map(({ label, kind, detail }): CompletionItem => {
      const item = { label, kind: completionKindOf(kind) };
      return detail === "" ? item : { ...item, detail };
    });
  });

  connection.onHover(({ textDocument, position }) => {
    const document = documents.get(textDocument.uri);
    if (document === undefined) return null;
    const { name } = texts.source(document);
    const hover = hoverAt(texts.load(document), name, document.offsetAt(position));
    if (hover === undefined) return null;
    const code = `\`\`\`fabula\n${hover.declaration}\n\`\`\``;
    const value = hover.comment === "" ? code : `${code}\n\n${hover.comment}`;
    return { contents: { kind: "markdown", value }, range: rangeIn(document, hover.span) };
  });

  connection.onDocumentFormatting(({ textDocument }) => {
    const document = documents.get(textDocument.uri);
    if (document === undefined) return null;
    const { text } = formatText(texts.source(document));
    if (text === undefined) return [];
    const before = document.getText();
    // How lines end is the editor's affair.
    const newText = before.includes("\r\n") ? text.replaceAll("\n", "\r\n") : text;
    if (newText === before) return [];
    const whole = { start: document.positionAt(0), end: document.positionAt(Infinity) };
    return [{ range: whole, newText }];
  });

  connection.onDocumentSymbol(({ textDocument }) => {
    const document = documents.get(textDocument.uri);
    if (document === undefined) return null;
    return declaredNames(texts.load(document)).map((entry) => symbolOf(document, entry));
  });
}

function answerAboutNames({ connection, documents, names }: Server): void {
  connection.onDefinition(({ textDocument, position }) => {
    const name = nameAt(textDocument.uri, position);
    return name === undefined ? null : names.declarations(name);
  });

  connection.onReferences(({ textDocument, position, context }, token) => {
    const name = nameAt(textDocument.uri, position);
    if (name === undefined) return null;
    return names.occurrences(name, context.includeDeclaration, token);
  });

  connection.onPrepareRename(({ textDocument, position }) => {
    const name = nameAt(textDocument.uri, position);
    if (name === undefined) return null;
    names.assertOwn(name);
    return rangeIn(name.document, name.span);
  });

  connection.onRenameRequest(async ({ textDocument, position, newName }, token) => {
    const name = nameAt(textDocument.uri, position);
    if (name === undefined) return null;
    return { changes: await names.rename(name, newName, token) };
  });

  function nameAt(uri: string, position: Position): NameAt | undefined {
    const document = documents.get(uri);
    return document === undefined ? undefined : names.at(document, position);
  }
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
