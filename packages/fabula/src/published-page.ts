/** A story as one page that plays in any browser, with nothing else: no server, no network. */
import type { StorySource } from "./story-source.js";

export interface PublishedStory {
  readonly title: string;
  readonly source: StorySource;
  readonly seed: number;
  /** Lines as in a what-if: what this story has otherwise. */
  readonly changes: readonly string[];
  /** Identifier of the only person the reader can be; absent: anyone, and all can be read. */
  readonly as?: string;
}

/** Where the template has the story. */
const place = '<script type="application/json" id="story">';
const title = /<title>[^<]*<\/title>/;

/**
 * `template`: the page as the build makes it. What the story says cannot end its place in the page,
 * so it stays data. Throws where the template has no place for a story.
 */
export function publishedPage(template: string, story: PublishedStory): string {
  const start = template.indexOf(place);
  if (start < 0 || !title.test(template)) throw new Error("the page has no place for a story");
  const at = start + place.length;
  const data = JSON.stringify(story).replaceAll("<", "\\u003c");
  const page = template.slice(0, at) + data + template.slice(at);
  return page.replace(title, () => `<title>${escaped(story.title)}</title>`);
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
