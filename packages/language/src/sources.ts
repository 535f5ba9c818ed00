/**
 * A story and all modules it uses, read and linked. Needs no file system: texts come in through a
 * function. A module is known by the name in its own header, not by its file.
 */
import type { Diagnostic, FindModules, SourceText } from "@fabula/model";
import { checkBlocks } from "./checks/blocks.js";
import { checkDuplicates } from "./checks/duplicates.js";
import { checkHiding } from "./checks/hiding.js";
import { checkTypeNames } from "./checks/type-names.js";
import type { File, Use } from "./generated/ast.js";
import { recallModules } from "./kept/offer.js";
import { linkFile } from "./names/linker.js";
import { setView, type View, viewFrom } from "./names/view.js";
import { type ParsedFile, parseFabula } from "./parse.js";
import { selectDiagnostics } from "./select-diagnostics.js";
import { spanOf } from "./span.js";
import { findNearest } from "./spelling.js";
import type { Passage } from "./syntax/passage.js";
import { KeptPassages } from "./syntax/passages.js";

export interface LoadedSources {
  readonly main: ParsedFile;
  /** Whatever a file uses comes before it (circles: in the order met); the main file is last. */
  readonly files: readonly ParsedFile[];
  /** FAB1xxx and FAB20xx of all files: one error a line, sorted, at most 100 a file. */
  readonly diagnostics: readonly Diagnostic[];
}

/** More modules than this in one story: something reads itself. */
const modulesMax = 500;

/**
 * A text that is being written and is read at every keystroke. What did not change since the
 * reading before is not parsed again; that reading is over then, and its trees are no more to be
 * used. Any text may be read next: what is said of it never depends on what was read before.
 */
export class Draft {
  /** Of the last reading. */
  passages: readonly Passage[] = [];
}

/** Without a draft nothing is kept, and the trees are the caller's for good. */
export function loadSources(
  main: SourceText,
  find: FindModules,
  draft = new Draft(),
): LoadedSources {
  const parsed = parseFabula(main.text, main.name, new KeptPassages(draft.passages));
  draft.passages = parsed.passages;
  if (parsed.file.items.some(({ $type }) => $type === "Use")) recallModules();
  return load(parsed, find, readModules) ?? load(parsed, find, new Map())!;
}

/**
 * A module that was read and linked, and what was said of it. Its trees point into those of the
 * modules it uses, so that it may stand again only beside the very same ones.
 */
export interface ReadModule {
  readonly parsed: ParsedFile;
  readonly used: readonly ParsedFile[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * By source: the next story mostly uses the modules of the last, and reading those is nearly all of
 * the work. Only texts go in, so no answer depends on it.
 */
let readModules: ReadonlyMap<string, ReadModule> = new Map();

/** Those that the next story may find read already. */
export function modulesRead(): readonly ReadModule[] {
  return [...readModules.values()];
}

/** Takes modules for read that were so elsewhere; what is said of them was said there. */
export function goOnFromModules(modules: readonly ReadModule[]): void {
  const files = modules.map(({ parsed }) => parsed);
  for (const { parsed, used } of modules) setView(parsed.file, viewAmong(parsed, used, files));
  readModules = new Map(modules.map((module) => [module.parsed.source, module]));
}

function viewAmong(
  file: ParsedFile,
  used: readonly ParsedFile[],
  all: readonly ParsedFile[],
): View {
  const seen = new Set<File>([file.file]);
  for (const each of used) seen.add(each.file);
  const unseen = all.map((other) => other.file).filter((other) => !seen.has(other));
  return viewFrom(file.file, [...seen].slice(1), unseen);
}

/** undefined: one of the known modules does not fit this story, which has to be read anew. */
function load(
  parsed: ParsedFile,
  find: FindModules,
  known: ReadonlyMap<string, ReadModule>,
): LoadedSources | undefined {
  const loader = new Loader(find, known);
  loader.load(parsed);
  if (!loader.files.every((file) => loader.fits(file))) return undefined;
  const read = loader.files.filter((file) => loader.isNew(file));
  for (const file of read) setView(file.file, loader.viewOf(file));
  const broken = new Set(loader.files.flatMap((file) => [...file.brokenWords]));
  const said = new Map(
    read.map((file) => [file.source, checkFile(file, broken, loader.diagnostics)]),
  );
  const diagnosticsOf = ({ source }: ParsedFile) =>
    said.get(source) ?? known.get(source)?.diagnostics ?? [];
  // What a module hides is the business of who writes it.
  const toldOf = (file: ParsedFile) =>
    diagnosticsOf(file).filter(({ code }) => code !== "FAB2010" || file === parsed);
  const modules = new Map(known);
  for (const file of loader.files) {
    const entry = { parsed: file, used: loader.usedBy(file), diagnostics: diagnosticsOf(file) };
    if (file !== parsed) modules.set(file.source, entry);
  }
  readModules = modules;
  const diagnostics = [...loader.diagnostics, ...loader.files.flatMap(toldOf)];
  return { main: parsed, files: loader.files, diagnostics: selectDiagnostics(diagnostics) };
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
    const unknown = linkFile(file, brokenWords);
    return [
      ...file.diagnostics,
      ...(seesTooLittle(file, missing) ? [] : unknown),
      ...checkDuplicates(file.file),
      ...checkTypeNames(file.file),
      ...checkHiding(file.file),
      ...(file.diagnostics.length === 0 ? checkBlocks(file) : []),
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

  constructor(
    private readonly find: FindModules,
    private readonly known: ReadonlyMap<string, ReadModule>,
  ) {}

  load(file: ParsedFile): void {
    this.bySource.set(file.source, file);
    if (file.file.header?.kind === "module") this.byName.set(file.name, file);
    const used: ParsedFile[] = [];
    this.used.set(file, used);
    for (const use of file.file.items) {
      if (use.$type !== "Use") continue;
      for (const [index, name] of use.modules.entries())
        used.push(...this.#loadModules(use, index, name));
    }
    this.files.push(file);
  }

  usedBy(file: ParsedFile): readonly ParsedFile[] {
    return this.used.get(file) ?? [];
  }

  isNew(file: ParsedFile): boolean {
    return this.known.get(file.source)?.parsed !== file;
  }

  /** Whether a module that was known uses what it used before. */
  fits(file: ParsedFile): boolean {
    if (this.isNew(file)) return true;
    const before = this.known.get(file.source)?.used ?? [];
    const used = this.usedBy(file);
    return used.length === before.length && used.every((other, at) => other === before[at]);
  }

  viewOf(file: ParsedFile): View {
    return viewAmong(file, this.usedBy(file), this.files);
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
    const before = this.known.get(source)?.parsed;
    const parsed = before?.text === text ? before : parseFabula(text, source);
    const same = parsed.name === "" ? undefined : this.byName.get(parsed.name);
    if (same === undefined) this.load(parsed);
    else this.bySource.set(source, same);
    return same ?? parsed;
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
