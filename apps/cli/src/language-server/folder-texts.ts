/**
 * Texts in the folders an editor works in. What cannot be read is passed over, and a folder that
 * holds a whole disk is read no further than `entriesMax`.
 */
import { type Dirent, readdirSync } from "node:fs";
import { dirname, join } from "node:path";

const entriesMax = 50_000;

/** In it and in its folders, but for hidden and installed ones; nearest first. */
export function textsUnder(folder: string): readonly string[] {
  const found: string[] = [];
  const folders = [folder];
  let seen = 0;
  for (let index = 0; index < folders.length && seen < entriesMax; index += 1) {
    for (const entry of entriesOf(folders[index]!)) {
      seen += 1;
      if (entry.name === "node_modules" || entry.name.startsWith(".")) continue;
      const path = join(folders[index]!, entry.name);
      if (entry.isDirectory()) folders.push(path);
      else if (isText(entry)) found.push(path);
    }
  }
  return found;
}

/** In the same folder. */
export function textsBeside(path: string): readonly string[] {
  const folder = dirname(path);
  return entriesOf(folder)
    .filter(isText)
    .map(({ name }) => join(folder, name));
}

function isText(entry: Dirent): boolean {
  return entry.name.endsWith(".fabula") && entry.isFile();
}

function entriesOf(folder: string): Dirent[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}
