/**
 * Says what is wrong with the texts that are open: of the one that was changed as soon as the
 * writer pauses, then of those that may use it. One text at a time, so that what the editor asks
 * meanwhile is answered in between.
 */
import type { Diagnostic } from "fabula";
import type { Connection, PublishDiagnosticsParams, TextDocuments } from "vscode-languageserver";
import protocol, { type Diagnostic as LspDiagnostic } from "vscode-languageserver/node.js";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { OpenTexts } from "./open-texts.js";
import { firstLine, rangeIn, rangeOf } from "./ranges.js";

const { DiagnosticSeverity } = protocol;

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  hint: DiagnosticSeverity.Hint,
} as const;

/** Between two keys of somebody who types there is less. */
const pauseMs = 120;

export class Diagnosis {
  /** Addresses of texts, in the order in which something is said of them. */
  #due: readonly string[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** Addresses of the texts that were modules when they were last looked at. */
  readonly #modules = new Set<string>();
  readonly #seen = new Set<string>();
  /** The editor shows what a note is about at its own place. */
  showsNotes = false;

  constructor(
    private readonly connection: Connection,
    private readonly documents: TextDocuments<TextDocument>,
    private readonly texts: OpenTexts,
  ) {}

  /** Opened or edited. */
  changed(document: TextDocument): void {
    const isNew = !this.#seen.has(document.uri);
    this.#seen.add(document.uri);
    this.#putFirst(document.uri);
    if (this.#concernsOthers(document)) this.#putLast(this.documents.keys());
    this.#wait(isNew ? 0 : pauseMs);
  }

  closed(document: TextDocument): void {
    this.#seen.delete(document.uri);
    this.#due = this.#due.filter((uri) => uri !== document.uri);
    this.#say({ uri: document.uri, diagnostics: [] });
    // From now on it is what stands on disk.
    if (this.#concernsOthers(document)) this.changedOnDisk();
    this.#modules.delete(document.uri);
  }

  changedOnDisk(): void {
    this.#putLast(this.documents.keys());
    this.#wait(pauseMs);
  }

  /** What a story says is used by no other text. */
  #concernsOthers(document: TextDocument): boolean {
    const { uri } = document;
    const wasModule = this.#modules.has(uri);
    const isModule = /^module\b/m.test(document.getText());
    if (isModule) this.#modules.add(uri);
    else this.#modules.delete(uri);
    return wasModule || isModule;
  }

  #putFirst(first: string): void {
    this.#due = [first, ...this.#due.filter((uri) => uri !== first)];
  }

  #putLast(uris: readonly string[]): void {
    this.#due = [...new Set([...this.#due, ...uris])];
  }

  #wait(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#sayNext(), milliseconds);
  }

  #sayNext(): void {
    const [uri, ...rest] = this.#due;
    this.#due = rest;
    if (rest.length > 0) this.#wait(0);
    const document = uri === undefined ? undefined : this.documents.get(uri);
    if (document === undefined) return;
    try {
      const { version } = document;
      const diagnostics = this.#of(document);
      this.#say({ uri: document.uri, version, diagnostics });
    } catch (error) {
      // A defect of ours, of this text alone: the server goes on.
      this.connection.console.error(error instanceof Error ? `${error.stack}` : String(error));
    }
  }

  /** Nobody is there to be told where the editor has gone. */
  #say(what: PublishDiagnosticsParams): void {
    this.connection.sendDiagnostics(what).catch(() => undefined);
  }

  /** What is wrong with this text itself; what is wrong with a module shows where that is open. */
  #of(document: TextDocument): LspDiagnostic[] {
    const { name } = this.texts.source(document);
    const { diagnostics } = this.texts.compile(document);
    return diagnostics
      .filter(({ span }) => span === undefined || span.source === name)
      .map((one) => this.#shown(one, document));
  }

  #shown(one: Diagnostic, document: TextDocument): LspDiagnostic {
    const notes = one.notes ?? [];
    const apart = this.showsNotes ? notes.filter(({ span }) => span !== undefined) : [];
    const within = notes.filter((note) => !apart.includes(note)).map(({ message }) => message);
    const related = apart.flatMap(({ span, message }) =>
      span === undefined
        ? []
        : [{ location: { uri: this.texts.uriOf(span.source), range: rangeOf(span) }, message }],
    );
    return {
      range: one.span === undefined ? firstLine : rangeIn(document, one.span),
      severity: severities[one.severity],
      code: one.code,
      source: "fabula",
      message: [one.message, ...within, ...(one.remedy ? [one.remedy] : [])].join("\n"),
      ...(related.length === 0 ? {} : { relatedInformation: related }),
    };
  }
}
