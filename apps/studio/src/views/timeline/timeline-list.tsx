/** The list twin of the timeline: what is on screen, in words, a page at a time. */
import type { Timeline } from "fabula";
import { useEffect, useState } from "react";
import { useEngine } from "../../engine/use-engine";
import { Answered } from "../../parts/answered";
import { useSession } from "../../shell/session";
import { firstAt } from "./marks";
import type { Stretch } from "./scale";

const pageSize = 50;

export function TimelineList({
  timeline,
  stretch,
  shown,
}: {
  readonly timeline: Timeline;
  readonly stretch: Stretch;
  readonly shown: readonly boolean[];
}) {
  const { client, key, place, go } = useSession();
  const { times, looks } = timeline.occurrences;
  const first = firstAt(times, stretch.from);
  const last = firstAt(times, stretch.to + 1);
  const [page, setPage] = useState(0);
  const [open, setOpen] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another stretch begins at its first page
  useEffect(() => setPage(0), [first, last]);
  const from = first + page * pageSize;
  const to = Math.min(last, from + pageSize);
  const labels = useEngine(client, "occurrences", open ? { key, from, to } : undefined);
  return (
    <details className="list-twin" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>As a list: {last - first} things happened in this stretch</summary>
      {open && (
        <>
          <Answered asked={labels} what="Writing the list">
            {(rows) => (
              <ol start={from}>
                {rows
                  .filter((row) => shown[looks[row.id] ?? 0] ?? true)
                  .map((row) => (
                    <li key={row.id}>
                      <button
                        type="button"
                        className={row.id === place.at ? "link chosen" : "link"}
                        onClick={() => go({ at: row.id })}
                      >
                        <span className="clock">{row.clock}</span> {row.text}
                      </button>
                    </li>
                  ))}
              </ol>
            )}
          </Answered>
          <div className="pager">
            <button type="button" disabled={page === 0} onClick={() => setPage(page - 1)}>
              Earlier
            </button>
            <button type="button" disabled={to >= last} onClick={() => setPage(page + 1)}>
              Later
            </button>
          </div>
        </>
      )}
    </details>
  );
}
