/** Markdown: thoughts in italics, sections parted by rules or headed by whose eyes they are. */
import { type Form, headingOf } from "./form.js";

export const writeMarkdown: Form = (input) => {
  const sections = input.sections.map((section) => {
    const heading = headingOf(input, section);
    const paragraphs = section.paragraphs.map((paragraph) =>
      paragraph.sentences
        .map(({ text, kind }) => (kind === "thought" ? `*${escaped(text)}*` : escaped(text)))
        .join(" "),
    );
    return [...(heading === undefined ? [] : [`## ${escaped(heading)}`]), ...paragraphs].join(
      "\n\n",
    );
  });
  return `# ${escaped(input.told.title)}\n\n${sections.join("\n\n---\n\n")}\n`;
};

function escaped(text: string): string {
  return text.replace(/[\\`*_#<>[\]]/g, "\\$&");
}
