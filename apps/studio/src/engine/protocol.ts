/** What the page asks of the engine's worker, and what comes back. */
import type {
  CauseGraph,
  Choice,
  Diagnostic,
  FormName,
  HeldBelief,
  LeastChangeAnswer,
  OccurrenceView,
  Odds,
  Outline,
  Page,
  PlayedAs,
  PublishedStory,
  StorySource,
  Timeline,
  ToldDifference,
  WhatIfAnswer,
} from "fabula";

/** The answer to a change; of what followed, what is told. */
export type TriedChange = Omit<WhatIfAnswer, "followed"> & { readonly told: ToldDifference };

/** A run is named by what it follows from; the same parts give the same run. */
export interface RunKey {
  readonly seed: number;
  /** Lines as in a what-if. */
  readonly changes: readonly string[];
  /** Which text it is a run of: another text is asked anew. */
  readonly world: string;
}

export interface RunSummary {
  readonly key: RunKey;
  readonly hash: string;
  readonly occurrences: number;
  /** Milliseconds since the epoch. */
  readonly begins: number;
  readonly ends: number;
  readonly beginsClock: string;
  readonly endsClock: string;
}

export type Failure =
  /** The author's text or a question is wrong. */
  | { readonly kind: "diagnostics"; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: "cancelled" }
  /** A defect of Fabula. */
  | { readonly kind: "defect"; readonly message: string };

export interface Requests {
  open: {
    readonly ask: { readonly source: StorySource };
    readonly answer: { readonly outline?: Outline; readonly diagnostics: readonly Diagnostic[] };
  };
  play: { readonly ask: { readonly key: RunKey }; readonly answer: RunSummary };
  page: {
    readonly ask: {
      readonly key: RunKey;
      /** Birth number; -1 nobody's. */
      readonly eyes: number;
      /** Id of the story's own telling; then `eyes` is not read. */
      readonly telling?: string;
    };
    readonly answer: Page;
  };
  /** The page as a file: the same, to the byte, as `fabula tell --form`. */
  tell: {
    readonly ask: Requests["page"]["ask"] & { readonly form: FormName };
    /** Bytes of a form that is no text. */
    readonly answer: { readonly text: string | Uint8Array };
  };
  /** The story as a page of its own has it; `as`: identifier of the only one its reader can be. */
  publish: {
    readonly ask: { readonly key: RunKey; readonly as?: string };
    readonly answer: PublishedStory;
  };
  timeline: { readonly ask: { readonly key: RunKey }; readonly answer: Timeline };
  occurrence: {
    readonly ask: { readonly key: RunKey; readonly id: number; readonly as: number };
    readonly answer: OccurrenceView;
  };
  /** Labels of occurrences from `from` up to `to`: the list twin of pictures. */
  occurrences: {
    readonly ask: { readonly key: RunKey; readonly from: number; readonly to: number };
    readonly answer: readonly OccurrenceLabel[];
  };
  beliefs: {
    readonly ask: { readonly key: RunKey; readonly time: number };
    readonly answer: readonly HeldBelief[];
  };
  causes: {
    readonly ask: {
      readonly key: RunKey;
      readonly root: number;
      readonly as: number;
      /** Most occurrences. */
      readonly size: number;
    };
    readonly answer: CauseGraph;
  };
  /** The occurrence that brought about what is asked; null: it never came to be. */
  find: {
    readonly ask: { readonly key: RunKey; readonly question: string };
    readonly answer: {
      /** null: it never came to be. */
      readonly root: number | null;
      /** Then: what stood in the way, in truth, in sentences. */
      readonly hindered: readonly string[];
    };
  };
  ask: {
    readonly ask: {
      readonly key: RunKey;
      readonly question: string;
      readonly time: number | null;
      readonly as: number;
    };
    readonly answer: { readonly text: string };
  };
  /** Whether the story understands these changes; refused where not. */
  fits: {
    readonly ask: { readonly changes: readonly string[] };
    readonly answer: null;
  };
  /** The difference the changes make to the run `key`. */
  whatIf: {
    readonly ask: { readonly key: RunKey; readonly changes: readonly string[] };
    readonly answer: TriedChange;
  };
  odds: {
    readonly ask: {
      readonly changes: readonly string[];
      readonly question: string;
      readonly runs: number;
    };
    readonly answer: Odds;
  };
  /** The least that must be different for the question to come true; progress is runs of `runs`. */
  leastChange: {
    readonly ask: {
      readonly question: string;
      /** Circumstances that may be changed, each as the lines of a what-if. */
      readonly allowed: readonly (readonly string[])[];
      /** Share of runs in which it must end so, 0 .. 1. */
      readonly share: number;
      /** Runs after which the search gives up. */
      readonly runs: number;
    };
    readonly answer: LeastChangeAnswer;
  };
  /** One person's story as chosen so far, up to where the next choice is. */
  playAs: {
    readonly ask: {
      readonly key: RunKey;
      readonly person: number;
      readonly choices: readonly Choice[];
      /** Through whose eyes it is told once it has ended; absent: the person's, -1 nobody's. */
      readonly eyes?: number;
    };
    readonly answer: PlayedAs;
  };
}

export interface OccurrenceLabel {
  readonly id: number;
  readonly time: number;
  readonly clock: string;
  readonly kind: string;
  readonly text: string;
}

export type RequestName = keyof Requests;
export type Ask<N extends RequestName> = Requests[N]["ask"];
export type Answer<N extends RequestName> = Requests[N]["answer"];

/** Share 0 .. 1 where it is known, and words. */
export interface Progress {
  readonly share?: number;
  readonly text: string;
}

export type ToWorker =
  | { readonly type: "ask"; readonly id: number; readonly name: RequestName; readonly ask: unknown }
  | { readonly type: "cancel"; readonly id: number };

export type FromWorker =
  | { readonly type: "answer"; readonly id: number; readonly answer: unknown }
  | { readonly type: "failure"; readonly id: number; readonly failure: Failure }
  | { readonly type: "progress"; readonly id: number; readonly progress: Progress };
