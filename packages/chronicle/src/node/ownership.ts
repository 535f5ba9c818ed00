/**
 * One process at a time has a store open. Who it is stands in a file beside it, so that a process
 * that was killed holds nobody up: its lock, and what its SQLite left behind of locks, is cleared
 * away by the next.
 */
import { readFileSync, rmdirSync, unlinkSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { StoreFault } from "./store-fault.js";

/** Takes the store or throws a StoreFault that names who has it. Returns how to give it back. */
export function takeOwnership(path: string): () => void {
  const file = `${path}.owner`;
  const me = `${process.pid} ${hostname()}`;
  for (let attempt = 0; ; attempt += 1) {
    try {
      writeFileSync(file, me, { flag: "wx" });
      break;
    } catch (error) {
      if (!isCode(error, "EEXIST")) throw error;
    }
    const owner = readOwner(file);
    if (owner === undefined) continue;
    if (attempt > 20 || isAlive(owner)) throw inUse(path, owner);
    remove(() => unlinkSync(file));
  }
  // SQLite as WebAssembly locks with a folder, and a killed process leaves it.
  remove(() => rmdirSync(`${path}.lock`));
  let isOwned = true;
  return () => {
    if (isOwned) remove(() => unlinkSync(file));
    isOwned = false;
  };
}

function inUse(path: string, owner: string): StoreFault {
  const [pid, host] = owner.split(" ");
  return new StoreFault(
    "FAB8003",
    `the store ${path} is in use by process ${pid} on ${host}`,
    `wait for it, use another --store, or delete ${path}.owner if it is gone`,
  );
}

function readOwner(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (isCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

function isAlive(owner: string): boolean {
  const [pid, host] = owner.split(" ");
  if (host !== hostname()) return true;
  const number = Number(pid);
  if (!(number > 0) || number === process.pid) return number === process.pid;
  try {
    process.kill(number, 0);
    return true;
  } catch (error) {
    return isCode(error, "EPERM");
  }
}

function remove(what: () => void): void {
  try {
    what();
  } catch (error) {
    if (!isCode(error, "ENOENT")) throw error;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
