/**
 * Twee 3 (github.com/iftechfoundation/twine-specs), to be played in SugarCube: a passage a scene.
 * What an author wrote is text in it: a character that could begin markup, a link, a macro, a
 * variable or a passage stands as its number, which story formats hand on to the page unread.
 */
import type { Form } from "./form.js";
import { identityOf } from "./identity.js";
import { plainLine, titleLine } from "./plain-line.js";
import { type Scene, sceneName, scenesOf } from "./scene.js";

/** The kind that comes with Twine; the version: the least that is meant. */
const format = { format: "SugarCube", "format-version": "2.37.3" };

export const writeTwee: Form<string> = (input) => {
  const scenes = scenesOf(input);
  const [first] = scenes;
  const data = {
    ifid: identityOf(input).toUpperCase(),
    ...format,
    ...(first === undefined ? {} : { start: sceneName(first) }),
  };
  const passages = scenes.map((scene, index) => writePassage(scene, scenes[index + 1]));
  return [
    // A title is no markup, but its line must not be read as the head of a passage.
    `:: StoryTitle\n${titleLine(input.told.title).replace(/^:/, " :")}`,
    `:: StoryData\n${JSON.stringify(data, undefined, 2)}`,
    ...passages,
  ]
    .map((passage) => `${passage}\n`)
    .join("\n");
};

function writePassage(scene: Scene, next: Scene | undefined): string {
  const paragraphs = scene.paragraphs.map(({ sentences }) =>
    sentences
      .map(({ text, kind }) => (kind === "thought" ? `<em>${escaped(text)}</em>` : escaped(text)))
      .join(" "),
  );
  const head = scene.heading === undefined ? [] : [`<strong>${escaped(scene.heading)}</strong>`];
  const link = next === undefined ? [] : [`[[Go on->${sceneName(next)}]]`];
  const body = [...head, ...paragraphs, ...link].join("\n\n");
  return `:: ${sceneName(scene)}${body === "" ? "" : `\n${body}`}`;
}

/**
 * What means something anywhere; doubled quotes and hyphens; a colon that is followed at once (an
 * address: `data:...`); a macro of Harlowe's, `(print: ...)`, for whoever changes the format; what
 * means something at the beginning of a line only (`!`, `1.`, `::`).
 */
const markup = /[#$%&*+/<=>@[\\\]^_`{|}~]|(['"-])\1+|:(?! |$)|\((?=[\w-]+:)|^[!#-&(-@]/g;

function escaped(text: string): string {
  return plainLine(text).replace(markup, (found) =>
    Array.from(found, (char) => `&#${char.charCodeAt(0)};`).join(""),
  );
}
