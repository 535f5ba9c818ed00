/** The first page: the stories there are. */
import type { StoryEntry } from "./library";
import { nowhere } from "./place";
import type { Go } from "./use-place";
import { useTheme } from "./use-theme";

export function Shelf({
  stories,
  go,
  missing,
}: {
  readonly stories: readonly StoryEntry[];
  readonly go: Go;
  readonly missing?: string;
}) {
  useTheme();
  const shelves = [...new Set(stories.map((story) => story.shelf))];
  return (
    <main className="page shelf">
      <h1>Fabula</h1>
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
                  </button>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </main>
  );
}
