/** Plain prose: a title, paragraphs, a line of stars between sections; lines of at most 80. */
import type { Form } from "./form.js";
import { scenesOf } from "./scene.js";

const lineLength = 80;

export const writeProse: Form<string> = (input) => {
  const scenes = scenesOf(input).map((scene) => {
    const { heading } = scene;
    const paragraphs = scene.paragraphs.map((paragraph) =>
      wrap(paragraph.sentences.map((sentence) => sentence.text).join(" ")),
    );
    return [...(heading === undefined ? [] : [`— ${heading} —`]), ...paragraphs].join("\n\n");
  });
  return `${input.told.title}\n\n${scenes.join("\n\n* * *\n\n")}\n`;
};

function wrap(text: string): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > lineLength) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].join("\n");
}
