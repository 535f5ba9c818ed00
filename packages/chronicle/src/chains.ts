/** Chains of records that hang on occurrences, newest first. */
import type { IntField } from "./column.js";
import type { CauseKind, OccurrenceId } from "./occurrence.js";

/** Enabled is the weakest: being the trigger, the motive and so on says more. */
export function noteCause(
  kinds: Map<OccurrenceId, CauseKind>,
  from: OccurrenceId,
  kind: CauseKind,
): void {
  const known = kinds.get(from);
  if (known === undefined || known === "enabled" || kind === "triggered") {
    if (known !== "triggered" && known !== "motivated") kinds.set(from, kind);
  }
}

/** Takes the records from `length` on out of the chains of occurrences that stay. */
export function unchain(
  owners: IntField,
  siblings: IntField,
  lasts: IntField,
  length: number,
  occurrences: number,
): void {
  for (let at = owners.length - 1; at >= length; at--) {
    const owner = owners.get(at);
    if (owner < occurrences) lasts.set(owner, siblings.get(at));
  }
}
