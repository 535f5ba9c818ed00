/**
 * A story and all modules it uses, read and linked. Needs no file system: texts come in through a
 * function. A module is known by the name in its own header, not by its file.
 */
import type { Diagnostic, FindModules, SourceText } from "@fabula/model";
import { checkBlocks } from "./checks/blocks.js";
import { checkDuplicates } from "./checks/duplicates.js";
import type { File, Use } from "./generated/ast.js";
import { linkFile } from "./names/linker.js";
import { setView, View } from "./names/view.js";
import { type ParsedFile, parseFabula } from "./parse.js";
import { selectDiagnostics } from "./select-diagnostics.js";
import { spanOf } from "./span.js";
import { findNearest } from "./spelling.js";

export interface LoadedSources {
  readonly main: ParsedFile;
  /** Whatever a file uses comes before it (circles: in the order met); the main file is last. */
  readonly files: readonly ParsedFile[];
  /** FAB1xxx and FAB20xx of all files: one error a line, sorted, at most 100 a file. */
  readonly diagnostics: readonly Diagnostic[];
}

/** More modules than this in one story: something reads itself. */
const modulesMax = 500;

export function loadSources(main: SourceText, find: FindModules): LoadedSources {
  const loader = new Loader(find);
  const parsed = parseFabula(main.text, main.name);
  loader.load(parsed);
  for (const file of loader.files) setView(file.file, loader.viewOf(file));
  const broken = new Set(loader.files.flatMap((file) => [...file.brokenWords]));
  const diagnostics = loader.files.flatMap((file) => checkFile(file, broken, loader.diagnostics));
  return {
    main: parsed,
    files: loader.files,
    diagnostics: selectDiagnostics([...loader.diagnostics, ...diagnostics]),
  };
}

/**
 * The same sources with another text of the main file; modules it did not use before are looked
 * for. The rest is neither read nor linked again: modules do not look into a story.
 */
export function withMainText(
  loaded: LoadedSources,
  text: string,
  find: FindModules,
): LoadedSources {
  const before = loaded.files.filter((file) => file !== loaded.main);
  const loader = new Loader(find, before);
  const parsed = parseFabula(text, loaded.main.source);
  loader.load(parsed);
  for (const file of loader.files) {
    if (!before.includes(file)) setView(file.file, loader.viewOf(file));
  }
  const kept = loaded.diagnostics.filter(({ span }) => span?.source !== parsed.source);
  const said = loader.files
    .filter((file) => !before.includes(file))
    .flatMap((file) => checkFile(file, file.brokenWords, loader.diagnostics));
  const diagnostics = selectDiagnostics([...kept, ...loader.diagnostics, ...said]);
  return { main: parsed, files: loader.files, diagnostics };
}

/**
 * All that is said of one file whose view is set. `brokenWords`: may be declared on a line that
 * could not be read, so they are not called unknown. `missing`: modules that were not found.
 */
export function checkFile(
  file: ParsedFile,
  brokenWords: ReadonlySet<string> = file.brokenWords,
  missing: readonly Diagnostic[] = [],
): readonly Diagnostic[] {
  try {
    const unknown = linkFile(file.file, brokenWords);
    return [
      ...file.diagnostics,
      ...(seesTooLittle(file, missing) ? [] : unknown),
      ...checkDuplicates(file.file),
      ...(file.diagnostics.length === 0 ? checkBlocks(file.file) : []),
    ];
  } catch (error) {
    // See parseFrom: no text may end in a stack trace.
    if (!(error instanceof RangeError)) throw error;
    return [...file.diagnostics, gaveUp(file, error)];
  }
}

/** Without one of its modules nearly every name of a file is unknown: first things first. */
function seesTooLittle(file: ParsedFile, missing: readonly Diagnostic[]): boolean {
  if (missing.some(({ span }) => span?.source === file.source)) return true;
  const lines = file.diagnostics.length === 0 ? [] : file.text.split("\n");
  return file.diagnostics.some(({ span }) => {
    return /^\W*(module|story|use)\b/.test(lines[(span?.line ?? 1) - 1] ?? "");
  });
}

function gaveUp(file: ParsedFile, error: RangeError): Diagnostic {
  const message = `The reader gave up on the names of this text (${error.message}).`;
  return { code: "FAB1299", severity: "error", message, span: spanOf(file.file) };
}

class Loader {
  /** Used files first. */
  readonly files: ParsedFile[] = [];
  readonly diagnostics: Diagnostic[] = [];
  private readonly bySource = new Map<string, ParsedFile>();
  /** Modules only. */
  private readonly byName = new Map<string, ParsedFile>();
  private readonly used = new Map<ParsedFile, ParsedFile[]>();

  /** `known`: files that are read and linked already. */
  constructor(
    private readonly find: FindModules,
    known: readonly ParsedFile[] = [],
  ) {
    for (const file of known) this.#register(file);
    this.files.push(...known);
  }

  load(file: ParsedFile): void {
    this.#register(file);
    const used: ParsedFile[] = [];
    this.used.set(file, used);
    for (const use of file.file.items) {
      if (use.$type !== "Use") continue;
      for (const [index, name] of use.modules.entries())
        used.push(...this.#loadModules(use, index, name));
    }
    this.files.push(file);
  }

  #register(file: ParsedFile): void {
    this.bySource.set(file.source, file);
    if (file.file.header?.kind === "module") this.byName.set(file.name, file);
  }

  viewOf(file: ParsedFile): View {
    const seen = new Set<File>([file.file]);
    for (const used of this.used.get(file) ?? []) seen.add(used.file);
    const unseen = this.files.map((other) => other.file).filter((other) => !seen.has(other));
    return new View([...seen], unseen);
  }

  #loadModules(use: Use, index: number, name: string): readonly ParsedFile[] {
    // A module that is read as the main file may not be among those that are found.
    const files = new Set(
      [...this.byName].filter(([known]) => isUnder(known, name)).map(([, file]) => file),
    );
    for (const { name: source, text } of this.find(name)) {
      const known = this.bySource.get(source);
      if (known !== undefined) files.add(known);
      else if (this.bySource.size < modulesMax) files.add(this.#read(text, source));
    }
    if (files.size === 0) this.#reportUnknown(use, index, name);
    return [...files];
  }

  /** The same module under the name of another source counts once: as what was read first. */
  #read(text: string, source: string): ParsedFile {
    const parsed = parseFabula(text, source);
    const known = parsed.name === "" ? undefined : this.byName.get(parsed.name);
    if (known === undefined) this.load(parsed);
    else this.bySource.set(source, known);
    return known ?? parsed;
  }

  #reportUnknown(use: Use, index: number, name: string): void {
    const known = this.files.map((file) => file.name).filter((known) => known.includes("."));
    const worlds = known.map((module) => module.split(".", 1)[0]!);
    const near = findNearest(name, new Set([...known, ...worlds]));
    this.diagnostics.push({
      code: "FAB2004",
      severity: "error",
      message: `There is no module \`${name}\`.`,
      span: spanOf(use, "modules", index),
      remedy:
        near === undefined
          ? "A module is named by the line `module NAME` at the top of its file."
          : `Did you mean \`${near}\`?`,
    });
  }
}

function isUnder(module: string, name: string): boolean {
  return module === name || module.startsWith(`${name}.`);
}
