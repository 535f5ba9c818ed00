/** One occurrence, looked at closely, beside whatever it was found in. */
import type { LinkView, OccurrenceView, ReasonView } from "fabula";
import { useEffect, useRef } from "react";
import { useEngine } from "../../engine/use-engine";
import { Answered } from "../../parts/answered";
import { Person } from "../../parts/person";
import type { Place } from "../../shell/place";
import { useRun, useSession } from "../../shell/session";

export function Inspector({ id }: { readonly id: number }) {
  const { client, key, eyes, go } = useSession();
  const run = useRun();
  const wanted = id < run.occurrences ? { key, id, as: eyes?.id ?? -1 } : undefined;
  const view = useEngine(client, "occurrence", wanted);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const close = (event: KeyboardEvent) => {
      if (event.key === "Escape") go({ at: -1 });
    };
    window.addEventListener("keydown", close);
    return () => window.removeEventListener("keydown", close);
  }, [go]);
  return (
    <aside className="inspector" aria-label="Behind the sentence" ref={panel} tabIndex={-1}>
      <button type="button" className="quiet close" onClick={() => go({ at: -1 })}>
        Close
      </button>
      {wanted === undefined ? (
        <p>In this run nothing of that number happened.</p>
      ) : (
        <Answered asked={view} what="Looking behind it">
          {(occurrence) => <Details view={occurrence} />}
        </Answered>
      )}
    </aside>
  );
}

function Details({ view }: { readonly view: OccurrenceView }) {
  const { eyes, place, go, views } = useSession();
  return (
    <>
      <p className="clock">{view.clock}</p>
      <h2>{view.text}</h2>
      <p className="what">{view.what}</p>
      {view.belief && (
        <p className={view.belief.isTrue === false ? "belief mistaken" : "belief"}>
          {view.belief.holder} is {percent(view.belief.after)} sure that {view.belief.claim}, after{" "}
          {percent(view.belief.before)}.{view.belief.isTrue === false && " It is not so."}
        </p>
      )}
      {view.reasons.length > 0 && <Reasons reasons={view.reasons} />}
      {view.carried.length > 0 && (
        <Section title="What carried it there">
          {view.carried.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </Section>
      )}
      <Links title="Because" links={view.causes} none="It goes back to the beginning." />
      {view.hiddenCauses > 0 && (
        <p className="unknown">
          {eyes?.title} does not know of{" "}
          {view.hiddenCauses === 1 ? "one more cause" : `${view.hiddenCauses} more causes`}.
        </p>
      )}
      <Links title="And so" links={view.effects} none="Nothing followed from it directly." />
      <Section title="Who noticed">
        {view.perceived.length === 0 ? (
          <p>Nobody.</p>
        ) : (
          <ul className="who">
            {view.perceived.map((one) => (
              <li key={`${one.who} ${one.sense}`}>
                <Person id={one.who} name={one.name} /> {senseWords[one.sense]}
                {one.whole ? "" : ", but not what it was"}
              </li>
            ))}
          </ul>
        )}
      </Section>
      {view.writes.length > 0 && (
        <Section title="What it changed">
          <ul>
            {view.writes.map((write) => (
              <li key={`${write.what} ${write.value}`}>
                {write.what}: {write.value}
              </li>
            ))}
          </ul>
        </Section>
      )}
      <p className="next-steps">
        {views.includes("why") && (
          <button type="button" onClick={() => go({ view: "why", question: "" })}>
            The whole why
          </button>
        )}
        {views.includes("what-if") && view.without !== undefined && (
          <button type="button" onClick={() => go(toBranch(place, view.without))}>
            What if not?
          </button>
        )}
      </p>
    </>
  );
}

function Section({
  title,
  children,
}: {
  readonly title: string;
  readonly children: React.ReactNode;
}) {
  return (
    <section>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Links({
  title,
  links,
  none,
}: {
  readonly title: string;
  readonly links: readonly LinkView[];
  readonly none: string;
}) {
  const { go } = useSession();
  return (
    <Section title={title}>
      {links.length === 0 ? (
        <p>{none}</p>
      ) : (
        <ul className="links">
          {links.map((link) => (
            <li key={link.occurrence}>
              <button type="button" className="link" onClick={() => go({ at: link.occurrence })}>
                <span className="clock">{link.clock.replace(/^.* /, "")}</span> {link.text}
              </button>
              <span className="kind">{link.kind}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** Rejected reasons shown besides the chosen one. */
const reasonsMax = 8;

function Reasons({ reasons }: { readonly reasons: readonly ReasonView[] }) {
  const shown = reasons.filter((reason, index) => reason.chosen || index < reasonsMax);
  const most = Math.max(0.01, ...shown.map((reason) => Math.abs(reason.gain)));
  return (
    <Section title="What was weighed">
      <ul className="reasons">
        {shown.map((reason) => (
          <li key={reason.deed} className={reason.chosen ? "taken" : "rejected"}>
            <span className="deed">
              {reason.chosen ? "✓ " : ""}
              {reason.deed === "" ? "to do nothing" : `to ${reason.deed}`}
              {reason.plan !== undefined && (
                <span className="plan">, then to {reason.plan.join(", to ")}</span>
              )}
            </span>
            <span className="gain">
              <span
                className={reason.gain < 0 ? "bar against" : "bar"}
                style={{ inlineSize: `${(Math.abs(reason.gain) / most) * 100}%` }}
              />
              <span className="number">{reason.gain.toFixed(2)}</span>
            </span>
            {reason.wants.length > 0 && (
              <span className="wants">
                {reason.wants
                  .slice(0, 3)
                  .map(({ want, gain }) => `${gain < 0 ? "against" : "for"} ${want}`)
                  .join("; ")}
              </span>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function toBranch({ changes }: Place, without = ""): Partial<Place> {
  const added = changes.includes(without) ? changes : [...changes, without];
  return { view: "what-if", changes: added, at: -1 };
}

const senseWords = { seen: "saw it", heard: "heard it", felt: "felt it" } as const;

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
