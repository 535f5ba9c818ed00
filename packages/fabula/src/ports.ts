/**
 * What the face asks of the language, in its own words (the engine's side is in the lab).
 * `wiring.ts` binds both to the packages; everything else in the face sees only ports.
 */
import type { EnginePort } from "@fabula/lab";
import type {
  CompiledStory,
  Diagnostic,
  ExprId,
  FindModules,
  Intervention,
  SourceText,
  Timed,
  World,
} from "@fabula/model";

export type CompiledQuestion =
  | { readonly kind: "value"; readonly expr: ExprId }
  | { readonly kind: "timed"; readonly timed: Timed };

export interface LanguagePort {
  /** Reads a story and, through `find`, every module it uses. Never throws for a text. */
  compileStory(story: SourceText, find: FindModules): CompiledStory;
  /** Lines of a what-if, read in the scope of the story. */
  compileChanges(
    world: World,
    lines: readonly SourceText[],
  ): { readonly changes?: readonly Intervention[]; readonly diagnostics: readonly Diagnostic[] };
  /** A value, a condition or a timed condition, read in the scope of the story. */
  compileQuestion(
    world: World,
    text: SourceText,
  ): { readonly question?: CompiledQuestion; readonly diagnostics: readonly Diagnostic[] };
  formatText(source: SourceText): {
    readonly text?: string;
    readonly diagnostics: readonly Diagnostic[];
  };
}

export interface Ports {
  readonly language: LanguagePort;
  readonly engine: EnginePort;
}
