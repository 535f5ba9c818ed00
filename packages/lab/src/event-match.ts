/** Whether an occurrence of the record is what an event of a question means. */
import type { Occurrence } from "@fabula/chronicle";
import type { EventPattern, World } from "@fabula/model";

/** Whether an action or rule of this kind it is; arguments that are -1 match anything. */
export function matches(world: World, event: EventPattern, occurrence: Occurrence): boolean {
  if (event.kind === "becomes" || event.kind === "learns") return false;
  const acts = occurrence.kind !== "rule";
  if (acts !== (event.kind === "action") || occurrence.schema !== event.id) return false;
  const kinds = ["started", "ended", "interrupted", "failed", "rule"];
  if (!kinds.includes(occurrence.kind)) return false;
  return event.args.every((arg, index) => {
    const node = world.expressions.get(arg);
    if (node.op === "entity") return node.entity === -1 || node.entity === occurrence.args[index];
    if (node.op === "constant") return node.value === occurrence.args[index];
    if (node.op === "claim") return node.args[0] === occurrence.args[index];
    return node.op === "deed" ? arg === occurrence.args[index] : true;
  });
}
