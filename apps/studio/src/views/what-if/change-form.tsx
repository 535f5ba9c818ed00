/** Puts a change together: one listed in the story, or one of one's own in the words of the language. */
import { useMemo, useState } from "react";
import type { Failure } from "../../engine/protocol";
import { failureOf } from "../../engine/use-engine";
import { useFiles } from "../../files/use-files";
import { Failed } from "../../parts/waiting";
import { useSession } from "../../shell/session";
import { ChangeList } from "./change-list";
import { listedChanges } from "./listed-changes";

const shapes = [
  { label: "make it so", line: "set somebody.field = value" },
  { label: "forbid", line: "forbid somebody.action(any)" },
  { label: "force", line: "make somebody.action(other) at 1 min" },
  { label: "let believe", line: "somebody believes not other.alive" },
  { label: "let want", line: "somebody wants other.alive weight 3" },
  { label: "switch a rule off", line: "switch off rule_name" },
];

export function ChangeForm() {
  const { client, place, go } = useSession();
  const { files } = useFiles();
  const [line, setLine] = useState("");
  const [refused, setRefused] = useState<Failure | undefined>();
  const listed = useMemo(() => listedChanges(files[place.story] ?? ""), [place.story, files]);
  const add = (lines: readonly string[]) => go({ changes: [...place.changes, ...lines], at: -1 });
  /** Nobody is taken to a story that cannot be played: a line that does not fit stays to be mended. */
  const tryLine = (written: string) =>
    client.ask("fits", { changes: [written] }).then(
      () => {
        setRefused(undefined);
        setLine("");
        add([written]);
      },
      (error: unknown) => setRefused(failureOf(error)),
    );
  return (
    <section className="change-form" aria-label="Changes">
      <h2>What if …</h2>
      <ChangeList changes={place.changes} go={go} />
      <form
        className="ask-line"
        onSubmit={(event) => {
          event.preventDefault();
          if (line.trim() !== "") tryLine(line.trim());
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
      {refused !== undefined && <Failed failure={refused} />}
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
