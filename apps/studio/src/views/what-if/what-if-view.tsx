/** Change one thing and see what follows: the difference, side by side, and how often. */
import type { ToldFollowing, WhatIfAnswer } from "fabula";
import { useState } from "react";
import { useEngine } from "../../engine/use-engine";
import { Answered } from "../../parts/answered";
import { useSession } from "../../shell/session";
import { spanLabel } from "../timeline/scale";
import { Again } from "./again";
import { Branches } from "./branches";
import { ChangeForm } from "./change-form";
import { LeastChangePanel } from "./least-change-panel";
import { OddsPanel } from "./odds-panel";
import { SideBySide } from "./side-by-side";

export function WhatIfView() {
  const { client, key, place } = useSession();
  const [beside, setBeside] = useState(false);
  const changed = place.changes.length > 0;
  const base = { ...key, changes: [] };
  const answer = useEngine(
    client,
    "whatIf",
    changed ? { key: base, changes: key.changes } : undefined,
  );
  return (
    <div className="reading wide inspecting">
      <div className="what-if">
        <ChangeForm />
        {changed && (
          <>
            <Answered asked={answer} what="Playing it both ways">
              {(difference) => <Difference difference={difference} />}
            </Answered>
            <p>
              <button type="button" aria-expanded={beside} onClick={() => setBeside(!beside)}>
                {beside ? "Close the two stories" : "Read both stories side by side"}
              </button>
            </p>
            {beside && <SideBySide />}
          </>
        )}
        <OddsPanel />
        <LeastChangePanel />
      </div>
      <Branches />
    </div>
  );
}

function Difference({ difference }: { readonly difference: WhatIfAnswer }) {
  const { firstDivergence, followed, persons, untouched, anyway } = difference;
  if (firstDivergence === null) {
    return (
      <section className="difference">
        <h2>It changes nothing</h2>
        <p>Every occurrence is the same in both stories.</p>
      </section>
    );
  }
  return (
    <section className="difference" aria-label="What it changes">
      <h2>The stories part at {firstDivergence.clock}</h2>
      <dl className="parting">
        <dt>as it was</dt>
        <dd>{firstDivergence.base ?? "nothing more happens"}</dd>
        <dt>now</dt>
        <dd>{firstDivergence.now ?? "nothing more happens"}</dd>
      </dl>
      <h3>What followed</h3>
      <ol className="followed">
        {followed.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: causes are named by their place
          <li key={index}>
            <Followed one={one} all={followed} />
          </li>
        ))}
      </ol>
      {followed.length === 0 && <p>Nothing that anybody did or that befell them.</p>}
      {persons.map((person) => (
        <details key={person.who}>
          <summary>
            {person.name}: {counted(person.learned.length + person.missed.length, "belief")} and{" "}
            {counted(person.chose.length, "choice")} otherwise
          </summary>
          <ul>
            {person.learned.map((said) => (
              <li key={`+${said.clock}${said.text}`}>
                <span className="clock">{said.clock}</span> {said.text}
              </li>
            ))}
            {person.missed.map((said) => (
              <li key={`-${said.clock}${said.text}`} className="gone">
                <span className="clock">{said.clock}</span> no longer: {said.text}
              </li>
            ))}
            {person.chose.map((choice) => (
              <li key={`${choice.clock}${choice.base}${choice.now}`}>
                <span className="clock">{choice.clock}</span> {choice.now ?? "makes no choice"}
                {choice.base !== null && <span className="gone"> instead of: {choice.base}</span>}
              </li>
            ))}
          </ul>
        </details>
      ))}
      <details>
        <summary>
          The same in both: {untouched.length} that the change cannot reach, {anyway.length} that
          came about all the same
        </summary>
        <p className="note-line">{untouched.join(", ") || "Nothing."}</p>
        {anyway.length > 0 && <p className="note-line">All the same: {anyway.join(", ")}</p>}
      </details>
    </section>
  );
}

function Followed({
  one,
  all,
}: {
  readonly one: ToldFollowing;
  readonly all: readonly ToldFollowing[];
}) {
  const from = one.from.flatMap((index) => all[index]?.text ?? []).slice(0, 2);
  return (
    <>
      <span className="clock">{one.clock}</span>{" "}
      <span className={one.happens === "no longer" ? "gone" : ""}>{one.text}</span>{" "}
      <span className={`tag ${one.happens.replace(" ", "-")}`}>
        {one.later ? `${spanLabel(Math.abs(one.later), 1000).slice(1)} ` : ""}
        {one.happens}
      </span>
      <Again again={one.again} />
      {from.length > 0 && <span className="from"> from: {from.join(" · ")}</span>}
    </>
  );
}

/** `1 belief`, `3 beliefs`. */
function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
