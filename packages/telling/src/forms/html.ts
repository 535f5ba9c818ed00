/** One HTML page without scripts; whatever an author wrote is text in it. */
import type { Form } from "./form.js";
import { escapeMarkup, markParagraphs } from "./markup.js";
import { scenesOf } from "./scene.js";

export const writeHtml: Form<string> = (input) => {
  const title = escapeMarkup(input.told.title);
  const scenes = scenesOf(input).map((scene) => {
    const { heading } = scene;
    const head = heading === undefined ? [] : [`<h2>${escapeMarkup(heading)}</h2>`];
    return ["<section>", ...head, ...markParagraphs(scene), "</section>"].join("\n");
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
${scenes.join("\n")}
</body>
</html>
`;
};
