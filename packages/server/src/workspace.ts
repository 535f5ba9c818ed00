/**
 * A writer's own folder: texts on disk are the truth. A write lands whole or not at all, never over
 * what somebody else wrote meanwhile, and what it replaces is kept.
 *
 *   my-story.fabula                          the text
 *   .fabula/history/my-story.fabula/N-V      what it was before, N counting from 1, V its version
 */
import { createHash } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { textBytesMax, textLengthMax, tooLarge } from "@fabula/model";

/** Texts in a folder, folders within folders, versions kept of a text. */
const filesMax = 5_000;
const depthMax = 8;
const versionsMax = 200;
const kept = join(".fabula", "history");

export interface FileEntry {
  /** With `/`, whatever the system. */
  readonly path: string;
  /** 16 hexadecimal digits: the same text has the same version. */
  readonly version: string;
}

export interface FileText extends FileEntry {
  readonly text: string;
}

export interface PastVersion {
  /** Counts from 1. */
  readonly number: number;
  readonly version: string;
}

/** Why a file could not be read or written; `status` as in HTTP. */
export class WorkspaceError extends Error {
  constructor(
    readonly status: 400 | 404 | 409 | 413 | 507 | 500,
    message: string,
    /** The text that is there now, where it is another than was thought. */
    readonly current?: FileText,
  ) {
    super(message);
  }
}

export class Workspace {
  constructor(readonly folder: string) {}

