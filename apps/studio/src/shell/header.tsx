/** The line above every view: the story, the views, the eyes, the branch. */
import type { Outline, OutlinePerson } from "fabula";
import { ChanceChoice, EyesChoice } from "./choices";
import { type Place, viewNames } from "./place";
import { Tab } from "./tab";
import { ThemeSwitch } from "./theme-switch";
import type { Go } from "./use-place";
import { views } from "./views";

export function Header({
  path,
  outline,
  place,
  go,
  eyes,
}: {
  readonly path: string;
  /** Undefined while the text cannot be played. */
  readonly outline: Outline | undefined;
  readonly place: Place;
  readonly go: Go;
  readonly eyes: OutlinePerson | undefined;
}) {
  const shown = viewNames.filter((name) => name === "write" || views[name] !== undefined);
  return (
    <header className="frame">
      <div className="frame-story">
        <button type="button" className="quiet home" onClick={() => go({ story: "", at: -1 })}>
          Stories
        </button>
        <h1>{outline?.title ?? path}</h1>
        {place.changes.length > 0 && (
          <span className="branch">
            <span>changed: {place.changes.join("; ")}</span>
            <button type="button" className="quiet" onClick={() => go({ changes: [], at: -1 })}>
              as written
            </button>
          </span>
        )}
      </div>
      <nav aria-label="Views">
        {shown.map((name) => (
          <Tab
            key={name}
            title={views[name]?.title ?? "Write"}
            here={place.view === name}
            open={() => go({ view: name })}
          />
        ))}
      </nav>
      <div className="frame-tools">
        <EyesChoice outline={outline} place={place} go={go} eyes={eyes} />
        <ChanceChoice place={place} go={go} />
        <ThemeSwitch />
      </div>
    </header>
  );
}
