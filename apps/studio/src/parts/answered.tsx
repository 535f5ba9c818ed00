/** Shows an answer of the engine once it is there; till then what is under way. */
import type { ReactNode } from "react";
import type { Asked } from "../engine/use-engine";
import { Failed, Waiting } from "./waiting";

export function Answered<T>({
  asked,
  what,
  children,
}: {
  readonly asked: Asked<T>;
  readonly what: string;
  readonly children: (answer: T) => ReactNode;
}) {
  if (asked.state === "answered") return children(asked.answer);
  if (asked.state === "failed") return <Failed failure={asked.failure} again={asked.again} />;
  return <Waiting what={what} progress={asked.progress} cancel={asked.cancel} />;
}
