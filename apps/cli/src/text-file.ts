/**
 * Reading what somebody names on the command line: sizes are asked before anything is read, and
 * what is no text is refused, so that no file, however big or broken, can hang or crash a command.
 */
import { closeSync, fstatSync, openSync, readdirSync, readSync } from "node:fs";
import { relative, sep } from "node:path";
import { type SourceText, textBytesMax, tooLarge } from "fabula";
import { badInput } from "./bad-input.js";
import { bundledWorlds } from "./bundled-worlds.js";

/** The text of a file; `name` is its path as a person would say it here. */
export function readTextFile(path: string): SourceText {
  const name = placeName(path);
  const bytes = readBytes(path, name);
  const text = decode(bytes);
  if (text === undefined) {
    throw badInput(
      "FAB7004",
      `${name} is no text: it holds bytes that are no UTF-8`,
      "save it as plain text in UTF-8",
    );
  }
  return { name, text };
}

/**
 * Relative to the folder one stands in, unless that would climb out of it. What comes along is
 * named alike wherever one stands.
 */
export function placeName(path: string): string {
  const bundled = relative(bundledWorlds(), path).split(sep).join("/");
  if (bundled !== "" && !bundled.startsWith("../")) return `worlds/${bundled}`;
  const short = relative(process.cwd(), path).split(sep).join("/");
  return short === "" || short.startsWith("../") ? path : short;
}

function readBytes(path: string, name: string): Buffer {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch (error) {
    throw unreadable(name, error);
  }
  try {
    const stat = fstatSync(file);
    if (stat.isDirectory()) {
      throw badInput("FAB7002", `${name} is a folder`, storyIn(path, name));
    }
    if (stat.size > textBytesMax) throw refused(name, `${Math.ceil(stat.size / 1e6)} MB`);
    return readAtMost(file, name);
  } catch (error) {
    throw isSystemError(error) ? unreadable(name, error) : error;
  } finally {
    closeSync(file);
  }
}

function storyIn(folder: string, name: string): string {
  const [only, ...others] = readdirSync(folder).filter((file) => file.endsWith(".fabula"));
  if (only === undefined || others.length > 0) return "name a story file inside it";
  return `${name}/${only}`;
}

/** Also ends for devices and pipes, whose size says nothing. */
function readAtMost(file: number, name: string): Buffer {
  const chunks: Buffer[] = [];
  let size = 0;
  for (;;) {
    const chunk = Buffer.alloc(1 << 16);
    const count = readSync(file, chunk, 0, chunk.length, null);
    if (count === 0) return Buffer.concat(chunks);
    size += count;
    if (size > textBytesMax) throw refused(name, `more than ${textBytesMax / 1e6} MB`);
    chunks.push(chunk.subarray(0, count));
  }
}

function refused(name: string, size: string): Error {
  const { code, message, remedy } = tooLarge(size);
  return badInput(code, `${name}: ${message}`, remedy);
}

function decode(bytes: Buffer): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function unreadable(name: string, error: unknown): Error {
  const code = isSystemError(error) ? error.code : "";
  if (code === "ENOENT" || code === "ENOTDIR") {
    return badInput("FAB7001", `there is no file ${name}`, "check the path");
  }
  const reason = code === "EACCES" ? "you may not read it" : (code ?? "reading it failed");
  return badInput("FAB7003", `cannot read ${name}: ${reason}`, "check its permissions");
}

/** Files, folders, disks: not a defect of ours. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "code" in error && "syscall" in error;
}
