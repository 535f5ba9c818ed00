/**
 * The texts an editor has open, and what they use: an open text counts as it stands in the editor,
 * every other as it stands on disk.
 */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import {
  type CompiledSource,
  compileSource,
  Draft,
  type FindModules,
  type LoadedSources,
  loadSources,
  type SourceText,
} from "fabula";
import { TextDocument } from "vscode-languageserver-textdocument";
import { bundledWorlds } from "../bundled-worlds.js";
import { findModulesFor } from "../story-input.js";
import { placeName, readTextFile } from "../text-file.js";

export class OpenTexts {
  readonly #drafts = new WeakMap<TextDocument, Draft>();

  /** `all`: the documents open now. */
  constructor(readonly all: () => readonly TextDocument[]) {}

  source(document: TextDocument): SourceText {
    return { name: placeName(pathOf(document.uri)), text: document.getText() };
  }

  /** Modules as seen from the document. A file that cannot be read is none. */
  finder(document: TextDocument): FindModules {
    const find = findModulesFor(pathOf(document.uri));
    const open = new Map(this.all().map((one) => [placeName(pathOf(one.uri)), one.getText()]));
    return (name) => {
      try {
        return find(name).map((found) => ({ ...found, text: open.get(found.name) ?? found.text }));
      } catch {
        return [];
      }
    };
  }

  /** What was loaded is over with the next reading of the document, whatever reads it. */
  load(document: TextDocument): LoadedSources {
    return loadSources(this.source(document), this.finder(document), this.draft(document));
  }

  compile(document: TextDocument): CompiledSource {
    return compileSource(this.source(document), this.finder(document), this.draft(document));
  }

  draft(document: TextDocument): Draft {
    const draft = this.#drafts.get(document) ?? new Draft();
    this.#drafts.set(document, draft);
    return draft;
  }

  /** A text that is not open; undefined where it cannot be read. */
  read(path: string): TextDocument | undefined {
    try {
      return TextDocument.create(pathToFileURL(path).href, "fabula", 0, readTextFile(path).text);
    } catch {
      return undefined;
    }
  }

  /** Where a source of that name is. */
  uriOf(source: string): string {
    const open = this.all().find((one) => placeName(pathOf(one.uri)) === source);
    if (open !== undefined) return open.uri;
    const bundled = join(bundledWorlds(), source.replace(/^worlds\//, ""));
    const inWorlds = source.startsWith("worlds/") && existsSync(bundled);
    return pathToFileURL(inWorlds ? bundled : resolve(source)).href;
  }
}

/** What is not on disk yet has a path all the same, so that it finds what stands beside it. */
export function pathOf(uri: string): string {
  try {
    if (uri.startsWith("file:")) return fileURLToPath(uri);
  } catch {
    // On another machine.
  }
  return resolve(uri.replace(/^[^:]*:\/*(?=\/)|^[^:]*:/, ""));
}
