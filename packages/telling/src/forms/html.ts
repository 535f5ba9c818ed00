/** One HTML page without scripts; whatever an author wrote is text in it. */
import { type Form, headingOf } from "./form.js";

export const writeHtml: Form = (input) => {
  const title = escaped(input.told.title);
  const sections = input.sections.map((section) => {
    const heading = headingOf(input, section);
    const paragraphs = section.paragraphs.map((paragraph) => {
      const sentences = paragraph.sentences.map(({ text, kind }) =>
        kind === "thought" ? `<em>${escaped(text)}</em>` : escaped(text),
      );
      return `<p>${sentences.join(" ")}</p>`;
    });
    const head = heading === undefined ? [] : [`<h2>${escaped(heading)}</h2>`];
    return ["<section>", ...head, ...paragraphs, "</section>"].join("\n");
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>
body { max-width: 36em; margin: 2em auto; padding: 0 1em; font: 1.1em/1.6 Georgia, serif; }
section + section { border-top: 1px solid #8888; }
</style>
</head>
<body>
<h1>${title}</h1>
${sections.join("\n")}
</body>
</html>
`;
};

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (char) => entities[char] ?? char);
}
