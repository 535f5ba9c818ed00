/** Who takes anything in. */
import type { World } from "./world.js";

/** By type: whether such an entity takes anything in, for it has a mind of its own or reflexes. */
export function perceivingTypes(world: Pick<World, "types" | "reflexes">): boolean[] {
  const reacting = world.reflexes.flatMap(({ parameters: [who] }) =>
    who?.type.kind === "entity" ? [who.type.type] : [],
  );
  return world.types.map(
    ({ id, ancestors, minded }) =>
      minded || reacting.some((one) => one === id || ancestors.includes(one)),
  );
}
