/**
 * Some registries and mirrors do not serve builds for other platforms; npm then leaves them out of
 * the lockfile, and `npm ci` refuses that lockfile everywhere. This adds what is missing: optional
 * packages whose exact version their parent names, marked with the platform in their name, so that
 * npm passes over them here and finds them where they fit. Run it after every `npm install`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const systems = [
  "android",
  "darwin",
  "freebsd",
  "linux",
  "netbsd",
  "openbsd",
  "openharmony",
  "win32",
];
const processors = [
  "arm64",
  "arm",
  "ia32",
  "ppc64",
  "riscv64",
  "s390x",
  "x64",
  "wasm32",
  "loong64",
];

/** Adds the missing entries to a lockfile's value and returns their names. */
export function completeLockfile(lock) {
  const added = [];
  for (const parent of Object.values(lock.packages)) {
    for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
      const path = `node_modules/${name}`;
      if (lock.packages[path] !== undefined || !/^\d/.test(version)) continue;
      const words = name.split(/[/-]/);
      const os = systems.filter((system) => words.includes(system));
      const cpu = processors.filter((processor) => words.includes(processor));
      const libc = words.includes("musl") ? { libc: ["musl"] } : {};
      lock.packages[path] = { version, cpu, dev: true, ...libc, optional: true, os };
      added.push(name);
    }
  }
  const entries = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1));
  lock.packages = Object.fromEntries(entries);
  return added;
}

if (process.argv[1] === import.meta.filename) {
  const file = join(import.meta.dirname, "..", "package-lock.json");
  const lock = JSON.parse(readFileSync(file, "utf8"));
  const added = completeLockfile(lock);
  if (added.length > 0) writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`package-lock.json: ${added.length} packages of other platforms added`);
}
