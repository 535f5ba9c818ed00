/** What every view works with: the engine, the story, the run, the place. */
import type { Outline, OutlinePerson } from "fabula";
import { createContext, useContext } from "react";
import type { EngineClient } from "../engine/client";
import type { RunKey, RunSummary } from "../engine/protocol";
import type { Place, ViewName } from "./place";
import type { Go } from "./use-place";

export interface Session {
  readonly client: EngineClient;
  readonly outline: Outline;
  readonly key: RunKey;
  /** Undefined where the run is not played to its end first. */
  readonly run: RunSummary | undefined;
  readonly place: Place;
  readonly go: Go;
  /** Whose eyes; undefined: nobody's. */
  readonly eyes: OutlinePerson | undefined;
  /** The views that this page has. */
  readonly views: readonly ViewName[];
  /** The page of a published story without a story; absent where none can be made. */
  readonly template?: () => Promise<string>;
  /** The only person the reader can be here; absent: anyone. */
  readonly only?: OutlinePerson;
}

const SessionContext = createContext<Session | undefined>(undefined);

export const SessionProvider = SessionContext.Provider;

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error("no story is open here");
  return session;
}

/** The run that is looked at. Throws where the page plays none to its end. */
export function useRun(): RunSummary {
  const { run } = useSession();
  if (run === undefined) throw new Error("no run is open here");
  return run;
}

/** Index of a person's colour; the same in every view. */
export function hueOf(outline: Outline, person: number): number {
  return outline.persons.findIndex((one) => one.id === person);
}
