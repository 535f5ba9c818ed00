/** Modules among the files that a story came with: beside the story first, then among the worlds. */
import type { FindModules } from "fabula";
import type { StorySource } from "./protocol";

const extension = ".fabula";

/** `use std` is every file right in `std/`, `use std.body` the file `std/body.fabula`. */
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
