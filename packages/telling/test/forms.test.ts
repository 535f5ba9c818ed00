/** The forms that others read: each is read here by a program that is not ours, or by its spec. */
import { EpubCheck } from "@likecoin/epubcheck-ts";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { Compiler } from "inkjs/full";
import { describe, expect, it } from "vitest";
import { compose } from "../src/composition.js";
import type { FormInput } from "../src/forms/form.js";
import { forms } from "../src/forms/forms.js";
import type { Passage } from "../src/passage.js";
import { readTwee, shownBy } from "./twee-reader.js";

/** What the languages of these forms would take for their own, in the middle and at the beginning. */
const traps = [
  "[[a link->Scene 2]] [[b|c]] ]] [img[x.png]]",
  "<<script>>alert(1)<</script>> <b>bold</b> <!-- c --> <em>",
  ':: Scene 1 [tag] {"position":"0,0"}',
  "{x: y|z} {~ a|b} $money _temp __under__ @@.big;@@ %x% $" + "{y}",
  "-> END <- thread <> glue ->-> tunnel",
  "* star ** two",
  "+ plus",
  "- minus -- dashes --- rule",
  "= equals === knot_2 ===",
  "~ temp x = 1",
  "! bang !! two",
  "# tag # another",
  "// a comment ''bold'' //slanted// /* block */ /% hidden %/",
  "TODO: nothing",
  "VAR x = 1",
  "INCLUDE other.ink",
  "LIST l = a",
  "EXTERNAL f()",
  '1. first &amp; &#91; &lt; & < > " \' """raw""" {{{code}}} `tick`',
  "http://example.org/a?b=c data:text/html,x javascript:alert(1) C:\\path\\n \\",
  "> quoted | piped ^^up^^ ~~down~~ ==struck== a=b",
  "(if: true)[hook] (print: 1) |name>[x] else: return",
  "]]> <?xml ?> <![CDATA[ x ]]> &entity;",
  "“Curly,” she says — ‘twenty-one’ … 日本語 😀 don't",
];

function told(texts: readonly string[], title = "A small story"): FormInput {
  const passages = texts.map(
    (text, index): Passage => ({
      occurrence: index + 1,
      // Minutes apart and, every so often, days: paragraphs and scenes.
      time: index * 60_000 + Math.floor(index / 5) * 86_400_000,
      kind: index % 7 === 3 ? "thought" : "deed",
      eyes: -1,
      who: 1,
      text,
    }),
  );
  const sections = compose(passages);
  const clockOf = String;
  return { told: { title, passages }, sections, hash: "0123456789abcdef", nameOf, clockOf };
}

function nameOf(entity: number): string {
  return entity === 1 ? "Ana <[[x]]> # {y}" : "Ben";
}

/** What there is to read, a paragraph each, scene by scene. */
function paragraphsOf(input: FormInput): string[][] {
  return input.sections.map(({ paragraphs }) =>
    paragraphs.map(({ sentences }) => sentences.map(({ text }) => text).join(" ")),
  );
}

const plain = told([
  "Ana lights the lamp.",
  "“I am dying,” she says.",
  "She waits.",
  "It is dark.",
]);
const trapped = told(traps, ':: [[T]] & <b> {x} # "q" -> //');
const empty = told([], "");
const changing: FormInput = {
  ...plain,
  sections: [1, 2, 1].map((eyes) => ({ ...plain.sections[0]!, eyes })),
};
const inputs = { plain, trapped, empty, changing };
const named = Object.entries(inputs).map(([name, input]) => ({ name, input }));

it("the words that set traps come to several scenes", () => {
  expect(trapped.sections.length).toBeGreaterThan(3);
  expect(paragraphsOf(trapped).flat().join(" ")).toContain(traps[0]);
});

