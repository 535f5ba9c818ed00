/** Values as answers: what a script gets as JSON and a person as words. `unknown` is a value. */
import type { ValueType, World } from "@fabula/model";
import type { English } from "@fabula/telling";

export type AnswerValue = boolean | number | string;

/** Numbers in base units; entities and symbols by identifier; claims and deeds in words. */
export function answerOf(
  world: World,
  english: English,
  value: number,
  type: ValueType,
): AnswerValue {
  if (Number.isNaN(value)) return "unknown";
  const scene = { at: 0, speaker: -1, hearer: -1, said: false };
  switch (type.kind) {
    case "boolean":
      return value === 1;
    case "entity":
      return value < 0 ? "none" : (world.entities[value]?.name ?? english.lexicon.nameOf(value));
    case "symbol":
      return world.types[type.type]?.symbols?.[value] ?? "unknown";
    case "text":
      return world.texts[value] ?? "unknown";
    case "time":
      return english.lexicon.clockOf(value);
    case "claim":
      return value < 0 ? "none" : english.claims.clause(value, true, scene);
    case "deed":
      return value < 0 ? "none" : english.claims.deed(value, "", scene);
    case "number":
      return value;
  }
}
