/** A story for its readers: to read through any eyes, to ask what is behind a sentence, to play. */
import type { Outline, PublishedStory } from "fabula";
import { useMemo } from "react";
import type { EngineClient } from "../engine/client";
import { runKeyOf } from "../engine/run-key";
import { useEngine } from "../engine/use-engine";
import { Answered } from "../parts/answered";
import { Failed } from "../parts/waiting";
import { ChanceChoice, EyesChoice } from "../shell/choices";
import type { Place, ViewName } from "../shell/place";
import { type Session, SessionProvider } from "../shell/session";
import { Tab } from "../shell/tab";
import { ThemeSwitch } from "../shell/theme-switch";
import { type Go, usePlace } from "../shell/use-place";
import { PlayView } from "../views/play/play-view";
import { ReadView } from "../views/read/read-view";

interface PublishedPageProps {
  readonly client: EngineClient;
  readonly story: PublishedStory;
}

export function PublishedPage({ client, story }: PublishedPageProps) {
  const { place, go } = usePlace();
  const opened = useEngine(client, "open", { source: story.source }, "keep");
  return (
    <>
      {opened.state !== "answered" && <h1 className="published-title">{story.title}</h1>}
      <Answered asked={opened} what="Opening the story">
        {({ outline, diagnostics }) =>
          outline === undefined ? (
            <Failed failure={{ kind: "diagnostics", diagnostics }} />
          ) : (
            <OpenedStory client={client} story={story} outline={outline} place={place} go={go} />
          )
        }
      </Answered>
    </>
  );
}

interface OpenedStoryProps extends PublishedPageProps {
  readonly outline: Outline;
  readonly place: Place;
  readonly go: Go;
}

const readersViews: readonly ViewName[] = ["read", "play"];
const playersViews: readonly ViewName[] = ["play"];

function OpenedStory({ client, story, outline, place: asked, go }: OpenedStoryProps) {
  const only = outline.persons.find((person) => person.name === story.as);
  const views = only === undefined ? readersViews : playersViews;
  const view = views.includes(asked.view) ? asked.view : (views[0] ?? "read");
  const { seed } = asked;
  const { changes, source } = story;
  const place = { ...asked, view, story: source.path, changes };
  const eyes = only ?? outline.persons.find((person) => person.name === asked.eyes);
  const text = source.files[source.path] ?? "";
  const key = useMemo(
    () => runKeyOf({ seed, changes }, outline.world, text),
    [seed, changes, outline.world, text],
  );
  const session: Session = {
    client,
    outline,
    key,
    run: undefined,
    place,
    go,
    eyes,
    views,
    ...(only === undefined ? {} : { only }),
  };
  return (
    <>
      <header className="frame">
        <div className="frame-story">
          <h1>{outline.title}</h1>
        </div>
        {views.length > 1 && (
          <nav aria-label="Views">
            <Tab title="Read" here={view === "read"} open={() => go({ view: "read" })} />
            <Tab title="Play as" here={view === "play"} open={() => go({ view: "play" })} />
          </nav>
        )}
        <div className="frame-tools">
          {only === undefined && <EyesChoice outline={outline} place={place} go={go} eyes={eyes} />}
          <ChanceChoice place={place} go={go} />
          <ThemeSwitch />
        </div>
      </header>
      <main id="view" tabIndex={-1} className={`view view-${view}`}>
        {view === "play" ? (
          <SessionProvider value={session}>
            <PlayView />
          </SessionProvider>
        ) : (
          <ReadStory session={session} />
        )}
      </main>
      <footer className="published-by">
        Made with Fabula. Everything here plays in this page.
      </footer>
    </>
  );
}

/** To be read, it is played to its end first. */
function ReadStory({ session }: { readonly session: Session }) {
  const played = useEngine(session.client, "play", { key: session.key }, "keep");
  return (
    <Answered asked={played} what="Playing the story">
      {(run) => (
        <SessionProvider value={{ ...session, run }}>
          <div data-chronicle={run.hash}>
            <ReadView />
          </div>
        </SessionProvider>
      )}
    </Answered>
  );
}
