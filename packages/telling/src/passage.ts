/** The smallest piece of a telling: what one occurrence reads like to whoever sees it. */
import type { OccurrenceId } from "@fabula/chronicle";

export type PassageKind =
  /** Somebody does something, or something happens to them. */
  | "deed"
  /** Somebody says something. */
  | "speech"
  /** What the focalizer thinks, comes to believe, keeps back. */
  | "thought"
  /** What happens by itself or from outside. */
  | "change";

export interface Passage {
  readonly occurrence: OccurrenceId;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly kind: PassageKind;
  /** Through whose eyes; -1 nobody's. */
  readonly eyes: number;
  /** Who speaks, acts or thinks; -1 nobody. */
  readonly who: number;
  /** Of what is said: to whom. */
  readonly to?: number;
  /** Finished sentences. */
  readonly text: string;
}
