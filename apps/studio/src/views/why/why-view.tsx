/** Why something happened: the causes as a graph and as a list, in truth or as one person knows. */
import type { CauseGraph } from "fabula";
import { lazy, Suspense, useState } from "react";
import { useEngine } from "../../engine/use-engine";
import { Answered } from "../../parts/answered";
import { Waiting } from "../../parts/waiting";
import { useSession } from "../../shell/session";
import { Inspector } from "../inspector/inspector";
import { CauseList } from "./cause-list";

const GraphPicture = lazy(async () => ({
  default: (await import("./graph-picture")).GraphPicture,
}));

/** Causes shown at first, nearest first. */
const first = 16;

export function WhyView() {
  const { client, key, place, eyes, go } = useSession();
  const asking = place.question !== "";
  const found = useEngine(client, "find", asking ? { key, question: place.question } : undefined);
  const [size, setSize] = useState(first);
  const root = asking ? (found.state === "answered" ? found.answer.root : null) : rootOf(place.at);
  const as = eyes?.id ?? -1;
  const wanted = root === null ? undefined : { key, root, as, size };
  const graph = useEngine(client, "causes", wanted);
  return (
    <div className={place.at === -1 ? "reading wide" : "reading wide inspecting"}>
      <div>
        <AskForm key={place.question} />
        {asking && found.state !== "answered" && (
          <Answered asked={found} what="Looking for it">
            {() => null}
          </Answered>
        )}
        {asking && found.state === "answered" && found.answer.root === null && (
          <>
            <p className="nothing">It never came to be in this run. Another chance, or a change?</p>
            {eyes === undefined &&
              found.answer.hindered.map((sentence) => <p key={sentence}>{sentence}</p>)}
          </>
        )}
        {root === null && !asking && (
          <>
            <p className="nothing">
              Ask about something above, or click a sentence of the story and come back: its causes
              are shown here.
            </p>
            <Expected ask={(question) => go({ question })} />
          </>
        )}
        {root !== null && (
          <Answered asked={graph} what="Following the causes back">
            {(answer) => (
              <Causes graph={answer} more={() => setSize(size * 4)} choose={(at) => go({ at })} />
            )}
          </Answered>
        )}
      </div>
      {place.at !== -1 && <Inspector id={place.at} />}
    </div>
  );
}

function rootOf(at: number): number | null {
  return at === -1 ? null : at;
}

function Causes({
  graph,
  more,
  choose,
}: {
  readonly graph: CauseGraph;
  readonly more: () => void;
  readonly choose: (occurrence: number) => void;
}) {
  const { eyes } = useSession();
  const cut = graph.nodes.some((node) => node.more === "cut");
  const hidden = graph.nodes.some((node) => node.more === "unknown");
  return (
    <>
      <p className="note-line">
        {graph.nodes.length} occurrences, {graph.links.length} links
        {eyes === undefined ? "" : `, as far as ${eyes.title} knows`}.
        {hidden && ` Where a border is broken, ${eyes?.title} does not know the rest.`}
        {cut && (
          <button type="button" className="quiet" onClick={more}>
            Show what lies further back
          </button>
        )}
      </p>
      {graph.carried.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <Suspense fallback={<Waiting what="Drawing" />}>
        <GraphPicture graph={graph} choose={choose} />
      </Suspense>
      <CauseList graph={graph} choose={choose} />
    </>
  );
}

/** What the story expects of itself, to ask why of. */
function Expected({ ask }: { readonly ask: (question: string) => void }) {
  const { outline } = useSession();
  const askable = outline.expects.filter((one) => one.asks !== "");
  if (askable.length === 0) return null;
  return (
    <>
      <h2>What the story expects</h2>
      <ul className="listed">
        {askable.map((one) => (
          <li key={`${one.id} ${one.title}`}>
            <button type="button" className="link" onClick={() => ask(one.asks)}>
              <span className="clock">{one.id}</span> {one.title === "" ? one.asks : one.title}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function AskForm() {
  const { place, go } = useSession();
  const [text, setText] = useState(place.question);
  return (
    <form
      className="ask-line"
      onSubmit={(event) => {
        event.preventDefault();
        go({ question: text.trim(), at: -1 });
      }}
    >
      <label htmlFor="why-question">Why</label>
      <input
        id="why-question"
        type="text"
        value={text}
        placeholder="not somebody.alive"
        onChange={(event) => setText(event.target.value)}
      />
      <button type="submit" className="primary">
        Ask
      </button>
      {place.question !== "" && (
        <button
          type="button"
          className="quiet"
          onClick={() => {
            setText("");
            go({ question: "" });
          }}
        >
          Clear
        </button>
      )}
    </form>
  );
}
