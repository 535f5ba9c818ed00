/**
 * What the scripts of the house share: where things are, running a command, and installing what is
 * missing. Needs nothing but Node, because it runs before anything is installed.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { unshadowNode } from "./unshadow-node.mjs";

export const root = join(import.meta.dirname, "..");

const oldest = [20, 19];

/** A sentence for whoever ran the script; printed without a stack, exit code 1. */
export class HouseError extends Error {}

/** Runs to the end with our own output streams; throws a HouseError where it fails. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: "inherit", ...options });
  if (result.error) throw new HouseError(`cannot start ${command}: ${result.error.message}`);
  if (result.signal) throw new HouseError(`${command} was stopped by ${result.signal}`);
  if (result.status !== 0 && !options.mayFail) {
    throw new HouseError(`failed (exit ${result.status}): ${[command, ...args].join(" ")}`);
  }
  return result;
}

/** Runs a program of an installed package by its file, so that no shell and no PATH is asked. */
export function runTool(file, args, options) {
  return run(process.execPath, [join(root, "node_modules", file), ...args], options);
}

export function ensureNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return;
  throw new HouseError(
    `Fabula needs Node ${oldest.join(".")} or newer; this is ${process.version}`,
  );
}

/** Installs exactly what the lockfile says, if what is installed differs from it. */
export function ensureInstalled() {
  const difference = findMissing(root);
  if (difference !== undefined) {
    console.log(`installing (${difference})`);
    const npm = process.env.npm_execpath;
    const args = ["ci", "--no-audit", "--no-fund"];
    if (npm?.endsWith(".js")) run(process.execPath, [npm, ...args]);
    else run(process.platform === "win32" ? "npm.cmd" : "npm", args);
  }
  unshadowNode(root);
}

/**
 * The first difference between the lockfile and what npm wrote down about the last install, or
 * undefined. Versions are compared, not file times: a checkout touches files without changing them.
 */
export function findMissing(directory) {
  const lock = join(directory, "package-lock.json");
  const installed = join(directory, "node_modules", ".package-lock.json");
  if (!existsSync(installed)) return "nothing is installed yet";
  const wanted = JSON.parse(readFileSync(lock, "utf8")).packages;
  const present = JSON.parse(readFileSync(installed, "utf8")).packages;
  for (const [path, entry] of Object.entries(wanted)) {
    if (!path.includes("node_modules/") || entry.optional || entry.peer) continue;
    const found = present[path];
    if (found === undefined) return `${path} is missing`;
    if (found.version !== entry.version) return `${path} is ${found.version}, not ${entry.version}`;
    if (!existsSync(join(directory, path))) return `${path} is missing`;
  }
  return undefined;
}

/** Runs a script's body; a HouseError ends it with its sentence alone. */
export async function main(body) {
  try {
    await body();
  } catch (error) {
    if (!(error instanceof HouseError)) throw error;
    console.error(`\n${error.message}`);
    process.exitCode = 1;
  }
}
