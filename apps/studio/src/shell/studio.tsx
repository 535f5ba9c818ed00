/** The frame: which story, whose eyes, which view. Everything else is the view's. */
import type { Outline } from "fabula";
import { useEffect, useMemo, useState } from "react";
import { EngineClient } from "../engine/client";
import type { RunKey } from "../engine/protocol";
import { useEngine } from "../engine/use-engine";
import { Answered } from "../parts/answered";
import { Failed } from "../parts/waiting";
import { Header } from "./header";
import { bundledFiles, type Files, filesFor, storiesIn } from "./library";
import type { Place } from "./place";
import { type Session, SessionProvider } from "./session";
import { Shelf } from "./shelf";
import { type Go, usePlace } from "./use-place";
import { views } from "./views";

export function Studio() {
  const client = useEngineClient();
  const { place, go } = usePlace();
  const files = bundledFiles;
  if (client === undefined) return null;
  if (place.story === "") return <Shelf stories={storiesIn(files)} go={go} />;
  if (!(place.story in files)) {
    return <Shelf stories={storiesIn(files)} go={go} missing={place.story} />;
  }
  return <OpenStory key={place.story} client={client} files={files} place={place} go={go} />;
}

interface OpenStoryProps {
  readonly client: EngineClient;
  readonly files: Files;
  readonly place: Place;
  readonly go: Go;
}

function OpenStory({ client, files, place, go }: OpenStoryProps) {
  const source = useMemo(
    () => ({ path: place.story, files: filesFor(place.story, files) }),
    [place.story, files],
  );
  const opened = useEngine(client, "open", { source });
  return (
    <Answered asked={opened} what="Reading the story">
      {({ outline, diagnostics }) =>
        outline === undefined ? (
          <main className="page">
            <h1>This story cannot be played yet</h1>
            <Failed failure={{ kind: "diagnostics", diagnostics }} />
          </main>
        ) : (
          <PlayedStory client={client} outline={outline} place={place} go={go} />
        )
      }
    </Answered>
  );
}

interface PlayedStoryProps {
  readonly client: EngineClient;
  readonly outline: Outline;
  readonly place: Place;
  readonly go: Go;
}

function PlayedStory({ client, outline, place, go }: PlayedStoryProps) {
  const { seed, changes } = place;
  const key: RunKey = { seed, changes };
  const played = useEngine(client, "play", { key });
  const eyes = outline.persons.find((person) => person.name === place.eyes);
  const view = views[place.view] ?? views.read;
  useEffect(() => {
    document.title = `${outline.title} · ${view.title} · Fabula`;
  }, [outline.title, view.title]);
  return (
    <>
      <button type="button" className="skip" onClick={focusView}>
        To the story
      </button>
      <Header outline={outline} place={place} go={go} eyes={eyes} />
      <main id="view" tabIndex={-1} className={`view view-${place.view}`}>
        <Answered asked={played} what="Playing the story">
          {(run) => {
            const session: Session = { client, outline, key, run, place, go, eyes };
            const View = view.component;
            return (
              <SessionProvider value={session}>
                <View />
              </SessionProvider>
            );
          }}
        </Answered>
      </main>
    </>
  );
}

function focusView(): void {
  document.getElementById("view")?.focus();
}

function useEngineClient(): EngineClient | undefined {
  const [client, setClient] = useState<EngineClient | undefined>();
  useEffect(() => {
    const worker = new Worker(new URL("../engine/worker.ts", import.meta.url), { type: "module" });
    const created = new EngineClient(worker);
    setClient(created);
    return () => created.close();
  }, []);
  return client;
}
