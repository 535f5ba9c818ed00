/** One person's story, chosen by the reader: only what that person knows, and what they could do. */
import type { Choice, Look, PlayedAs } from "fabula";
import { useEffect, useRef, useState } from "react";
import { useEngine } from "../../engine/use-engine";
import { Answered } from "../../parts/answered";
import { contains } from "../../parts/contains";
import { Person } from "../../parts/person";
import { useSession } from "../../shell/session";
import { keepChoices, keptChoices } from "./kept-choices";

export function PlayView() {
  const { outline, eyes, go } = useSession();
  if (eyes === undefined) {
    return (
      <div className="told">
        <h2>Who will you be?</h2>
        <p>You will know what this person knows, and nothing else.</p>
        <ul className="people">
          {outline.persons.map((person) => (
            <li key={person.id}>
              <button type="button" onClick={() => go({ eyes: person.name, telling: "" })}>
                <Person id={person.id} name={person.title} />
              </button>
            </li>
          ))}
        </ul>
      </div>
    );
  }
  return <Playing key={eyes.name} />;
}

function Playing() {
  const { client, key, eyes, place, go, only } = useSession();
  const name = `${place.story} ${eyes?.name} ${JSON.stringify(key)}`;
  const [choices, setChoices] = useState<readonly Choice[]>(() => keptChoices(name));
  useEffect(() => keepChoices(name, choices), [name, choices]);
  const person = eyes?.id ?? -1;
  const [through, setThrough] = useState(person);
  const played = useEngine(client, "playAs", { key, person, choices, eyes: through });
  const choose = (made: readonly Choice[]) => {
    setThrough(person);
    setChoices(made);
  };
  const latest = useRef<PlayedAs | undefined>(undefined);
  const told = useRef<HTMLDivElement>(null);
  const look = (eyes: number) => {
    setThrough(eyes);
    told.current?.scrollIntoView();
  };
  if (played.state === "answered") latest.current = played.answer;
  const shown = latest.current;
  return (
    <div className="reading inspecting">
      <div className="told" ref={told}>
        {shown && <Story played={shown} />}
        {played.state !== "answered" && (
          <Answered asked={played} what="Playing on">
            {() => null}
          </Answered>
        )}
        {played.state === "answered" && (
          <Options
            played={played.answer}
            choose={(choice) => choose([...choices.slice(0, played.answer.made.length), choice])}
          />
        )}
        {played.state === "answered" && played.answer.ended && (
          <OtherEyes person={person} through={through} look={look} />
        )}
      </div>
      {shown && (
        <aside className="inspector beside" aria-label="What you chose">
          {shown.wants.length > 0 && (
            <>
              <h2>What you hope</h2>
              <ul className="hoped-list">
                {shown.wants.map((want) => (
                  <li key={want}>that {want}</li>
                ))}
              </ul>
            </>
          )}
          {shown.look && <Around look={shown.look} />}
          <h2>What you chose</h2>
          {shown.made.length === 0 && <p>Nothing yet.</p>}
          <ol className="chosen-list">
            {shown.made.map((made, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: choices are known by their order
              <li key={index}>
                <span className="clock">{made.clock.replace(/^.* /, "")}</span> {made.text}{" "}
                <button
                  type="button"
                  className="quiet"
                  onClick={() => choose(choices.slice(0, index))}
                >
                  choose again
                </button>
              </li>
            ))}
          </ol>
          {shown.made.length > 0 && (
            <p>
              <button type="button" onClick={() => choose(choices.slice(0, shown.made.length - 1))}>
                Undo
              </button>{" "}
              <button type="button" onClick={() => choose([])}>
                From the beginning
              </button>
            </p>
          )}
          <p className="note-line">Kept in this browser: come back any time and go on.</p>
          {only === undefined && (
            <button type="button" className="quiet" onClick={() => go({ eyes: "" })}>
              Be somebody else
            </button>
          )}
        </aside>
      )}
    </div>
  );
}

/** What the person who is to choose perceives, and how they are. */
function Around({ look }: { readonly look: Look }) {
  const besides = look.here.filter(({ notes }) => notes.length === 0).map(({ name }) => name);
  return (
    <>
      <h2>How you are</h2>
      <p>{look.self.join(" ") || "As ever."}</p>
      <h2>What you perceive</h2>
      {look.here.map(
        ({ name, notes }) => notes.length > 0 && <p key={`${name} ${notes}`}>{notes.join(" ")}</p>,
      )}
      {besides.length > 0 && <p>Here besides: {besides.join(", ")}.</p>}
      {look.here.length === 0 && <p>Nothing and nobody.</p>}
      {look.known.length > 0 && (
        <details>
          <summary>What you know besides</summary>
          <ul>
            {look.known.map((one) => (
              <li key={`${one.clock} ${one.text}`}>
                <span className="clock">{one.clock}</span> {one.text}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Story({ played }: { readonly played: PlayedAs }) {
  return (
    <article className="prose">
      <h2>{played.page.title}</h2>
      {played.page.sections.length === 0 && played.options.length === 0 && (
        <p className="nothing">Nothing of what happened came to this person.</p>
      )}
      {played.page.sections.map((section, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: sections never change their order
        <section key={index}>
          <p className="clock">{section.clock}</p>
          {section.paragraphs.map((sentences, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs never change their order
            <p key={place}>{sentences.map((one) => one.text).join(" ")}</p>
          ))}
        </section>
      ))}
    </article>
  );
}

/** At the end there is nothing left to keep from the reader: how it was for the others. */
function OtherEyes({
  person,
  through,
  look,
}: {
  readonly person: number;
  readonly through: number;
  readonly look: (eyes: number) => void;
}) {
  const { outline } = useSession();
  const all = [
    { id: person, text: "as you had it" },
    ...outline.persons
      .filter(({ id }) => id !== person)
      .map(({ id, title }) => ({ id, text: `as ${title} had it` })),
    { id: -1, text: "all of it" },
  ];
  return (
    <section className="other-eyes" aria-label="Read it through other eyes">
      <h3>Read it again</h3>
      <ul>
        {all.map(({ id, text }) => (
          <li key={id}>
            <button type="button" aria-pressed={id === through} onClick={() => look(id)}>
              {text}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Options({
  played,
  choose,
}: {
  readonly played: PlayedAs;
  readonly choose: (choice: Choice) => void;
}) {
  const first = useRef<HTMLButtonElement>(null);
  const [filter, setFilter] = useState("");
  // biome-ignore lint/correctness/useExhaustiveDependencies: every new choice is brought into view
  useEffect(() => {
    void first.current?.scrollIntoView({ block: "nearest" });
  }, [played]);
  if (played.ended) return <p className="the-end">The end.</p>;
  const options = played.options.filter((option) => contains(option.text, filter));
  return (
    <section className="options" aria-label="What do you do?">
      <h3>{played.asked ?? "What do you do?"}</h3>
      <p className="clock">{played.clock}</p>
      {played.options.length > 6 && (
        <input
          type="search"
          value={filter}
          aria-label="Type what you want to do"
          placeholder="type what you want to do"
          onChange={(event) => setFilter(event.target.value)}
        />
      )}
      <ul>
        {options.map((option, index) => (
          <li key={String(option.choice)}>
            <button
              ref={index === 0 ? first : null}
              type="button"
              onClick={() => choose(option.choice)}
            >
              {option.text}
            </button>
          </li>
        ))}
      </ul>
      {options.length === 0 && <p>Nothing that comes to your mind is called that.</p>}
    </section>
  );
}
