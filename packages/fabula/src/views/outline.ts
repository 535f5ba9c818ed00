/** What there is to choose from before anything is played: persons, places of the text, tellings. */
import type { World } from "@fabula/model";

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
  readonly expects: readonly OutlineEntry[];
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
    expects: story.expects.map(entry),
    begins: story.begins,
    world: world.hash,
  };
}
