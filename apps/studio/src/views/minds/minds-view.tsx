/** Who holds what to be so at any moment: a table of claims and people, true and false. */
import type { HeldBelief } from "fabula";
import { useMemo, useState } from "react";
import { useEngine } from "../../engine/use-engine";
import { Answered } from "../../parts/answered";
import { contains } from "../../parts/contains";
import { Person } from "../../parts/person";
import { useRun, useSession } from "../../shell/session";
import { Inspector } from "../inspector/inspector";
import { spanLabel } from "../timeline/scale";

type Wanted = "all" | "mistaken" | "differing" | "about others’ minds";
const wanteds: readonly Wanted[] = ["all", "mistaken", "differing", "about others’ minds"];

export function MindsView() {
  const { client, key, place } = useSession();
  const run = useRun();
  const length = run.ends - run.begins;
  // The last step ends at or after the end, so that the end itself can be reached.
  const step = Math.max(1, Math.round(length / 1000));
  const [time, setTime] = useState(length);
  const [settled, setSettled] = useState(length);
  const [wanted, setWanted] = useState<Wanted>("all");
  const [words, setWords] = useState("");
  const beliefs = useEngine(client, "beliefs", { key, time: run.begins + settled });
  return (
    <div className={place.at === -1 ? "reading wide" : "reading wide inspecting"}>
      <div>
        <div className="board-tools">
          <label className="moment">
            Moment
            <input
              type="range"
              min={0}
              max={Math.ceil(length / step) * step}
              step={step}
              value={time}
              aria-valuetext={spanLabel(time, 1000)}
              onChange={(event) => setTime(Math.min(length, Number(event.target.value)))}
              onPointerUp={() => setSettled(time)}
              onKeyUp={() => setSettled(time)}
              onBlur={() => setSettled(time)}
            />
            <span className="stretch">{spanLabel(time, 1000)}</span>
          </label>
          <label>
            Show{" "}
            <select value={wanted} onChange={(event) => setWanted(event.target.value as Wanted)}>
              {wanteds.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </select>
          </label>
          <label>
            With the words{" "}
            <input type="search" value={words} onChange={(event) => setWords(event.target.value)} />
          </label>
        </div>
        <Answered asked={beliefs} what="Looking into the heads">
          {(held) => <BeliefTable held={held} wanted={wanted} words={words} />}
        </Answered>
      </div>
      {place.at !== -1 && <Inspector id={place.at} />}
    </div>
  );
}

interface ClaimRow {
  readonly claim: number;
  readonly text: string;
  readonly holds: boolean | null;
  readonly nested: boolean;
  readonly by: ReadonlyMap<number, HeldBelief>;
}

function BeliefTable({
  held,
  wanted,
  words,
}: {
  readonly held: readonly HeldBelief[];
  readonly wanted: Wanted;
  readonly words: string;
}) {
  const { outline, eyes } = useSession();
  const rows = useMemo(() => rowsOf(held), [held]);
  const people = outline.persons.filter(
    (person) =>
      (eyes === undefined || person.id === eyes.id) && held.some((one) => one.holder === person.id),
  );
  const shown = rows.filter((row) => {
    const own = people.flatMap((person) => row.by.get(person.id) ?? []);
    if (own.length === 0 || !contains(row.text, words)) return false;
    if (wanted === "mistaken") return own.some(isMistaken);
    if (wanted === "differing") return new Set(own.map((one) => one.confidence > 0.5)).size > 1;
    return wanted === "all" || row.nested;
  });
  if (shown.length === 0) {
    return <p className="nothing">Nothing of that kind is in anybody’s head at this moment.</p>;
  }
  return (
    <div className="scrolled">
      <table className="minds">
        <caption>
          {shown.length} claims. ✓ holds it to be so, ✗ holds it not to be so; marked where that is
          a mistake.
        </caption>
        <thead>
          <tr>
            <th scope="col">Claim</th>
            <th scope="col">In truth</th>
            {people.map((person) => (
              <th scope="col" key={person.id}>
                <Person id={person.id} name={person.title} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={row.claim}>
              <th scope="row">{row.text}</th>
              <td>{row.holds === null ? "—" : row.holds ? "so" : "not so"}</td>
              {people.map((person) => (
                <Cell key={person.id} held={row.by.get(person.id)} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ held }: { readonly held: HeldBelief | undefined }) {
  const { go } = useSession();
  if (held === undefined) return <td className="no-belief">·</td>;
  const believes = held.confidence > 0.5;
  const sure = believes ? held.confidence : 1 - held.confidence;
  const from = held.by === "" ? held.source : `${held.source} by ${held.by}`;
  return (
    <td className={isMistaken(held) ? "mistaken" : ""}>
      <button type="button" className="link" onClick={() => go({ at: held.occurrence })}>
        <span aria-hidden="true">{believes ? "✓" : "✗"}</span>
        <span className="hidden-words">
          {held.text}
          {isMistaken(held) ? ", mistakenly" : ""}
        </span>{" "}
        {Math.round(sure * 100)} %
      </button>
      <span className="source">
        {from}, {held.clock.replace(/^.* /, "")}
      </span>
    </td>
  );
}

function isMistaken(held: HeldBelief): boolean {
  return held.claimHolds !== null && held.claimHolds !== held.confidence > 0.5;
}

function rowsOf(held: readonly HeldBelief[]): ClaimRow[] {
  const rows = new Map<number, ClaimRow & { by: Map<number, HeldBelief> }>();
  for (const one of held) {
    const row = rows.get(one.claim) ?? {
      claim: one.claim,
      text: one.claimText,
      holds: one.claimHolds,
      nested: one.nested,
      by: new Map<number, HeldBelief>(),
    };
    row.by.set(one.holder, one);
    rows.set(one.claim, row);
  }
  return [...rows.values()];
}
