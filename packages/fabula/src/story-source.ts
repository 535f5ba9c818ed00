/** A story with the texts of all it uses, as one value: what a worker or a page is given. */
import type { FindModules } from "@fabula/model";
import type { StoryTexts } from "./story-texts.js";

const extension = ".fabula";

/** A story and everything it may use, by the path it has under `worlds/` or in the workspace. */
export interface StorySource {
  /** Path of the story, e.g. `leaf/stories/until-the-end.fabula`. */
  readonly path: string;
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Modules among the files that a story came with: beside the story first, then among the worlds.
 * `use std` is every file right in `std/`, `use std.body` the file `std/body.fabula`.
 */
export function findModulesIn({ path, files }: StorySource): FindModules {
  const own = path.includes("/") ? `${path.slice(0, path.lastIndexOf("/"))}/` : "";
  const paths = Object.keys(files).sort();
  const textOf = (name: string) => ({ name, text: files[name] ?? "" });
  return (module) => {
    for (const root of own === "" ? [""] : [own, ""]) {
      const place = `${root}${module.replaceAll(".", "/")}`;
      const file = `${place}${extension}`;
      if (file !== path && file in files) return [textOf(file)];
      if (module.includes(".")) continue;
      const folder = paths.filter(
        (name) => name.startsWith(`${place}/`) && !name.slice(place.length + 1).includes("/"),
      );
      if (folder.length > 0) return folder.map(textOf);
    }
    return [];
  };
}

/** The same texts, where `findModulesIn` finds them. */
export function sourceOf({ story, modules }: StoryTexts): StorySource {
  const path = lastOf(story.name);
  const found = Object.entries(modules).flatMap(([module, texts]) =>
    texts.map(({ name, text }) => [placeOf(module, lastOf(name)), text] as const),
  );
  const files = [[path, story.text] as const, ...found].sort(([a], [b]) => (a < b ? -1 : 1));
  return { path, files: Object.fromEntries(files) };
}

/** Where `findModulesIn` looks for a file of this module. */
function placeOf(module: string, file: string): string {
  const own = `${module.replaceAll(".", "/")}${extension}`;
  return module.includes(".") || file === own ? own : `${module}/${file}`;
}

function lastOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}
