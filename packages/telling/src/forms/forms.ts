/** The forms by name. */
import type { Form } from "./form.js";
import { writeHtml } from "./html.js";
import { writeMarkdown } from "./markdown.js";
import { writeOutline } from "./outline.js";
import { writeProse } from "./prose.js";

export const forms = {
  prose: writeProse,
  outline: writeOutline,
  markdown: writeMarkdown,
  html: writeHtml,
} as const satisfies Readonly<Record<string, Form>>;

export type FormName = keyof typeof forms;

export const formNames = Object.keys(forms) as readonly FormName[];
