/** A whole world as the engine takes it: what the language makes of the text, checked. */
import type { Diagnostic } from "./diagnostic.js";
import type { Effect, EntityDeclaration } from "./effect.js";
import type { ExpressionPool } from "./expression.js";
import type {
  ActionSchema,
  Expectation,
  Inference,
  MindSchema,
  Process,
  Reflex,
  Rule,
  Want,
} from "./schema.js";
import type { Story } from "./story.js";
import type { Fluent, TypeDeclaration } from "./types.js";

/** Ids are indexes: `types[id]`, `fluents[id]`, `actions[id]`, `rules[id]` ... */
export interface World {
  /** The declared schemas and the story, as one value; entities of modules and story together. */
  readonly expressions: ExpressionPool;
  readonly types: readonly TypeDeclaration[];
  readonly fluents: readonly Fluent[];
  readonly actions: readonly ActionSchema[];
  readonly rules: readonly Rule[];
  readonly processes: readonly Process[];
  readonly expectations: readonly Expectation[];
  readonly inferences: readonly Inference[];
  readonly reflexes: readonly Reflex[];
  readonly wants: readonly Want[];
  readonly minds: readonly MindSchema[];
  /** Birth numbers 0 .. n - 1. Entity 0 is `world` itself, the owner of the world's fields. */
  readonly entities: readonly EntityDeclaration[];
  /** `facts` blocks, in order. */
  readonly facts: readonly Effect[];
  readonly texts: readonly string[];
  readonly units: readonly Unit[];
  readonly calendar: Calendar;
  readonly story: Story;
  /** Hash of the sources: what a saved run refers to. 16 hexadecimal digits. */
  readonly hash: string;
}

/** 1 `name` is `factor` of the base units of `dimension`. */
export interface Unit {
  readonly name: string;
  readonly factor: number;
  readonly dimension: Readonly<Record<string, number>>;
}

/** Lengths in seconds, largest part first (`year`, `day`); a day of 24 h unless said otherwise. */
export interface Calendar {
  readonly name: string;
  readonly parts: readonly { readonly name: string; readonly seconds: number }[];
}

/** What reading a story gives: the world where there is no error, and all that is to say. */
export interface CompiledStory {
  readonly world?: World;
  readonly diagnostics: readonly Diagnostic[];
}
