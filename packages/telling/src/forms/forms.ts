/** The forms by name. */
import { writeEpub } from "./epub.js";
import type { Form } from "./form.js";
import { writeHtml } from "./html.js";
import { writeInk } from "./ink.js";
import { writeMarkdown } from "./markdown.js";
import { writeOutline } from "./outline.js";
import { writeProse } from "./prose.js";
import { writeTwee } from "./twee.js";

export const forms = {
  prose: writeProse,
  outline: writeOutline,
  markdown: writeMarkdown,
  html: writeHtml,
  epub: writeEpub,
  twee: writeTwee,
  ink: writeInk,
} as const satisfies Readonly<Record<string, Form>>;

export type FormName = keyof typeof forms;

/** What a form makes: text, or the bytes of a file. */
export type Written<Name extends FormName> = ReturnType<(typeof forms)[Name]>;

export const formNames = Object.keys(forms) as readonly FormName[];
