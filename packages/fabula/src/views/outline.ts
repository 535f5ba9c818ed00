/** What there is to choose from before anything is played: persons, places of the text, tellings. */
import { describeEvent, describeExpression } from "@fabula/language";
import type { Timed, World } from "@fabula/model";

export interface OutlinePerson {
  /** Birth number. */
  readonly id: number;
  readonly name: string;
  readonly title: string;
}

export interface OutlineEntry {
  readonly id: string;
  readonly title: string;
}

export interface Outline {
  readonly name: string;
  readonly title: string;
  /** Persons with a mind, in order of declaration. */
  readonly persons: readonly OutlinePerson[];
  readonly tellings: readonly OutlineEntry[];
  readonly questions: readonly OutlineEntry[];
  readonly whatIfs: readonly (OutlineEntry & { readonly kind: "whatif" | "control" })[];
  /** `asks`: the first thing it expects to come to be, as one asks for its causes; "" for none. */
  readonly expects: readonly (OutlineEntry & { readonly asks: string })[];
  /** Milliseconds since the epoch. */
  readonly begins: number;
  /** Hash of the sources. */
  readonly world: string;
}

export function outlineOf(world: World): Outline {
  const { story } = world;
  const entry = ({ id, title }: { id: string; title: string }) => ({ id, title });
  return {
    name: story.name,
    title: story.title,
    persons: world.entities
      .filter((one) => world.types[one.type]?.minded)
      .map(({ id, name, title }) => ({ id, name, title })),
    tellings: story.tellings.map(entry),
    questions: story.questions.map(entry),
    whatIfs: story.whatifs.map((one) => ({ ...entry(one), kind: one.kind })),
    expects: story.expects.map((one) => ({
      ...entry(one),
      asks: firstOf(one.conditions, (timed) => cameToBe(world, timed)),
    })),
    begins: story.begins,
    world: world.hash,
  };
}

function firstOf(conditions: readonly Timed[], describe: (timed: Timed) => string): string {
  for (const timed of conditions) {
    const found = describe(timed);
    if (found !== "") return found;
  }
  return "";
}

/** What must have come to be for this to hold, in the words of the language; "" for nothing. */
function cameToBe(world: World, timed: Timed): string {
  switch (timed.kind) {
    case "at":
      return describeExpression(world, timed.condition);
    case "and":
      return firstOf(timed.parts, (part) => cameToBe(world, part));
    case "happens":
    case "ever":
    case "before":
    case "after":
    case "interrupted":
    case "why":
      return describeEvent(world, timed.event);
    default:
      return "";
  }
}
