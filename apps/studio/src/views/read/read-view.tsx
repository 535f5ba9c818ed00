/** The story as a page. Every sentence can be asked what is behind it. */
import type { PageSection, PageSentence } from "fabula";
import { useCallback, useEffect, useRef } from "react";
import { useEngine } from "../../engine/use-engine";
import { Answered } from "../../parts/answered";
import { hueStyle } from "../../parts/person";
import { hueOf, useSession } from "../../shell/session";
import { Inspector } from "../inspector/inspector";
import { useKeptPlace } from "./kept-place";
import { SaveAsFile } from "./save-as-file";

export function ReadView() {
  const { client, key, place, eyes, go } = useSession();
  const telling = place.telling === "" ? {} : { telling: place.telling };
  const ask = { key, eyes: eyes?.id ?? -1, ...telling };
  const page = useEngine(client, "page", ask, "keep");
  const open = useCallback((at: number) => go({ at }), [go]);
  const told = useRef<HTMLDivElement>(null);
  const asked = `${place.eyes} ${place.telling} ${place.seed} ${place.changes.join("; ")}`;
  useKeptPlace(told, asked, page.state === "answered" ? page.answer : undefined);
  return (
    <div className={place.at === -1 ? "reading" : "reading inspecting"}>
      <div className="told" ref={told}>
        <div className="told-tools">
          <label>
            <input
              type="checkbox"
              checked={place.marks}
              onChange={(event) => go({ marks: event.target.checked }, "replace")}
            />
            Mark what is believed but not so
          </label>
          {page.state === "answered" && page.answer.sections.length > 0 && (
            <SaveAsFile page={ask} />
          )}
        </div>
        <Answered asked={page} what="Telling the story">
          {({ title, sections }) => (
            <article className="prose" aria-label={title}>
              <h2>{title}</h2>
              {sections.length === 0 && (
                <p className="nothing">
                  {eyes === undefined
                    ? "Left to itself, nothing happens here that is worth telling. “What if” can change that."
                    : "Nothing of what happened came to this person."}
                </p>
              )}
              {sections.map((section, index) => (
                <Section
                  // biome-ignore lint/suspicious/noArrayIndexKey: sections never change their order
                  key={index}
                  section={section}
                  named={sections.some((one) => one.eyes !== section.eyes)}
                  at={place.at}
                  marks={place.marks}
                  open={open}
                />
              ))}
            </article>
          )}
        </Answered>
      </div>
      {place.at !== -1 && <Inspector id={place.at} />}
    </div>
  );
}

interface SectionProps {
  readonly section: PageSection;
  /** Whether to say whose eyes: where they change in one telling. */
  readonly named: boolean;
  readonly at: number;
  readonly marks: boolean;
  readonly open: (occurrence: number) => void;
}

function Section({ section, named, at, marks, open }: SectionProps) {
  const { outline } = useSession();
  return (
    <section style={hueStyle(hueOf(outline, section.eyes))} aria-label={section.clock}>
      <p className="clock">
        {named && section.name !== "" && <span className="whose">{section.name} · </span>}
        {section.clock}
      </p>
      {section.paragraphs.map((sentences, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs never change their order
        <p key={index}>
          {sentences.map((sentence, place) => (
            <Sentence
              // biome-ignore lint/suspicious/noArrayIndexKey: sentences never change their order
              key={place}
              sentence={sentence}
              chosen={sentence.occurrence === at}
              marks={marks}
              open={open}
            />
          ))}
        </p>
      ))}
    </section>
  );
}

interface SentenceProps {
  readonly sentence: PageSentence;
  readonly chosen: boolean;
  readonly marks: boolean;
  readonly open: (occurrence: number) => void;
}

function Sentence({ sentence, chosen, marks, open }: SentenceProps) {
  const own = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (chosen) own.current?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  const mistaken = marks && sentence.mistaken;
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a button does not break across lines */}
      <span
        ref={own}
        role="button"
        tabIndex={0}
        className={`sentence ${sentence.kind}${chosen ? " chosen" : ""}${mistaken ? " mistaken" : ""}`}
        aria-pressed={chosen}
        data-occurrence={sentence.occurrence}
        onClick={() => open(sentence.occurrence)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" && event.key !== " ") return;
          event.preventDefault();
          open(sentence.occurrence);
        }}
      >
        {sentence.text}
        {mistaken && <span className="note"> (not so)</span>}
      </span>{" "}
    </>
  );
}
