/** Puts a change together: one listed in the story, or one of one's own in the words of the language. */
import { useMemo, useState } from "react";
import { useFiles } from "../../files/use-files";
import { useSession } from "../../shell/session";
import { listedChanges } from "./listed-changes";

const shapes = [
  { label: "make it so", line: "set somebody.field = value" },
  { label: "forbid", line: "forbid somebody.action(any)" },
  { label: "force", line: "make somebody.action(other) at 1 min" },
  { label: "let believe", line: "somebody believes not other.alive" },
  { label: "switch a rule off", line: "switch off rule_name" },
];

export function ChangeForm() {
  const { place, go } = useSession();
  const { files } = useFiles();
  const [line, setLine] = useState("");
  const listed = useMemo(() => listedChanges(files[place.story] ?? ""), [place.story, files]);
  const add = (lines: readonly string[]) => go({ changes: [...place.changes, ...lines], at: -1 });
  return (
    <section className="change-form" aria-label="Changes">
      <h2>What if …</h2>
      {place.changes.length > 0 && (
        <ul className="changes">
          {place.changes.map((change, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same line may stand twice
            <li key={index}>
              <code>{change}</code>{" "}
              <button
                type="button"
                className="quiet"
                onClick={() => go({ changes: place.changes.filter((_, at) => at !== index) })}
              >
                take back
              </button>
            </li>
          ))}
        </ul>
      )}
      <form
        className="ask-line"
        onSubmit={(event) => {
          event.preventDefault();
          if (line.trim() !== "") add([line.trim()]);
          setLine("");
        }}
      >
        <label htmlFor="change-line">Change</label>
        <input
          id="change-line"
          type="text"
          value={line}
          placeholder="a line as in a what-if of the story"
          onChange={(event) => setLine(event.target.value)}
        />
        <button type="submit" className="primary">
          Try it
        </button>
      </form>
      <p className="shapes">
        {shapes.map((shape) => (
          <button
            key={shape.label}
            type="button"
            className="quiet"
            onClick={() => setLine(shape.line)}
          >
            {shape.label}
          </button>
        ))}
      </p>
      {listed.length > 0 && (
        <details open={place.changes.length === 0}>
          <summary>Changes the story itself asks about</summary>
          <ul className="listed">
            {listed.map((one) => (
              <li key={one.id}>
                <button type="button" className="link" onClick={() => add(one.lines)}>
                  <span className="clock">{one.id}</span> {one.title}
                </button>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
