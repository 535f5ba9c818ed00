/** How a telling is parted, in every form alike: its sections, numbered and perhaps headed. */
import type { Paragraph } from "../composition.js";
import type { FormInput } from "./form.js";

export interface Scene {
  /** From 1. */
  readonly number: number;
  /** Whose eyes, where a telling goes through several. */
  readonly heading?: string;
  readonly paragraphs: readonly Paragraph[];
}

/** At least one, though it be empty: a book without a page is none. */
export function scenesOf(input: FormInput): readonly Scene[] {
  const { sections } = input;
  const manyEyes = new Set(sections.map((section) => section.eyes)).size > 1;
  const scenes = sections.map(({ eyes, paragraphs }, index): Scene => {
    const scene = { number: index + 1, paragraphs };
    return manyEyes && eyes !== -1 ? { ...scene, heading: input.nameOf(eyes) } : scene;
  });
  return scenes.length > 0 ? scenes : [{ number: 1, paragraphs: [] }];
}

/** What a scene is called where forms need a name for each: no word of it is an author's. */
export function sceneName(scene: Scene): string {
  return `Scene ${scene.number}`;
}
