/**
 * A name wherever it stands: in the text in front, in the modules it uses, and in the other texts
 * that use the module which declares it. Those are looked for among what is open, in the folders
 * the editor works in, and beside the text.
 */
import { sep } from "node:path";
import {
  type FoundName,
  findDeclarations,
  findName,
  findOccurrences,
  type LoadedSources,
  renameSymbol,
  type Span,
} from "fabula";
import type { CancellationToken, Location, Position, TextEdit } from "vscode-languageserver";
import protocol from "vscode-languageserver/node.js";
import { TextDocument } from "vscode-languageserver-textdocument";
import { bundledWorlds } from "../bundled-worlds.js";
import { textsBeside, textsUnder } from "./folder-texts.js";
import { type OpenTexts, pathOf } from "./open-texts.js";
import { rangeIn } from "./ranges.js";

const { ErrorCodes, LSPErrorCodes, ResponseError } = protocol;

/** Names that mean nothing outside of their own block. */
const localKinds: readonly string[] = ["Param", "Create", "Find"];

export interface NameAt extends FoundName {
  readonly document: TextDocument;
  readonly loaded: LoadedSources;
}

export class NameSearch {
  /** Paths of the folders the editor works in. */
  folders: readonly string[] = [];

  constructor(private readonly texts: OpenTexts) {}

  at(document: TextDocument, position: Position): NameAt | undefined {
    const loaded = this.texts.load(document);
    const { name } = this.texts.source(document);
    const found = findName(loaded, name, document.offsetAt(position));
    return found === undefined ? undefined : { ...found, document, loaded };
  }

  declarations({ loaded, named }: NameAt): Location[] {
    return findDeclarations(loaded, named).map((span) => this.#locate(loaded, span));
  }

  async occurrences(
    name: NameAt,
    withDeclarations: boolean,
    token: CancellationToken,
  ): Promise<Location[]> {
    const declared = new Set(this.declarations(name).map(keyOf));
    const found = new Map<string, Location>();
    await this.#everywhere(name, token, (loaded, named) => {
      for (const span of findOccurrences(loaded, named)) {
        const place = this.#locate(loaded, span);
        found.set(keyOf(place), place);
      }
    });
    return [...found.values()].filter((place) => withDeclarations || !declared.has(keyOf(place)));
  }

  /** Edits by the addresses of texts. Refused with a sentence where it cannot be. */
  async rename(
    name: NameAt,
    newName: string,
    token: CancellationToken,
  ): Promise<Record<string, TextEdit[]>> {
    this.assertOwn(name);
    const changes: Record<string, TextEdit[]> = {};
    const changed = new Set<string>();
    await this.#everywhere(name, token, (loaded, named) => {
      const { edits, problem } = renameSymbol(loaded, named, newName);
      if (problem !== undefined) throw refusal(`${problem.code}: ${problem.message}`);
      for (const { span, text } of edits) {
        const place = this.#locate(loaded, span);
        if (changed.has(keyOf(place))) continue;
        changed.add(keyOf(place));
        changes[place.uri] ??= [];
        changes[place.uri]?.push({ range: place.range, newText: text });
      }
    });
    return changes;
  }

  /** What comes with Fabula is used by other stories, and is written anew with the next version. */
  assertOwn(name: NameAt): void {
    const worlds = bundledWorlds();
    const foreign = this.declarations(name)
      .map(({ uri }) => pathOf(uri))
      .find((path) => isIn(path, worlds) && !this.folders.some((folder) => isIn(path, folder)));
    if (foreign === undefined) return;
    throw refusal(
      `\`${name.named.name}\` is declared in ${foreign}, which comes with Fabula. ` +
        "Declare one of your own under another name.",
    );
  }

  /** Once with each text that can mean this name, as it was loaded for that text. */
  async #everywhere(
    { document, loaded, named }: NameAt,
    token: CancellationToken,
    act: (loaded: LoadedSources, named: FoundName["named"]) => void,
  ): Promise<void> {
    const declared = findDeclarations(loaded, named);
    const isLocal = localKinds.includes(named.$type);
    const others = isLocal ? [] : this.#usersOf(loaded, declared, named.name, document);
    act(loaded, named);
    for (const other of others) {
      await new Promise((resolve) => setImmediate(resolve));
      if (token.isCancellationRequested) {
        throw new ResponseError(LSPErrorCodes.RequestCancelled, "not wanted any more");
      }
      const there = this.texts.load(other);
      const found = declared.map(({ source, start }) => findName(there, source, start));
      const same = found.find((one) => one !== undefined);
      if (same !== undefined) act(there, same.named);
    }
  }

  /** Texts that hold the word and use a module that declares it. */
  #usersOf(
    { files }: LoadedSources,
    declared: readonly Span[],
    word: string,
    document: TextDocument,
  ): readonly TextDocument[] {
    const sources = new Set(declared.map(({ source }) => source));
    const modules = files
      .filter(({ source, file }) => sources.has(source) && file.header?.kind === "module")
      .map(({ name }) => name);
    if (modules.length === 0) return [];
    return this.#textsAround(document).filter((one) => {
      const text = one.getText();
      if (one.uri === document.uri || !text.includes(word)) return false;
      const used = usedIn(text);
      return modules.some((name) => used.some((use) => `${name}.`.startsWith(`${use}.`)));
    });
  }

  #textsAround(document: TextDocument): readonly TextDocument[] {
    const open = this.texts.all();
    const paths = [
      ...this.folders.flatMap((folder) => textsUnder(folder)),
      ...textsBeside(pathOf(document.uri)),
    ];
    const known = new Set(open.map(({ uri }) => pathOf(uri)));
    const closed = [...new Set(paths)].filter((path) => !known.has(path));
    return [...open, ...closed.flatMap((path) => this.texts.read(path) ?? [])];
  }

  #locate(loaded: LoadedSources, span: Span): Location {
    const uri = this.texts.uriOf(span.source);
    const text = loaded.files.find((file) => file.source === span.source)?.text ?? "";
    return { uri, range: rangeIn(TextDocument.create(uri, "fabula", 0, text), span) };
  }
}

/** What the `use` lines of a text name. They go on behind a comma. */
function usedIn(text: string): readonly string[] {
  const code = text.replaceAll(/\/\/.*/g, "");
  const lines = code.matchAll(/^use\s+((?:[^,\n]*,\s*)*[^,\n]*)/gm);
  return [...lines].flatMap(([, names = ""]) => names.split(",").map((name) => name.trim()));
}

function keyOf({ uri, range: { start } }: Location): string {
  return `${uri} ${start.line}:${start.character}`;
}

function isIn(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}

function refusal(message: string) {
  return new ResponseError(ErrorCodes.InvalidParams, message);
}
