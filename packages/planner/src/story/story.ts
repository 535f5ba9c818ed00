/** A story that was found: its steps, and for each who wants it and what they hope for. */
import type { SeekLimits } from "@fabula/model";

export interface StoryStep {
  /** Ground action, `name(argument, argument)`. */
  readonly action: string;
  /** One for every character who must consent and is not the one whose plan this step is in. */
  readonly reasons: readonly StoryReason[];
}

/** Why a character does the step it belongs to: what it means to happen after it. */
export interface StoryReason {
  readonly character: string;
  readonly plan: readonly StoryStep[];
}

export interface Story {
  readonly steps: readonly StoryStep[];
}

/** Limits that a whole story is checked against. */
export type { SeekLimits };
