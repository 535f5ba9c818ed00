/** Markdown: thoughts in italics, sections parted by rules or headed by whose eyes they are. */
import type { Form } from "./form.js";
import { scenesOf } from "./scene.js";

export const writeMarkdown: Form<string> = (input) => {
  const scenes = scenesOf(input).map((scene) => {
    const { heading } = scene;
    const paragraphs = scene.paragraphs.map((paragraph) =>
      lineOf(
        paragraph.sentences
          .map(({ text, kind }) => (kind === "thought" ? `*${escaped(text)}*` : escaped(text)))
          .join(" "),
      ),
    );
    return [...(heading === undefined ? [] : [`## ${escaped(heading)}`]), ...paragraphs].join(
      "\n\n",
    );
  });
  return `# ${escaped(input.told.title)}\n\n${scenes.join("\n\n---\n\n")}\n`;
};

/** What begins a list or a fence where it stands first in a line is text here. */
function lineOf(paragraph: string): string {
  return paragraph.replace(/^[-+~]/, "\\$&").replace(/^(\d+)([.)])/, "$1\\$2");
}

function escaped(text: string): string {
  return text.replace(/[\\`*_#<>[\]&]/g, "\\$&");
}
