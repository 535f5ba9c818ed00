/** The kinds of things in a chronicle by number, as its columns keep them. Add at the end only. */
import type { FluentId, Sense } from "@fabula/model";
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

/**
 * In place of a fluent: that something comes or goes. Arguments: its type; of the thing itself type
 * and birth number, and where it comes its title (of `World.texts`, or -1).
 */
export const EXISTENCE: FluentId = -2;

/** What a write record is, beside its value: bits. */
export const WriteFlag = {
  /** It adds to what stood there; else it sets it anew. */
  accumulates: 1,
  /** On a branch that chance took. */
  byChance: 2,
  /** Only a rate changed. */
  rateOnly: 4,
} as const;
