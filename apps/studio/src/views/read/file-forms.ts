/** The forms of a telling as files: what a reader calls them, and what a computer knows them by. */
import type { FormName } from "fabula";

export interface FileForm {
  readonly title: string;
  readonly ending: string;
  readonly type: string;
  /** Stands in the name where the ending does not tell forms apart. */
  readonly mark?: string;
}

/** A form of a telling, or the story itself as a page that plays. */
export type FileFormName = FormName | "playable";

/** Those of readers before those of writers. */
export const fileForms: Readonly<Record<FileFormName, FileForm>> = {
  epub: { title: "Book", ending: ".epub", type: "application/epub+zip" },
  playable: { title: "Page to play", ending: ".html", type: "text/html", mark: "play" },
  html: { title: "Web page", ending: ".html", type: "text/html" },
  markdown: { title: "Markdown", ending: ".md", type: "text/markdown" },
  prose: { title: "Plain text", ending: ".txt", type: "text/plain" },
  outline: { title: "Outline", ending: ".txt", type: "text/plain", mark: "outline" },
  twee: { title: "Twine", ending: ".twee", type: "text/plain" },
  ink: { title: "ink", ending: ".ink", type: "text/plain" },
};

/** `whose`: a person or a telling; undefined: nobody's eyes. */
export function fileNameOf(path: string, whose: string | undefined, form: FileForm): string {
  const story = (path.split("/").at(-1) ?? path).replace(/\.fabula$/, "");
  const parts = [story, whose, form.mark].filter((part) => part !== undefined);
  return `${parts.join("-")}${form.ending}`;
}
