/**
 * What a reader asks first of a story that comes with the page is answered when the page is built,
 * by the engine itself: the story can be read while the engine still reads it. The engine is asked
 * all the same, so that everything after that goes on from there.
 */
import type { StorySource } from "fabula";
import { bundledFiles, filesFor } from "../files/library";
import type { Answer, Ask, RequestName } from "./protocol";

export interface PreparedAnswer {
  readonly name: RequestName;
  readonly ask: unknown;
  readonly answer: unknown;
}

/** Where the answers about a story are, from the root of the page. */
export function preparedPlace(path: string): string {
  return `prepared/${path}.json`;
}

/** Whether the story and all that it may use are what came with the page. */
export function isBundled({ path, files }: StorySource): boolean {
  const theirs = filesFor(path, bundledFiles);
  const names = Object.keys(files);
  return (
    path in theirs &&
    names.length === Object.keys(theirs).length &&
    names.every((name) => files[name] === theirs[name])
  );
}

/** The answers about the story that was opened last. */
export class PreparedAnswers {
  #answers: Promise<readonly PreparedAnswer[]> = Promise.resolve([]);

  constructor(private readonly load: (place: string) => Promise<readonly PreparedAnswer[]>) {}

  /** Undefined where nothing was prepared; never fails. */
  async find<N extends RequestName>(name: N, ask: Ask<N>): Promise<Answer<N> | undefined> {
    if (name === "open") {
      const { source } = ask as Ask<"open">;
      this.#answers = isBundled(source)
        ? this.load(preparedPlace(source.path)).catch(() => [])
        : Promise.resolve([]);
    }
    const wanted = name === "open" ? "" : JSON.stringify(ask);
    for (const prepared of await this.#answers) {
      if (prepared.name !== name) continue;
      if (name === "open" || JSON.stringify(prepared.ask) === wanted) {
        return prepared.answer as Answer<N>;
      }
    }
    return undefined;
  }
}
