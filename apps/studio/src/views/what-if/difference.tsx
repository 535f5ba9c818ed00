/** What a change makes different: what is really other first, then who learned or chose, what is the same. */
import type { Otherwise, Shifted, ToldDifference, ToldFollowing } from "fabula";
import type { TriedChange } from "../../engine/protocol";
import { spanLabel } from "../timeline/scale";
import { Again } from "./again";

export function Difference({ difference }: { readonly difference: TriedChange }) {
  const { firstDivergence, told, persons, untouched, anyway } = difference;
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
        <dd>
          {firstDivergence.base ?? "nothing more happens"}
          <Values values={firstDivergence.baseValues} />
        </dd>
        <dt>now</dt>
        <dd>
          {firstDivergence.now ?? "nothing more happens"}
          <Values values={firstDivergence.nowValues} />
        </dd>
      </dl>
      <h3>What followed</h3>
      <ol className="followed">
        {told.other.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: causes are named by their place
          <li key={index}>
            <Followed one={one} all={told.other} />
          </li>
        ))}
      </ol>
      {told.other.length === 0 && <p>Nothing that only one of the two stories has.</p>}
      <ShiftedInBoth groups={told.shifted} />
      <Unlike all={told.unlike} />
      {persons.map((person) => (
        <OnePerson key={person.who} person={person} />
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

function Values({ values }: { readonly values: readonly string[] }) {
  return values.length === 0 ? null : <span className="from"> {values.join("; ")}</span>;
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
      <span className={`tag ${one.happens.replace(" ", "-")}`}>{one.happens}</span>
      <Again again={one.again} />
      {from.length > 0 && <span className="from"> from: {from.join(" · ")}</span>}
    </>
  );
}

/** What both stories have, by how much it moved. */
function ShiftedInBoth({ groups }: { readonly groups: readonly Shifted[] }) {
  if (groups.length === 0) return null;
  const count = groups.reduce((sum, { all }) => sum + all.length, 0);
  return (
    <details>
      <summary>In both, only at another time: {count}</summary>
      {groups.map(({ least, most, all }) => (
        <div key={`${least} ${most}`}>
          <p className="note-line">{shiftLabel(least, most)}</p>
          <Told all={all} />
        </div>
      ))}
    </details>
  );
}

function Told({ all }: { readonly all: readonly { clock: string; text: string }[] }) {
  return (
    <ul>
      {all.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they never change their order
        <li key={index}>
          <span className="clock">{one.clock}</span> {one.text}
        </li>
      ))}
    </ul>
  );
}

function Unlike({ all }: { readonly all: ToldDifference["unlike"] }) {
  if (all.length === 0) return null;
  return (
    <details>
      <summary>In both at the same time, but not quite alike: {all.length}</summary>
      <Told all={all} />
    </details>
  );
}

function OnePerson({ person }: { readonly person: Otherwise }) {
  const { name, learned, missed, chose } = person;
  return (
    <details>
      <summary>
        {name}: {counted(learned.length + missed.length, "belief")} and{" "}
        {counted(chose.length, "choice")} otherwise
      </summary>
      <ul>
        {chose.map(({ clock, base, now }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they never change their order
          <li key={index}>
            <span className="clock">{clock}</span> {now ?? "no longer:"}
            {base !== null && (
              <span className="gone">
                {now === null ? " " : " instead of: "}
                {base}
              </span>
            )}
          </li>
        ))}
        {learned.map((said) => (
          <li key={`+${said.clock}${said.text}`}>
            <span className="clock">{said.clock}</span> {said.text}
          </li>
        ))}
        {missed.map((said) => (
          <li key={`-${said.clock}${said.text}`} className="gone">
            <span className="clock">{said.clock}</span> no longer: {said.text}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** `1 s to 3 s later`; of both it is the same sign. */
function shiftLabel(least: number, most: number): string {
  const [less, more] = least < 0 ? [-most, -least] : [least, most];
  const [from, to] = [less, more].map((span) => spanLabel(span, 1000).slice(1));
  const range = from === to ? from : `${from} to ${to}`;
  return `${range} ${least < 0 ? "earlier" : "later"}`;
}

/** `1 belief`, `3 beliefs`. */
function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
