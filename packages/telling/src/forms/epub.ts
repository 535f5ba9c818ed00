/**
 * EPUB 3.3 (w3.org/TR/epub-33): a chapter a scene. The same telling gives the same bytes: nothing in
 * it is of the machine or of the day, neither in the book nor in the archive around it.
 */
import { strToU8, type Zippable, zipSync } from "fflate";
import type { Form } from "./form.js";
import { identityOf } from "./identity.js";
import { escapeMarkup, markParagraphs } from "./markup.js";
import { titleLine } from "./plain-line.js";
import { type Scene, sceneName, scenesOf } from "./scene.js";

/**
 * The first day that a zip archive can hold. Without a zone, as archives hold times without one: it
 * is read and written as local time, so every zone writes the same. Noon is in every zone's day.
 */
const archived = "1980-01-01T12:00:00";
const modified = "1980-01-01T12:00:00Z";

export const writeEpub: Form<Uint8Array> = (input) => {
  const title = escapeMarkup(titleLine(input.told.title));
  const scenes = scenesOf(input);
  const texts: Readonly<Record<string, string>> = {
    "META-INF/container.xml": container,
    "EPUB/package.opf": packageOf(title, identityOf(input), scenes),
    "EPUB/nav.xhtml": navigationOf(title, scenes),
    "EPUB/style.css": style,
    ...Object.fromEntries(
      scenes.map((scene) => [`EPUB/${fileOf(scene)}`, chapterOf(title, scene, scenes.length)]),
    ),
  };
  const files: Zippable = { mimetype: [strToU8("application/epub+zip"), { level: 0 }] };
  for (const [name, text] of Object.entries(texts)) files[name] = strToU8(text);
  return zipSync(files, { mtime: archived, level: 6 });
};

function fileOf(scene: Scene): string {
  return `scene-${scene.number}.xhtml`;
}

function packageOf(title: string, identity: string, scenes: readonly Scene[]): string {
  const items = scenes.map(
    (scene) =>
      `<item id="scene-${scene.number}" href="${fileOf(scene)}" media-type="application/xhtml+xml"/>`,
  );
  const spine = scenes.map((scene) => `<itemref idref="scene-${scene.number}"/>`);
  return `${declaration}
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="en">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:${identity}</dc:identifier>
<dc:title>${title}</dc:title>
<dc:language>en</dc:language>
<meta property="dcterms:modified">${modified}</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="style" href="style.css" media-type="text/css"/>
${items.join("\n")}
</manifest>
<spine>
${spine.join("\n")}
</spine>
</package>
`;
}

function navigationOf(title: string, scenes: readonly Scene[]): string {
  const entries = scenes.map((scene) => {
    const { number, heading } = scene;
    const label = heading === undefined ? sceneName(scene) : `${number}. ${escapeMarkup(heading)}`;
    return `<li><a href="${fileOf(scene)}">${label}</a></li>`;
  });
  const list = ["<ol>", ...entries, "</ol>"].join("\n");
  return page(title, `<nav epub:type="toc">\n<h1>${title}</h1>\n${list}\n</nav>`);
}

/** The title stands before the first; a name where there are several to tell apart. */
function chapterOf(title: string, scene: Scene, count: number): string {
  const name = scene.heading === undefined ? sceneName(scene) : escapeMarkup(scene.heading);
  const heads = [
    ...(scene.number === 1 ? [`<h1>${title}</h1>`] : []),
    ...(count > 1 ? [`<h2>${name}</h2>`] : []),
  ];
  const body = ["<section>", ...heads, ...markParagraphs(scene), "</section>"];
  return page(count > 1 ? `${title}: ${name}` : title, body.join("\n"));
}

const declaration = '<?xml version="1.0" encoding="UTF-8"?>';

/** Both escaped. */
function page(title: string, body: string): string {
  return `${declaration}
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="en" xml:lang="en">
<head>
<meta charset="UTF-8"/>
<title>${title}</title>
<link rel="stylesheet" type="text/css" href="style.css"/>
</head>
<body>
${body}
</body>
</html>
`;
}

const container = `${declaration}
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
`;

const style = `body { line-height: 1.5; }
h1, h2 { text-align: center; line-height: 1.2; }
p { margin: 0; text-indent: 1.5em; }
h1 + p, h2 + p, section > p:first-child { text-indent: 0; }
`;
