/** Forms a telling can be written in; each is a function of the composed story alone. */
import type { Section } from "../composition.js";
import type { ToldStory } from "../telling.js";

export interface FormInput {
  readonly told: ToldStory;
  readonly sections: readonly Section[];
  /** Of the chronicle told. */
  readonly hash: string;
  /** Name of whose eyes, -1 excluded. */
  nameOf(entity: number): string;
  clockOf(time: number): string;
}

/** Bytes: a file that is no text. */
export type Form<Made extends string | Uint8Array = string | Uint8Array> = (
  input: FormInput,
) => Made;
