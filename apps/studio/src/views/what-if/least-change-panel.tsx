/** What would have to be different? The least change after which the story ends as wanted. */
import type { LeastChange, LeastChangeAnswer } from "fabula";
import { useMemo, useState } from "react";
import { useEngine } from "../../engine/use-engine";
import { useFiles } from "../../files/use-files";
import { Answered } from "../../parts/answered";
import { Interval } from "../../parts/interval";
import { useSession } from "../../shell/session";
import { Again } from "./again";
import { listedChanges } from "./listed-changes";

const budgets = [60, 150, 400, 1000];
const shares = [0.6, 0.9];

interface Asked {
  readonly question: string;
  readonly allowed: readonly (readonly string[])[];
  readonly share: number;
  readonly runs: number;
}

export function LeastChangePanel() {
  const { client, place } = useSession();
  const { files } = useFiles();
  const [question, setQuestion] = useState("");
  const [asLong, setAsLong] = useState({ share: shares[0] ?? 0.6, runs: budgets[0] ?? 60 });
  const [listed, setListed] = useState(false);
  const [own, setOwn] = useState("");
  const [asked, setAsked] = useState<Asked | undefined>();
  const inStory = useMemo(() => listedChanges(files[place.story] ?? ""), [place.story, files]);
  const answer = useEngine(client, "leastChange", asked);
  return (
    <section className="least-change" aria-label="What would have to be different">
      <h2>What would have to be different?</h2>
      <p className="note-line">
        First other choices that somebody had a reason for; then what the story lets be otherwise (
        <code>may change</code>) and the circumstances you allow.
      </p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (question.trim() === "") return;
          const allowed = [...(listed ? inStory.map((one) => one.lines) : []), ...linesOf(own)];
          setAsked({ question: question.trim(), allowed, ...asLong });
        }}
      >
        <div className="ask-line">
          <label htmlFor="least-question">For it to come to</label>
          <input
            id="least-question"
            type="text"
            value={question}
            placeholder="somebody.alive at end"
            onChange={(event) => setQuestion(event.target.value)}
          />
          <button type="submit" className="primary">
            Look
          </button>
        </div>
        <p className="least-options">
          <label>
            in at least{" "}
            <select
              value={asLong.share}
              onChange={(event) => setAsLong({ ...asLong, share: Number(event.target.value) })}
            >
              {shares.map((share) => (
                <option key={share} value={share}>
                  {share * 100} % of runs
                </option>
              ))}
            </select>
          </label>
          <label>
            playing at most{" "}
            <select
              value={asLong.runs}
              onChange={(event) => setAsLong({ ...asLong, runs: Number(event.target.value) })}
            >
              {budgets.map((runs) => (
                <option key={runs} value={runs}>
                  {runs} runs
                </option>
              ))}
            </select>
          </label>
          {inStory.length > 0 && (
            <label>
              <input
                type="checkbox"
                checked={listed}
                onChange={(event) => setListed(event.target.checked)}
              />{" "}
              what the story itself asks about may be different
            </label>
          )}
        </p>
        <label htmlFor="least-own">Other circumstances that may be different, one a line</label>
        <textarea
          id="least-own"
          rows={2}
          value={own}
          placeholder="set somebody.field = value"
          onChange={(event) => setOwn(event.target.value)}
        />
      </form>
      {asked !== undefined && (
        <Answered asked={answer} what="Looking for the least change">
          {(found) => <Found found={found} />}
        </Answered>
      )}
    </section>
  );
}

/** One change a line; what belongs together is parted by semicolons. */
function linesOf(text: string): string[][] {
  return text
    .split("\n")
    .map((line) => line.split(";").flatMap((part) => part.trim() || []))
    .filter((lines) => lines.length > 0);
}

function Found({ found }: { readonly found: LeastChangeAnswer }) {
  const { base, answers, tried, runs, reason } = found;
  return (
    <div className="found">
      <div className="odds-row">
        <span className="odds-name">as written</span>
        <Interval odds={base} />
      </div>
      {answers.length === 0 && !found.found && (
        <p>Nothing that was tried alone or in pairs turns it.</p>
      )}
      <ol>
        {answers.map((one) => (
          <li key={one.changes.join(";")}>
            <Answer one={one} />
          </li>
        ))}
      </ol>
      <p className="note-line">
        {reason}: {tried} changes tried in {runs} runs.
      </p>
    </div>
  );
}

function Answer({ one }: { readonly one: LeastChange }) {
  const { go } = useSession();
  return (
    <>
      <p>
        {one.titles.length > 0 && <>{one.titles.join("; ")}: </>}
        <code>{one.changes.join("; ")}</code>{" "}
        <button
          type="button"
          className="quiet"
          onClick={() => go({ changes: one.changes, at: -1 })}
        >
          see what follows
        </button>
      </p>
      <div className="odds-row">
        <span className="odds-name">with it</span>
        <Interval odds={one.odds} />
      </div>
      {one.path.length > 0 && (
        <ol className="followed">
          {one.path.map((step) => (
            <li key={`${step.clock}${step.text}`}>
              <span className="clock">{step.clock}</span>{" "}
              <span className={step.happens === "no longer" ? "gone" : ""}>{step.text}</span>{" "}
              <span className={`tag ${step.happens.replace(" ", "-")}`}>{step.happens}</span>
              <Again again={step.again} />
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
