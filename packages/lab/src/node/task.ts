/** What a thread or a machine is told, and what it gives back. Plain values: they travel. */
import type { Diagnostic } from "@fabula/model";
import type { Batch } from "../batches.js";

/** The survey itself is kept under its hash, so that a batch is a few bytes. */
export interface BatchTask extends Batch {
  /** Hash of the engine, the texts and what is asked. */
  readonly survey: string;
}

export type BatchResult =
  /** One text a seed, in order. */
  | { readonly kind: "answers"; readonly answers: readonly string[] }
  | { readonly kind: "wrong"; readonly diagnostics: readonly Diagnostic[] };

/** Whoever answers batches. */
export interface Answerer {
  /** Rejects with an AbortError once `signal` is aborted. */
  answer(task: BatchTask, signal: AbortSignal): Promise<BatchResult>;
  close(): Promise<void>;
}
