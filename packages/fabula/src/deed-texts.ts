/** Deeds to choose among, in words that tell one from another. */
import type { ExprId } from "@fabula/model";
import type { English, Scene } from "@fabula/telling";

/**
 * One text for each deed, in order: `stay` twice becomes `stay (Anna)` and `stay (the guard)`, by
 * what the words leave out.
 */
export function deedTexts(english: English, deeds: readonly ExprId[], scene: Scene): string[] {
  const plain = deeds.map((deed) => english.claims.deed(deed, "", scene));
  return plain.map((text, index) => {
    const isSure = plain.indexOf(text) === plain.lastIndexOf(text);
    const names = isSure ? [] : namesIn(english, deeds[index] ?? -1, scene);
    const left = names.filter((name) => !text.includes(name));
    return left.length === 0 ? text : `${text} (${left.join(", ")})`;
  });
}

/** Who and what it is done to or with, besides the one who does it. */
function namesIn(english: English, deed: ExprId, scene: Scene): string[] {
  const pool = english.reading.world.expressions;
  const node = pool.get(deed);
  if (node?.op !== "deed") return [];
  return node.args.slice(1).flatMap((arg) => {
    const given = pool.get(arg);
    const isThing = given.op === "entity" && given.entity >= 0;
    return isThing ? [english.noun(given.entity, scene, "object")] : [];
  });
}
