/** Whose eyes, and which chance: what a reader chooses of a story beside the view. */
import type { Outline, OutlinePerson } from "fabula";
import { hueStyle } from "../parts/person";
import type { Place } from "./place";
import { hueOf } from "./session";
import type { Go } from "./use-place";

export function EyesChoice({
  outline,
  place,
  go,
  eyes,
}: {
  /** Undefined while the text cannot be played. */
  readonly outline: Outline | undefined;
  readonly place: Place;
  readonly go: Go;
  readonly eyes: OutlinePerson | undefined;
}) {
  return (
    <label
      style={hueStyle(eyes === undefined || outline === undefined ? -1 : hueOf(outline, eyes.id))}
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
  );
}

export function ChanceChoice({ place, go }: { readonly place: Place; readonly go: Go }) {
  return (
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
  );
}

function toEyes(value: string): Partial<Place> {
  const [kind, name = ""] = value.split(":", 2);
  return kind === "telling" ? { telling: name, eyes: "" } : { telling: "", eyes: name };
}
