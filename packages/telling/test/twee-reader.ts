/**
 * A strict reader of Twee 3, written from its specification: passages begin where a line begins with
 * `::`, and the data of the story is JSON. Throws at what the specification does not allow.
 */

export interface TweePassage {
  readonly name: string;
  readonly paragraphs: readonly string[];
  readonly links: readonly string[];
}

export interface TweeStory {
  readonly title: string;
  readonly data: Readonly<Record<string, string>>;
  readonly passages: readonly TweePassage[];
}

export function readTwee(text: string): TweeStory {
  const [before, ...parts] = text.split(/^::/m);
  if (before !== "") throw new Error(`text before the first passage: ${before}`);
  const bodies = new Map<string, string>();
  for (const part of parts) {
    const [head = "", ...lines] = part.split("\n");
    const name = head.trim();
    if (!/^[\w ]+$/.test(name)) throw new Error(`a passage is called "${name}"`);
    if (bodies.has(name)) throw new Error(`two passages are called "${name}"`);
    bodies.set(name, lines.join("\n").trim());
  }
  const take = (name: string): string => {
    const body = bodies.get(name);
    if (body === undefined) throw new Error(`there is no passage ${name}`);
    bodies.delete(name);
    return body;
  };
  const title = take("StoryTitle");
  const data = JSON.parse(take("StoryData"));
  const passages = [...bodies].map(([name, body]) => readPassage(name, body));
  for (const link of [data.start, ...passages.flatMap((passage) => passage.links)]) {
    if (!bodies.has(link)) throw new Error(`a link to "${link}", which is not there`);
  }
  return { title, data, passages };
}

function readPassage(name: string, body: string): TweePassage {
  const links: string[] = [];
  const words = body.replace(/\[\[([^\]]*)->([^\]]*)\]\]/g, (_, _label, target) => {
    links.push(target);
    return "";
  });
  const paragraphs = words.split("\n\n").filter((paragraph) => paragraph.trim() !== "");
  return { name, paragraphs, links };
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' };

/** What a page shows of this markup: tags away, references as what they stand for. */
export function shownBy(markup: string): string {
  return markup
    .replace(/<[^>]*>/g, "")
    .replace(/&(?:#(\d+)|(\w+));/g, (all, code, name) =>
      code === undefined ? (entities[name] ?? all) : String.fromCharCode(Number(code)),
    );
}
