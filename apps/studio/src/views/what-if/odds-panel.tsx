/** How often, as written and as changed, with intervals. */
import { useState } from "react";
import { useEngine } from "../../engine/use-engine";
import { Answered } from "../../parts/answered";
import { Interval } from "../../parts/interval";
import { useSession } from "../../shell/session";

const runCounts = [20, 50, 100, 200, 500];

export function OddsPanel() {
  const { place } = useSession();
  const [text, setText] = useState("");
  const [asked, setAsked] = useState<{ question: string; runs: number } | undefined>();
  const [runs, setRuns] = useState(50);
  return (
    <section className="odds" aria-label="How often">
      <h2>How often?</h2>
      <form
        className="ask-line"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== "") setAsked({ question: text.trim(), runs });
        }}
      >
        <label htmlFor="odds-question">Does it come to</label>
        <input
          id="odds-question"
          type="text"
          value={text}
          placeholder="somebody.alive"
          onChange={(event) => setText(event.target.value)}
        />
        <label>
          <span className="hidden-words">Runs</span>
          <select value={runs} onChange={(event) => setRuns(Number(event.target.value))}>
            {runCounts.map((count) => (
              <option key={count} value={count}>
                in {count} runs
              </option>
            ))}
          </select>
        </label>
        <button type="submit" className="primary">
          Count
        </button>
      </form>
      {asked !== undefined && (
        <div className="odds-rows">
          {place.changes.length > 0 && (
            <OddsRow name="as changed" changes={place.changes} {...asked} />
          )}
          <OddsRow name="as written" changes={[]} {...asked} />
        </div>
      )}
    </section>
  );
}

interface OddsRowProps {
  readonly name: string;
  readonly changes: readonly string[];
  readonly question: string;
  readonly runs: number;
}

function OddsRow({ name, changes, question, runs }: OddsRowProps) {
  const { client } = useSession();
  const odds = useEngine(client, "odds", { changes, question, runs });
  return (
    <div className="odds-row">
      <span className="odds-name">{name}</span>
      <Answered asked={odds} what="Counting">
        {(answer) => <Interval odds={answer} />}
      </Answered>
    </div>
  );
}
