/** The frame: which story, whose eyes, which view. Everything else is the view's. */
import type { Outline, OutlinePerson } from "fabula";
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from "react";
import type { EngineClient } from "../engine/client";
import type { RunKey } from "../engine/protocol";
import { runKeyOf } from "../engine/run-key";
import { useEngine } from "../engine/use-engine";
import { type Files, filesFor, storiesIn } from "../files/library";
import { FilesProvider, useFileStore } from "../files/use-files";
import { Answered } from "../parts/answered";
import { Fallen } from "../parts/fallen";
import { Failed, Waiting } from "../parts/waiting";
import { ChangeList } from "../views/what-if/change-list";
import { Header } from "./header";
import { type Place, viewNames } from "./place";
import { type Session, SessionProvider } from "./session";
import { Shelf } from "./shelf";
import { type Go, usePlace } from "./use-place";
import { views } from "./views";

/** The editor comes when somebody writes: a reader need not wait for it. */
const WriteView = lazy(async () => ({
  default: (await import("../views/write/write-view")).WriteView,
}));

export function Studio({ client }: { readonly client: EngineClient }) {
  const all = useFileStore();
  const { place, go } = usePlace();
  if (all === undefined) return null;
  const { files, state } = all;
  const unknown = place.story !== "" && !(place.story in files);
  if (unknown && state.server === "looking") return <Waiting what="Looking for the story" />;
  return (
    <FilesProvider value={all}>
      {state.server === "away" && (
        <p className="away" role="alert">
          The server is away. Reading and playing go on; what you write is kept in this browser
          until it is back.
        </p>
      )}
      {place.story === "" || unknown ? (
        <Shelf stories={storiesIn(files)} go={go} {...(unknown ? { missing: place.story } : {})} />
      ) : (
        <OpenStory key={place.story} client={client} files={files} place={place} go={go} />
      )}
    </FilesProvider>
  );
}

interface OpenStoryProps {
  readonly client: EngineClient;
  readonly files: Files;
  readonly place: Place;
  readonly go: Go;
}

/** What is played follows the text when it can be played; while writing, not at every letter. */
function OpenStory({ client, files, place, go }: OpenStoryProps) {
  const path = place.story;
  const [played, setPlayed] = useState(files[path] ?? "");
  const writing = place.view === "write";
  const text = files[path] ?? "";
  useEffect(() => {
    if (!writing) setPlayed(text);
  }, [writing, text]);
  const onPlay = useCallback((_path: string, now: string) => setPlayed(now), []);
  const source = useMemo(
    () => ({ path, files: { ...filesFor(path, files), [path]: played } }),
    [path, files, played],
  );
  const opened = useEngine(client, "open", { source }, "keep");
  const outline = opened.state === "answered" ? opened.answer.outline : undefined;
  const eyes = outline?.persons.find((person) => person.name === place.eyes);
  const result = (
    <Answered asked={opened} what="Reading the story">
      {({ outline, diagnostics }) =>
        outline === undefined ? (
          <div className="page">
            <h2>This story cannot be played yet</h2>
            <Failed failure={{ kind: "diagnostics", diagnostics }} />
            {!writing && (
              <button type="button" onClick={() => go({ view: "write" })}>
                To the text
              </button>
            )}
          </div>
        ) : (
          <PlayedStory
            client={client}
            outline={outline}
            place={place}
            go={go}
            version={played}
            eyes={eyes}
          />
        )
      }
    </Answered>
  );
  return (
    <>
      <button type="button" className="skip" onClick={focusView}>
        To the story
      </button>
      <Header path={path} outline={outline} place={place} go={go} eyes={eyes} />
      <main id="view" tabIndex={-1} className={`view view-${place.view}`}>
        {writing ? (
          <div className="write-frame">
            <Suspense fallback={<Waiting what="Opening the editor" />}>
              <WriteView place={place} go={go} onPlay={onPlay} />
            </Suspense>
            <section className="write-result" aria-label="What it plays to">
              {result}
            </section>
          </div>
        ) : (
          result
        )}
      </main>
    </>
  );
}

interface PlayedStoryProps {
  readonly client: EngineClient;
  readonly outline: Outline;
  readonly place: Place;
  readonly go: Go;
  /** The text that is played. */
  readonly version: string;
  readonly eyes: OutlinePerson | undefined;
}

function PlayedStory({ client, outline, place, go, version, eyes }: PlayedStoryProps) {
  const { seed, changes } = place;
  const key: RunKey = useMemo(
    () => runKeyOf({ seed, changes }, outline.world, version),
    [seed, changes, outline.world, version],
  );
  const played = useEngine(client, "play", { key }, "keep");
  const writing = place.view === "write";
  const view = writing ? views.read : (views[place.view] ?? views.read);
  useEffect(() => {
    document.title = `${outline.title} · ${writing ? "Write" : view.title} · Fabula`;
  }, [outline.title, view.title, writing]);
  const View = view.component;
  if (played.state === "failed" && changes.length > 0) {
    return (
      <div className="page">
        <h2>With these changes the story cannot be played</h2>
        <ChangeList changes={changes} go={go} />
        <Failed failure={played.failure} again={played.again} />
      </div>
    );
  }
  return (
    <Answered asked={played} what="Playing the story">
      {(run) => {
        const parts = { client, outline, key, run, place, go, eyes };
        const session: Session = { ...parts, views: viewNames, template: loadTemplate };
        return (
          <SessionProvider value={session}>
            <Fallen key={`${place.view} ${place.story}`}>
              <div data-chronicle={run.hash}>
                <View />
              </div>
            </Fallen>
          </SessionProvider>
        );
      }}
    </Answered>
  );
}

async function loadTemplate(): Promise<string> {
  const answer = await fetch("/published.html");
  if (!answer.ok) throw new Error("the page of published stories is not there");
  return answer.text();
}

function focusView(): void {
  document.getElementById("view")?.focus();
}
