/**
 * A published story: a page that holds the story and its engine, and asks nothing of anybody. It is
 * made from a template by `publishedPage`; here it opens.
 */
import type { PublishedStory } from "fabula";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { EngineClient } from "../engine/client";
import EngineWorker from "../engine/worker?worker&inline";
import { Fallen } from "../parts/fallen";
import { nowhere, writePlace } from "../shell/place";
import { PublishedPage } from "./published-page";
import "../shell/studio.css";

const story: PublishedStory = JSON.parse(textOf("story"));
if (window.location.hash === "") {
  const start = writePlace({ ...nowhere, seed: story.seed });
  window.history.replaceState(null, "", start);
}
createRoot(elementOf("page")).render(
  <StrictMode>
    <Fallen>
      <PublishedPage client={new EngineClient(new EngineWorker())} story={story} />
    </Fallen>
  </StrictMode>,
);

function textOf(id: string): string {
  return elementOf(id).textContent ?? "";
}

function elementOf(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no ${id}`);
  return element;
}
