/**
 * A text may go on about a thing or person of a text round about it: the same name, the same type.
 * Both are one then, and no declaration hides the other.
 */
import { AstUtils } from "langium";
import type { Entity, File } from "../generated/ast.js";
import { viewAt } from "./view.js";

/** Whom this declaration goes on about: as declared in the file of its row or in a module. */
export function goesOnAbout(entity: Entity): Entity | undefined {
  const behind = viewAt(entity).valueBehind(entity.name);
  if (behind?.$type !== "Entity" || entity.type?.ref === undefined) return undefined;
  return behind.type?.ref === entity.type.ref ? behind : undefined;
}

/** The first of all declarations of the same thing: itself where it goes on about nobody. */
export function originOf(entity: Entity): Entity {
  const path = new Set<Entity>([entity]);
  let origin = entity;
  for (;;) {
    const before = goesOnAbout(origin);
    if (before === undefined) return origin;
    // Modules in a circle: the same one from wherever it is asked.
    if (path.has(before)) return [...path].sort(byModule)[0]!;
    path.add(before);
    origin = before;
  }
}

function byModule(left: Entity, right: Entity): number {
  return nameOf(left) < nameOf(right) ? -1 : 1;
}

function nameOf(entity: Entity): string {
  return (AstUtils.findRootNode(entity) as unknown as File).header?.name ?? "";
}