describe("epub", () => {
  it.each(named)("is valid to epubcheck: $name", async ({ input }) => {
    const { messages } = await EpubCheck.validate(forms.epub(input));
    expect(messages).toEqual([]);
  });

  it("is refused by epubcheck where a word is not escaped", async () => {
    const files = unzipSync(forms.epub(plain));
    const chapter = strFromU8(files["EPUB/scene-1.xhtml"]!);
    const broken = chapter.replace("Ana lights", "Ana <lights> & waits");
    expect(broken).not.toBe(chapter);
    const book = zipSync({ ...files, "EPUB/scene-1.xhtml": strToU8(broken) }, { level: 0 });
    expect(await EpubCheck.validate(book)).toMatchObject({ valid: false });
  });

  it("begins with its kind, stored: what tells a book from an archive", () => {
    const bytes = forms.epub(trapped);
    expect(strFromU8(bytes.slice(30, 58))).toBe("mimetypeapplication/epub+zip");
    expect([bytes[8], bytes[9], bytes[28], bytes[29]]).toEqual([0, 0, 0, 0]);
  });

  it("is the same to the byte in every zone, and another book through other eyes", () => {
    const zone = process.env.TZ;
    try {
      const books = ["UTC", "Pacific/Kiritimati", "America/Los_Angeles"].map((name) => {
        process.env.TZ = name;
        return Buffer.from(forms.epub(trapped)).toString("hex");
      });
      expect(new Set(books).size).toBe(1);
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
    const identity = (input: FormInput) =>
      /urn:uuid:([^<]+)/.exec(strFromU8(unzipSync(forms.epub(input))["EPUB/package.opf"]!))?.[1];
    const all = [plain, trapped, changing, { ...plain, hash: "fedcba9876543210" }].map(identity);
    expect(new Set(all).size).toBe(all.length);
  });

  it("has every word, and only as words", () => {
    const files = unzipSync(forms.epub(trapped));
    paragraphsOf(trapped).forEach((paragraphs, index) => {
      const text = strFromU8(files[`EPUB/scene-${index + 1}.xhtml`]!);
      const shown = [...text.matchAll(/<p>(.*)<\/p>/g)].map((match) => shownBy(match[1] ?? ""));
      expect(shown).toEqual(paragraphs);
    });
  });
});

describe("ink", () => {
  it.each(named)("compiles and walks to its end, word for word: $name", ({ input }) => {
    const problems: string[] = [];
    const compiler = new Compiler(forms.ink(input), {
      countAllVisits: false,
      fileHandler: null,
      pluginNames: [],
      sourceFilename: null,
      errorHandler: (message: string) => problems.push(message),
    } as never);
    const story = compiler.Compile();
    const scenes: string[][] = [];
    for (;;) {
      scenes.push(
        story
          .ContinueMaximally()
          .split("\n")
          .filter((line) => line !== ""),
      );
      if (story.currentChoices.length === 0) break;
      expect(story.currentChoices.map((choice) => choice.text)).toEqual(["Go on"]);
      story.ChooseChoiceIndex(0);
    }
    expect(problems).toEqual([]);
    const heads = input === changing ? [nameOf(1), nameOf(2), nameOf(1)] : [];
    const words = paragraphsOf(input).map((paragraphs, index) =>
      heads[index] === undefined ? paragraphs : [`— ${heads[index]} —`, ...paragraphs],
    );
    expect(scenes).toEqual(words.length === 0 ? [[]] : words);
    expect(story.globalTags).toEqual([`title: ${input.told.title || "Untitled"}`]);
  });
});

describe("twee", () => {
  it.each(named)("is Twee 3, a passage a scene, word for word: $name", ({ input }) => {
    const { title, data, passages } = readTwee(forms.twee(input));
    expect(title).toBe(input.told.title || "Untitled");
    expect(data.ifid).toMatch(
      /^[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$/,
    );
    expect(data).toMatchObject({ format: "SugarCube", start: "Scene 1" });
    const count = Math.max(1, input.sections.length);
    expect(passages.map(({ name }) => name)).toEqual(
      Array.from({ length: count }, (_, index) => `Scene ${index + 1}`),
    );
    const words = paragraphsOf(input);
    passages.forEach(({ paragraphs, links }, index) => {
      expect(links).toEqual(index + 1 < count ? [`Scene ${index + 2}`] : []);
      const head = input === changing ? [nameOf(index === 1 ? 2 : 1)] : [];
      expect(paragraphs.map(shownBy)).toEqual([...head, ...(words[index] ?? [])]);
    });
  });

  it("leaves nothing that a story format reads as its own", () => {
    for (const { input } of named) {
      for (const { paragraphs } of readTwee(forms.twee(input)).passages) {
        for (const paragraph of paragraphs) {
          const words = paragraph.replace(/<\/?(em|strong)>/g, "").replace(/&#\d+;/g, "x");
          expect(words).not.toMatch(/[[\]<>{}$_\\`|~^=@#*%&/+]|''|""|--|:\S|\(\w+:/);
          expect(paragraph).not.toMatch(/^[-!:;>#*\d]/);
        }
      }
    }
  });
});

describe("markdown", () => {
  it("has an author's words as text, wherever in a line they stand", () => {
    // A paragraph each, whatever begins it.
    const alone = traps.map((trap) => told([trap]));
    const lines = alone.map((input) => forms.markdown(input).split("\n")[2] ?? "");
    for (const line of lines) {
      expect(line).not.toMatch(/^([-+*~#>`]|\d+[.)]) ?\S/);
      expect(line).not.toMatch(/(^|[^\\])([<>[\]`#_*]|&[#\w])/);
    }
    expect(lines.map((line) => line.replace(/\\([!-/:-@[-`{-~])/g, "$1"))).toEqual(traps);
  });
});

describe("a form", () => {
  it("keeps an author's words on their line, and what cannot be written out", () => {
    const input = told(["One\n:: Two\r\n\u2028* three\u0000\ud800 four."], "A\n:: B");
    expect(readTwee(forms.twee(input)).passages).toHaveLength(1);
    expect(forms.ink(input)).toContain("One :: Two \\* three\ufffd\ufffd four.");
    expect(forms.html(input)).toContain("three\ufffd\ufffd four.");
  });
});
