/**
 * The texts there are. The bundled worlds come with the page, so that every story can be read
 * without a server; the server, where there is one, adds the writer's own files.
 */
const bundled = import.meta.glob("../../../../worlds/**/*.fabula", {
  query: "?raw",
  import: "default",
  eager: true,
}) as Readonly<Record<string, string>>;

export type Files = Readonly<Record<string, string>>;

/** By path under `worlds/`. */
export const bundledFiles: Files = Object.fromEntries(
  Object.entries(bundled).map(([path, text]) => [path.replace(/^.*?\/worlds\//, ""), text]),
);

export interface StoryEntry {
  readonly path: string;
  readonly title: string;
  /** The first words of the file, a comment; "" where it has none. */
  readonly blurb: string;
  /** The world it belongs to: its first folder. */
  readonly shelf: string;
}

/** Files that hold a story, by shelf and title. */
export function storiesIn(files: Files): StoryEntry[] {
  return Object.entries(files)
    .flatMap(([path, text]) => {
      const title = /^story\s+[^\s"]+\s+"([^"\n]*)"/m.exec(text)?.[1];
      if (title === undefined) return [];
      return [{ path, title, blurb: blurbOf(text), shelf: path.split("/", 1)[0] ?? "" }];
    })
    .sort((a, b) => (`${a.shelf} ${a.title}` < `${b.shelf} ${b.title}` ? -1 : 1));
}

/** The first paragraph of the comment at the top; what is set in further is no prose. */
function blurbOf(text: string): string {
  const lines = text.split("\n").map((line) => /^\/\/ (\S.*)$/.exec(line)?.[1]);
  const end = lines.indexOf(undefined);
  return (end < 0 ? lines : lines.slice(0, end)).join(" ");
}

/** What a story may use: everything in the same shelf and the bundled worlds, but no other story. */
export function filesFor(path: string, files: Files): Files {
  const shelf = path.split("/", 1)[0] ?? "";
  return Object.fromEntries(
    Object.entries(files).filter(([name]) => {
      if (name === path) return true;
      const isModule = /^module\s/m.test(files[name] ?? "");
      return isModule && (name.startsWith(`${shelf}/`) || name in bundledFiles);
    }),
  );
}
