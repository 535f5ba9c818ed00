/** The line above every view: the story, the views, the eyes, the branch. */
import type { Outline, OutlinePerson } from "fabula";
import { hueStyle } from "../parts/person";
import { type Place, type ViewName, viewNames } from "./place";
import { hueOf } from "./session";
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
          <ViewLink key={name} name={name} place={place} go={go} />
        ))}
      </nav>
      <div className="frame-tools">
        <label
          style={hueStyle(
            eyes === undefined || outline === undefined ? -1 : hueOf(outline, eyes.id),
          )}
        >
          <span>Eyes</span>
          <select
            className="eyes"
            value={place.telling === "" ? `person:${place.eyes}` : `telling:${place.telling}`}
            onChange={(event) => go(toEyes(event.target.value))}
          >
            <option value="person:">nobody’s: all of it</option>
            {outline?.persons.map((person) => (
              <option key={person.id} value={`person:${person.name}`}>
                {person.title}
              </option>
            ))}
            {outline?.tellings.map((telling) => (
              <option key={telling.id} value={`telling:${telling.id}`}>
                as told: {telling.title || telling.id}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>Chance</span>
          <input
            type="number"
            min={0}
            max={999999}
            value={place.seed}
            title="Another number is another throw of the dice"
            onChange={(event) => {
              const seed = Number(event.target.value);
              if (Number.isSafeInteger(seed) && seed >= 0) go({ seed, at: -1 }, "replace");
            }}
          />
        </label>
        <ThemeSwitch />
      </div>
    </header>
  );
}

function toEyes(value: string): Partial<Place> {
  const [kind, name = ""] = value.split(":", 2);
  return kind === "telling" ? { telling: name, eyes: "" } : { telling: "", eyes: name };
}

function ViewLink({
  name,
  place,
  go,
}: {
  readonly name: ViewName;
  readonly place: Place;
  readonly go: Go;
}) {
  const here = place.view === name;
  return (
    <button
      type="button"
      className={here ? "tab here" : "tab"}
      aria-current={here ? "page" : undefined}
      onClick={() => go({ view: name })}
    >
      {views[name]?.title ?? "Write"}
    </button>
  );
}
