/** Answers of the engine as state of a view: what there is, what is under way, what went wrong. */
import { useEffect, useRef, useState } from "react";
import { type EngineClient, EngineFailure } from "./client";
import type { Answer, Ask, Failure, Progress, RequestName } from "./protocol";

export type Asked<T> =
  | { readonly state: "waiting"; readonly progress?: Progress; readonly cancel: () => void }
  | { readonly state: "answered"; readonly answer: T }
  | { readonly state: "failed"; readonly failure: Failure; readonly again: () => void };

/**
 * `ask` undefined: nothing is asked yet. Asks anew when what is asked differs in any part; with
 * `keep` the last answer stands until the new one is there.
 */
export function useEngine<N extends RequestName>(
  client: EngineClient,
  name: N,
  ask: Ask<N> | undefined,
  keep: "keep" | "drop" = "drop",
): Asked<Answer<N>> {
  const key = ask === undefined ? "" : JSON.stringify(ask);
  const [turn, setTurn] = useState(0);
  const [asked, setAsked] = useState<{ key: string; result: Asked<Answer<N>> } | undefined>();
  const latest = useRef(ask);
  latest.current = ask;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for what is asked
  useEffect(() => {
    if (latest.current === undefined) return;
    const control = new AbortController();
    const cancel = () => control.abort();
    let over = false;
    const set = (result: Asked<Answer<N>>) => {
      if (!over) setAsked({ key, result });
    };
    client
      .ask(name, latest.current, {
        signal: control.signal,
        onProgress: (progress) => set({ state: "waiting", progress, cancel }),
      })
      .then(
        (answer) => set({ state: "answered", answer }),
        (error: unknown) =>
          set({
            state: "failed",
            failure: failureOf(error),
            again: () => setTurn((before) => before + 1),
          }),
      );
    set({ state: "waiting", cancel });
    return () => {
      over = true;
      control.abort();
    };
  }, [client, name, key, turn]);
  const answered = useRef<Asked<Answer<N>> | undefined>(undefined);
  if (asked?.result.state === "answered") answered.current = asked.result;
  const isNew = asked === undefined || asked.key !== key;
  const waits = isNew || asked.result.state === "waiting";
  if (waits && keep === "keep" && answered.current !== undefined) return answered.current;
  return isNew ? { state: "waiting", cancel: nothing } : asked.result;
}

function nothing(): void {}

export function failureOf(error: unknown): Failure {
  if (error instanceof EngineFailure) return error.failure;
  return { kind: "defect", message: error instanceof Error ? error.message : String(error) };
}
