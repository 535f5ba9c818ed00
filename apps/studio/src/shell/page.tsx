import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import type { EngineClient } from "../engine/client";
import { PreparedAnswers } from "../engine/prepared";
import { Fallen } from "../parts/fallen";
import { Studio } from "./studio";
import "./studio.css";

/** Throws where the page has no element `studio`. */
export function openPage(client: EngineClient): void {
  const place = document.getElementById("studio");
  if (place === null) throw new Error("the page has no place for the studio");
  client.prepared = new PreparedAnswers(async (at) => (await fetch(`/${at}`)).json());
  createRoot(place).render(
    <StrictMode>
      <Fallen>
        <Studio client={client} />
      </Fallen>
    </StrictMode>,
  );
}
