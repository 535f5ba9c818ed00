/**
 * As much of the module `vscode` as the extension and its language client ask for, so that the
 * extension runs as built, without an editor. What nobody looks at is made up on the way: names in
 * capitals are classes, others functions that give something to dispose of.
 */
import { EventEmitter as Events } from "node:events";
import { pathToFileURL } from "node:url";

type Listener = (value: unknown) => unknown;

export class Position {
  constructor(
    readonly line: number,
    readonly character: number,
  ) {}
}

class Range {
  readonly start: Position;
  readonly end: Position;
  constructor(line: number, character: number, endLine: number, endCharacter: number) {
    this.start = new Position(line, character);
    this.end = new Position(endLine, endCharacter);
  }
}

class Emitter {
  readonly #events = new Events();
  readonly event = (listener: Listener, self?: unknown) => {
    const bound = self === undefined ? listener : listener.bind(self);
    this.#events.on("fired", bound);
    return { dispose: () => this.#events.off("fired", bound) };
  };
  fire(value: unknown): void {
    this.#events.emit("fired", value);
  }
  dispose(): void {
    this.#events.removeAllListeners();
  }
}

class Token {
  readonly token = { isCancellationRequested: false, onCancellationRequested: () => disposable };
  cancel(): void {}
  dispose(): void {}
}

export interface Shown {
  readonly message: string;
  readonly code: unknown;
  readonly range: { readonly start: Position; readonly end: Position };
}

// biome-ignore lint/suspicious/noExplicitAny: stands for functions of any shape
type Provider = Record<string, (...given: any[]) => any>;

const disposable = { dispose: () => undefined };

/** An object whose other properties are made up. */
function madeUp(known: object): object {
  return new Proxy(known, {
    get: (target, name) => {
      if (name in target || typeof name === "symbol") return Reflect.get(target, name);
      if (/^[A-Z]/.test(name)) return madeUpClass();
      return () => disposable;
    },
  });
}

/** Also stands for an enumeration. */
function madeUpClass(): unknown {
  return class {
    readonly given: readonly unknown[];
    constructor(...given: unknown[]) {
      this.given = given;
    }
  };
}

export function documentOf(path: string, text: string) {
  const lines = text.split("\n");
  return {
    uri: uriOf(pathToFileURL(path)),
    languageId: "fabula",
    version: 1,
    isClosed: false,
    lineCount: lines.length,
    getText: () => text,
  };
}

function uriOf(url: URL) {
  return {
    scheme: url.protocol.slice(0, -1),
    path: url.pathname,
    fsPath: decodeURIComponent(url.pathname),
    toString: () => url.href,
  };
}

/** `settings`: of the section `fabula`. */
export function createFakeVscode(
  settings: Record<string, unknown>,
  textDocuments: readonly ReturnType<typeof documentOf>[],
) {
  const providers = new Map<string, Provider>();
  const commands = new Map<string, (...given: unknown[]) => unknown>();
  const errors: string[] = [];
  const shown = new Map<string, readonly Shown[]>();
  const said = new Emitter();
  const register = (kind: string) => (_selector: unknown, provider: Provider) => {
    providers.set(kind, provider);
    return disposable;
  };
  const providerKinds = [
    "registerHoverProvider",
    "registerDefinitionProvider",
    "registerReferenceProvider",
    "registerRenameProvider",
    "registerDocumentSymbolProvider",
    "registerDocumentFormattingEditProvider",
    "registerCompletionItemProvider",
  ];
  const vscode = madeUp({
    version: "1.82.0",
    Position,
    Range,
    EventEmitter: Emitter,
    CancellationTokenSource: Token,
    Uri: { parse: (text: string) => uriOf(new URL(text)) },
    Diagnostic: class {
      constructor(
        readonly range: unknown,
        readonly message: string,
      ) {}
    },
    MarkdownString: class {
      constructor(readonly value: string) {}
      appendCodeblock(): void {}
      appendMarkdown(): void {}
    },
    Hover: class {
      constructor(readonly contents: unknown) {}
    },
    env: madeUp({ appName: "a test", language: "en" }),
    window: madeUp({
      activeTextEditor: undefined,
      visibleTextEditors: [],
      tabGroups: madeUp({ all: [] }),
      createOutputChannel: () =>
        madeUp({ append: () => undefined, appendLine: () => undefined, dispose: () => undefined }),
      showErrorMessage: async (message: string) => {
        errors.push(message);
        said.fire(undefined);
      },
    }),
    commands: {
      registerCommand: (name: string, act: (...given: unknown[]) => unknown) => {
        commands.set(name, act);
        return disposable;
      },
      executeCommand: async () => undefined,
    },
    languages: madeUp({
      match: () => 1,
      createDiagnosticCollection: () =>
        madeUp({
          set: (uri: { toString(): string }, those: readonly Shown[]) => {
            shown.set(uri.toString(), those);
            said.fire(undefined);
          },
          clear: () => shown.clear(),
        }),
      ...Object.fromEntries(providerKinds.map((kind) => [kind, register(kind)])),
    }),
    workspace: madeUp({
      textDocuments,
      notebookDocuments: [],
      createFileSystemWatcher: () => madeUp({}),
      workspaceFolders: undefined,
      isTrusted: true,
      getConfiguration: () => ({ get: (name: string, usual: unknown) => settings[name] ?? usual }),
    }),
  });
  /** As soon as it holds. */
  const until = (holds: () => boolean) =>
    new Promise<void>((resolve) => {
      const listening = said.event(() => {
        if (!holds()) return;
        listening.dispose();
        resolve();
      });
      if (holds()) resolve();
    });
  return { vscode, providers, commands, errors, shown, until };
}
