/** What every view works with: the engine, the story, the run, the place. */
import type { Outline, OutlinePerson } from "fabula";
import { createContext, useContext } from "react";
import type { EngineClient } from "../engine/client";
import type { RunKey, RunSummary } from "../engine/protocol";
import type { Place } from "./place";
import type { Go } from "./use-place";

export interface Session {
  readonly client: EngineClient;
  readonly outline: Outline;
  readonly key: RunKey;
  readonly run: RunSummary;
  readonly place: Place;
  readonly go: Go;
  /** Whose eyes; undefined: nobody's. */
  readonly eyes: OutlinePerson | undefined;
}

const SessionContext = createContext<Session | undefined>(undefined);

export const SessionProvider = SessionContext.Provider;

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error("no story is open here");
  return session;
}

/** Index of a person's colour; the same in every view. */
export function hueOf(outline: Outline, person: number): number {
  return outline.persons.findIndex((one) => one.id === person);
}
