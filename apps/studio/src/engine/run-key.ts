/** How runs are named between the page and the engine. */
import type { RunKey } from "./protocol";

/** Names a run; `text` is the story's. */
export function runKeyOf(
  { seed, changes }: Pick<RunKey, "seed" | "changes">,
  world: string,
  text: string,
): RunKey {
  return { seed, changes, world: `${world} ${text.length}` };
}
