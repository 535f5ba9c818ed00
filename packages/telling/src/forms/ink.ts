/**
 * ink (github.com/inkle/ink): a knot a scene, one choice to the next. What an author wrote is text in
 * it: a backslash stands before whatever ink would read as its own.
 */
import type { Form } from "./form.js";
import { plainLine, titleLine } from "./plain-line.js";
import { type Scene, scenesOf } from "./scene.js";

export const writeInk: Form<string> = (input) => {
  const scenes = scenesOf(input);
  const [first] = scenes;
  const knots = scenes.map((scene, index) => writeKnot(scene, scenes[index + 1]));
  const begin = first === undefined ? "-> END" : `-> ${knotName(first)}`;
  return `${[`# title: ${escaped(titleLine(input.told.title))}`, begin, ...knots].join("\n\n")}\n`;
};

function writeKnot(scene: Scene, next: Scene | undefined): string {
  const paragraphs = scene.paragraphs.map(({ sentences }) =>
    sentences.map(({ text }) => escaped(text)).join(" "),
  );
  const head = scene.heading === undefined ? [] : [`— ${escaped(scene.heading)} —`];
  const end = next === undefined ? "-> END" : `* [Go on] -> ${knotName(next)}`;
  return [`=== ${knotName(scene)} ===`, ...head, ...paragraphs, end].join("\n\n");
}

function knotName(scene: Scene): string {
  return `scene_${scene.number}`;
}

/** What means something anywhere (`-` before `>` no longer does); then at the beginning of a line. */
const markup = /[\\{}|#<>~/[\]*+=]|^-|^(?=(?:TODO|VAR|CONST|LIST|INCLUDE|EXTERNAL)\b)/g;

function escaped(text: string): string {
  return plainLine(text).replace(markup, "\\$&");
}
