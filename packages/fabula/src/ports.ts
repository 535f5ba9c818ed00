/**
 * What the face asks of the language and of the engine, in its own words. `wiring.ts` binds these
 * to the packages; everything else in the face sees only them.
 */
import type { ChronicleReader, OccurrenceId } from "@fabula/chronicle";
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

export interface LanguagePort {
  /** Reads a story and, through `find`, every module it uses. Never throws for a text. */
  compileStory(story: SourceText, find: FindModules): CompiledStory;
  /** Lines of a what-if, read in the scope of the story. */
  compileChanges(
    world: World,
    lines: readonly SourceText[],
  ): { readonly changes: readonly Intervention[]; readonly diagnostics: readonly Diagnostic[] };
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

export type CompiledQuestion =
  | { readonly kind: "value"; readonly expr: ExprId }
  | { readonly kind: "timed"; readonly timed: Timed };

export interface SimulationOptions {
  /** 0 .. 2^53 - 1. */
  readonly seed: number;
  readonly changes: readonly Intervention[];
  /** Every weight, bond and trust is multiplied by 1 - jitter .. 1 + jitter, by key. */
  readonly jitter: number;
}

/** One run of a world, from its beginning. */
export interface SimulationPort {
  readonly chronicle: ChronicleReader;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly ended: boolean;
  /** To the next instant at which anything happens; false where the story has ended. */
  step(): boolean;
  /** To this time (milliseconds since the epoch) or the end, whichever comes first. */
  runUntil(time: number): void;
  /** In truth, now; unknown is NaN. */
  evaluate(expr: ExprId, locals: readonly number[]): number;
  /** As this person believes, now; unknown is NaN. Of a boolean: 1, 0 or, in between, NaN. */
  evaluateAs(person: number, expr: ExprId): number;
}

export interface EnginePort {
  createSimulation(world: World, options: SimulationOptions): SimulationPort;
  /**
   * Runs to the end and answers every timed condition; `base` is the same seed without the changes,
   * for `later` and `earlier`.
   */
  judge(
    simulation: SimulationPort,
    conditions: readonly Timed[],
    base?: SimulationPort,
  ): readonly boolean[];
  /** The first occurrence after which the condition holds; undefined where it never does. */
  findBecoming(simulation: SimulationPort, condition: ExprId): OccurrenceId | undefined;
}
