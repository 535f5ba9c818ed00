/** The changes that this branch is made of, each to be taken back. */
import type { Place } from "../../shell/place";
import type { Go } from "../../shell/use-place";

/** Stands without a session too: where the changes do not fit, there is no run. */
export function ChangeList({
  changes,
  go,
}: {
  readonly changes: Place["changes"];
  readonly go: Go;
}) {
  if (changes.length === 0) return null;
  return (
    <ul className="changes">
      {changes.map((change, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same line may stand twice
        <li key={index}>
          <code>{change}</code>{" "}
          <button
            type="button"
            className="quiet"
            onClick={() => go({ changes: changes.filter((_, at) => at !== index), at: -1 })}
          >
            take back
          </button>
        </li>
      ))}
    </ul>
  );
}
