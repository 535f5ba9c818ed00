/** Words as text in HTML and XML, in elements and in attributes. */
import { plainLine } from "./plain-line.js";
import type { Scene } from "./scene.js";

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

export function escapeMarkup(text: string): string {
  return plainLine(text).replace(/[&<>"]/g, (char) => entities[char] ?? char);
}

/** Paragraphs as elements that are HTML and XHTML alike; thoughts are emphasized. */
export function markParagraphs(scene: Scene): string[] {
  return scene.paragraphs.map((paragraph) => {
    const sentences = paragraph.sentences.map(({ text, kind }) =>
      kind === "thought" ? `<em>${escapeMarkup(text)}</em>` : escapeMarkup(text),
    );
    return `<p>${sentences.join(" ")}</p>`;
  });
}
