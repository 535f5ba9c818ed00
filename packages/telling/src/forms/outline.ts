/** An outline: one line a passage, with its time; thoughts in brackets. */
import { type Form, headingOf } from "./form.js";

export const writeOutline: Form = (input) => {
  const lines = input.sections.flatMap((section) => {
    const heading = headingOf(input, section);
    const points = section.paragraphs.flatMap((paragraph) => [
      `${input.clockOf(paragraph.time)}`,
      ...paragraph.sentences.map(({ text, kind }) =>
        kind === "thought" ? `  - (${text})` : `  - ${text}`,
      ),
    ]);
    return [...(heading === undefined ? [] : ["", `${heading}:`]), ...points];
  });
  return `${[input.told.title, "", ...lines].join("\n")}\n`;
};
