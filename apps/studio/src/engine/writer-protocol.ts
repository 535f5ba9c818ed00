/** What the editor asks of the language, in a worker of its own: no run keeps typing waiting. */
import type { Diagnostic, StorySource } from "fabula";
import type { Completion, Hover, TextEdit } from "fabula/editor";

export interface WriterRequests {
  diagnose: {
    readonly ask: { readonly source: StorySource };
    readonly answer: readonly Diagnostic[];
  };
  complete: {
    readonly ask: { readonly source: StorySource; readonly offset: number };
    readonly answer: readonly Completion[];
  };
  hover: {
    readonly ask: { readonly source: StorySource; readonly offset: number };
    readonly answer: Hover | null;
  };
  /** Edits of this text alone; `problem`: why it cannot be. */
  rename: {
    readonly ask: { readonly source: StorySource; readonly offset: number; readonly name: string };
    readonly answer: { readonly edits: readonly TextEdit[]; readonly problem?: string };
  };
  /** Where the name is declared; null: not in this text. */
  definition: {
    readonly ask: { readonly source: StorySource; readonly offset: number };
    readonly answer: { readonly source: string; readonly start: number } | null;
  };
  format: {
    readonly ask: { readonly source: StorySource };
    readonly answer: { readonly text?: string; readonly diagnostics: readonly Diagnostic[] };
  };
}

export type WriterName = keyof WriterRequests;
export type WriterAsk<N extends WriterName> = WriterRequests[N]["ask"];
export type WriterAnswer<N extends WriterName> = WriterRequests[N]["answer"];