  /** Every `.fabula` file that can be read, sorted by path. */
  list(): FileEntry[] {
    return this.#paths()
      .filter((path) => this.#sizeOf(path) <= textBytesMax)
      .map((path) => ({ path, version: versionOf(readFileSync(join(this.folder, path), "utf8")) }));
  }

  /** Files too large to be read, with what to say of each. */
  unread(): { readonly path: string; readonly message: string }[] {
    return this.#paths()
      .filter((path) => this.#sizeOf(path) > textBytesMax)
      .map((path) => {
        const { message } = tooLarge(`${Math.ceil(this.#sizeOf(path) / 1e6)} MB`);
        return { path, message };
      });
  }

  #sizeOf(path: string): number {
    return statSync(join(this.folder, path)).size;
  }

  #paths(): string[] {
    const found: string[] = [];
    const visit = (folder: string, depth: number) => {
      if (!existsSync(folder) || depth > depthMax) return;
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
        const path = join(folder, entry.name);
        if (entry.isDirectory()) visit(path, depth + 1);
        else if (entry.isFile() && entry.name.endsWith(".fabula") && found.length < filesMax) {
          found.push(relative(this.folder, path).split(sep).join("/"));
        }
      }
    };
    visit(this.folder, 0);
    return found.sort();
  }

  read(path: string): FileText {
    const file = this.#fileOf(path);
    const text = readIfThere(file);
    if (text === undefined) throw new WorkspaceError(404, `there is no file ${path}`);
    return { path, text, version: versionOf(text) };
  }

  /**
   * `base`: the version that was edited; "" for a new file. Throws 409 with what is there where it
   * is another.
   */
  write(path: string, text: string, base: string): FileEntry {
    if (text.length > textLengthMax) {
      throw new WorkspaceError(413, tooLarge(`${(text.length / 1e6).toFixed(1)} million`).message);
    }
    const file = this.#fileOf(path);
    const now = readIfThere(file);
    const current = now === undefined ? "" : versionOf(now);
    const version = versionOf(text);
    if (current === version) return { path, version };
    if (current !== base) {
      const there = now === undefined ? undefined : { path, text: now, version: current };
      const what = now === undefined ? "was taken away" : "was changed";
      throw new WorkspaceError(409, `${path} ${what} meanwhile`, there);
    }
    this.#guarded(path, () => {
      if (now !== undefined) this.#keep(path, now);
      mkdirSync(dirname(file), { recursive: true });
      writeWhole(file, text);
    });
    return { path, version };
  }

  /** The text is kept among its versions. */
  remove(path: string, base: string): void {
    const { text, version } = this.read(path);
    if (version !== base) {
      throw new WorkspaceError(409, `${path} was changed meanwhile`, { path, text, version });
    }
    this.#guarded(path, () => {
      this.#keep(path, text);
      rmSync(this.#fileOf(path));
    });
  }

  /** Latest first. */
  history(path: string): PastVersion[] {
    this.#fileOf(path);
    return this.#versions(path).reverse();
  }

  readVersion(path: string, number: number): FileText {
    const past = this.#versions(path).find((one) => one.number === number);
    if (past === undefined) throw new WorkspaceError(404, `${path} has no version ${number}`);
    const { version } = past;
    const text = readIfThere(join(this.#historyOf(path), `${number}-${version}`)) ?? "";
    return { path, text, version };
  }

  #versions(path: string): PastVersion[] {
    const folder = this.#historyOf(path);
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .flatMap((name) => {
        const match = /^(\d+)-([0-9a-f]{16})$/.exec(name);
        return match === null ? [] : [{ number: Number(match[1]), version: match[2] ?? "" }];
      })
      .sort((a, b) => a.number - b.number);
  }

  #keep(path: string, text: string): void {
    const folder = this.#historyOf(path);
    mkdirSync(folder, { recursive: true });
    const past = this.#versions(path);
    const version = versionOf(text);
    if (past.at(-1)?.version === version) return;
    const number = (past.at(-1)?.number ?? 0) + 1;
    writeWhole(join(folder, `${number}-${version}`), text);
    for (const old of past.slice(0, Math.max(0, past.length + 1 - versionsMax))) {
      rmSync(join(folder, `${old.number}-${old.version}`), { force: true });
    }
  }

  #historyOf(path: string): string {
    return join(this.folder, kept, path);
  }

  /** The place on disk of a path that is what it should be, inside the folder and nowhere else. */
  #fileOf(path: string): string {
    const parts = path.split("/");
    const fits = parts.every((part) => /^[\p{L}\p{N}_][\p{L}\p{N}_ .-]{0,99}$/u.test(part));
    if (!fits || parts.length > depthMax || !path.endsWith(".fabula") || path.includes("..")) {
      throw new WorkspaceError(
        400,
        "a path is made of letters, digits, _ and -, with / between folders, and ends in .fabula",
      );
    }
    const file = join(this.folder, ...parts);
    const nearest = nearestThere(file);
    if (nearest !== undefined && existsSync(this.folder)) {
      const real = realpathSync(nearest);
      const home = realpathSync(this.folder);
      const outside = real !== home && !real.startsWith(home + sep) && !home.startsWith(real);
      if (outside) throw new WorkspaceError(400, `${path} leads out of the folder`);
    }
    return file;
  }

  #guarded(path: string, what: () => void): void {
    try {
      what();
    } catch (error) {
      const { code = "" } = error as NodeJS.ErrnoException;
      const full = code === "ENOSPC" || code === "EDQUOT";
      const said: Record<string, string> = {
        ENOSPC: "the disk is full",
        EDQUOT: "there is no room left for you on the disk",
        EACCES: "this folder may not be written to",
        EPERM: "this folder may not be written to",
        EROFS: "this disk may not be written to",
      };
      const why = said[code] ?? String(error);
      throw new WorkspaceError(full ? 507 : 500, `${path} could not be saved: ${why}`);
    }
  }
}

export function versionOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw error;
  }
}

/** The text is on the disk under its name, whole, or the name is as it was. */
function writeWhole(file: string, text: string): void {
  const partial = `${file}.${process.pid}.part`;
  try {
    const handle = openSync(partial, "w");
    try {
      writeSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(partial, file);
  } finally {
    rmSync(partial, { force: true });
  }
}

function nearestThere(file: string): string | undefined {
  let place = file;
  while (!existsSync(place)) {
    const above = dirname(place);
    if (above === place) return undefined;
    place = above;
  }
  return place;
}
