/** The kinds of things in a chronicle by number, as its columns keep them. Add at the end only. */
import type { Sense } from "@fabula/model";
import type { CauseKind, OccurrenceKind } from "./occurrence.js";

export const occurrenceKinds: readonly OccurrenceKind[] = [
  "beginning",
  "started",
  "ended",
  "interrupted",
  "failed",
  "rule",
  "outside",
  "intervention",
  "belief",
  "decision",
  "kept-back",
];

export const causeKinds: readonly CauseKind[] = [
  "enabled",
  "triggered",
  "motivated",
  "revealed",
  "interrupted",
  "by-chance",
];
export const senses: readonly Sense[] = ["seen", "heard", "felt"];
