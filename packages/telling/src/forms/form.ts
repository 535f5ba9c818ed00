/** Forms a telling can be written in; each is a function of the composed story alone. */
import type { Section } from "../composition.js";
import type { ToldStory } from "../telling.js";

export interface FormInput {
  readonly told: ToldStory;
  readonly sections: readonly Section[];
  /** Name of whose eyes, -1 excluded. */
  nameOf(entity: number): string;
  clockOf(time: number): string;
}

export type Form = (input: FormInput) => string;

/** Sections through several eyes are headed by whose they are. */
export function headingOf(input: FormInput, section: Section): string | undefined {
  const eyes = new Set(input.sections.map((one) => one.eyes));
  return eyes.size > 1 && section.eyes !== -1 ? input.nameOf(section.eyes) : undefined;
}
