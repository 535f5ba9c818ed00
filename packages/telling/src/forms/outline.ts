/** An outline: one line a passage, with its time; thoughts in brackets. */
import type { Form } from "./form.js";
import { scenesOf } from "./scene.js";

export const writeOutline: Form<string> = (input) => {
  const lines = scenesOf(input).flatMap((scene) => {
    const { heading } = scene;
    const points = scene.paragraphs.flatMap((paragraph) => [
      `${input.clockOf(paragraph.time)}`,
      ...paragraph.sentences.map(({ text, kind }) =>
        kind === "thought" ? `  - (${text})` : `  - ${text}`,
      ),
    ]);
    return [...(heading === undefined ? [] : ["", `${heading}:`]), ...points];
  });
  return `${[input.told.title, "", ...lines].join("\n")}\n`;
};
