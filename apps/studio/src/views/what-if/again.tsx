/** How often the same came, one time after the other. */
import type { ToldFollowing } from "fabula";

export function Again({ again }: { readonly again: ToldFollowing["again"] }) {
  if (again === undefined) return null;
  return (
    <span className="tag">
      {again.times} times, the last at {again.lastClock}
    </span>
  );
}
