/** The first page: the stories there are. */
import { firstStory } from "fabula/first-story";
import { useState } from "react";
import { shelf as mine } from "../files/file-store";
import type { StoryEntry } from "../files/library";
import { useFiles } from "../files/use-files";
import { nowhere } from "./place";
import { ThemeSwitch } from "./theme-switch";
import type { Go } from "./use-place";

export function Shelf({
  stories,
  go,
  missing,
}: {
  readonly stories: readonly StoryEntry[];
  readonly go: Go;
  readonly missing?: string;
}) {
  const { unread } = useFiles().state;
  const isMine = (shelf: string) => `${shelf}/` === mine;
  const all = [...new Set(stories.map((story) => story.shelf))];
  const shelves = [...all.filter(isMine), ...all.filter((shelf) => !isMine(shelf))];
  return (
    <main className="page shelf">
      <div className="shelf-top">
        <h1>Fabula</h1>
        <ThemeSwitch />
      </div>
      <p className="lead">
        Worlds in plain text, played out by people who act on what they know. Read a story, click a
        sentence, ask why, change one thing.
      </p>
      {missing !== undefined && (
        <p className="failed" role="alert">
          There is no story “{missing}” here. Perhaps it was in another browser or folder; these are
          the ones there are.
        </p>
      )}
      <NewStory go={go} />
      {unread.map(({ path, message }) => (
        <p key={path} className="failed" role="alert">
          {path} was not read. {message}
        </p>
      ))}
      {shelves.map((shelf) => (
        <section key={shelf} aria-label={shelf}>
          <h2>{shelf}</h2>
          <ul className="stories">
            {stories
              .filter((story) => story.shelf === shelf)
              .map((story) => (
                <li key={story.path}>
                  <button
                    type="button"
                    className="story"
                    onClick={() => go({ ...nowhere, story: story.path })}
                  >
                    <span className="story-title">{story.title}</span>
                    <span className="story-path">{story.path}</span>
                    {story.blurb !== "" && <span className="story-blurb">{story.blurb}</span>}
                  </button>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </main>
  );
}

function NewStory({ go }: { readonly go: Go }) {
  const { store, files } = useFiles();
  const [title, setTitle] = useState("");
  return (
    <form
      className="ask-line"
      onSubmit={(event) => {
        event.preventDefault();
        const wanted = title.trim() || "A story of my own";
        const name = wanted
          .toLowerCase()
          .replace(/[^\p{L}\p{N}]+/gu, "_")
          .replace(/^[\d_]+|_+$/g, "");
        const stem = name === "" ? "story" : name;
        let path = `${mine}${stem}.fabula`;
        for (let count = 2; path in files; count += 1) path = `${mine}${stem}-${count}.fabula`;
        store.edit(path, firstStory(stem, wanted));
        go({ ...nowhere, story: path, view: "write" });
      }}
    >
      <label htmlFor="new-story">A new story</label>
      <input
        id="new-story"
        type="text"
        value={title}
        placeholder="its title"
        onChange={(event) => setTitle(event.target.value)}
      />
      <button type="submit">Begin</button>
    </form>
  );
}
