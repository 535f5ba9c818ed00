/** What is wrong with a store, as a diagnostic on its way out. Codes FAB8xxx. */
import type { Diagnostic } from "@fabula/model";

export class StoreFault extends Error {
  override readonly name = "StoreFault";
  readonly diagnostics: readonly Diagnostic[];

  constructor(code: string, message: string, remedy: string) {
    super(message);
    this.diagnostics = [{ code, severity: "error", message, remedy }];
  }
}

/** The fault behind an error of SQLite or the system; undefined: it is none of the store's. */
export function storeFaultOf(path: string, error: unknown): StoreFault | undefined {
  if (error instanceof StoreFault) return error;
  if (!(error instanceof Error)) return undefined;
  const text = `${"code" in error ? String(error.code) : ""} ${error.message}`.toLowerCase();
  if (/disk is full|sqlite_full|enospc/.test(text)) {
    return new StoreFault(
      "FAB8001",
      `the disk is full: ${path} could not take more`,
      "make room and run the same command again; what was stored is kept and not done twice",
    );
  }
  if (/readonly|read-only|eacces|erofs|eperm|unable to open|enoent|enotdir|eisdir/.test(text)) {
    return new StoreFault(
      "FAB8002",
      `the store ${path} cannot be written (${error.message})`,
      "name a file in a folder you may write to; nothing was changed",
    );
  }
  if (/not a database|malformed|corrupt|ioerr|disk i\/o/.test(text)) {
    return damaged(path);
  }
  return undefined;
}

export function damaged(path: string): StoreFault {
  return new StoreFault(
    "FAB8004",
    `${path} is no store of Fabula, or it is damaged`,
    "name another file; to keep what can be read: sqlite3 FILE .recover | sqlite3 NEW",
  );
}
