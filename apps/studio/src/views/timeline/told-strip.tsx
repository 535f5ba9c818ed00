/**
 * In what order it is told: the sections of a telling over the time they tell of. What goes back
 * stands where it is told, with a sign of how far.
 */
import type { Outline, PageSection } from "fabula";
import { useEngine } from "../../engine/use-engine";
import { hueStyle } from "../../parts/person";
import { hueOf, useSession } from "../../shell/session";
import { type Stretch, spanLabel } from "./scale";

/** Going back by less than this is the same moment through other eyes. */
const sameMoment = 1000;

export function ToldStrip({ stretch }: { readonly stretch: Stretch }) {
  const { client, key, outline } = useSession();
  const [telling] = outline.tellings;
  const ask = telling === undefined ? undefined : { key, eyes: -1, telling: telling.id };
  const page = useEngine(client, "page", ask);
  if (telling === undefined || page.state !== "answered") return null;
  return (
    <section className="told-strip" aria-label="In what order it is told">
      <span className="told-title">{telling.title}</span>
      <ol>
        {page.answer.sections.map((section, index) => (
          <Stretched
            // biome-ignore lint/suspicious/noArrayIndexKey: sections are told in this order
            key={index}
            order={index + 1}
            section={section}
            before={page.answer.sections[index - 1]}
            stretch={stretch}
            outline={outline}
          />
        ))}
      </ol>
    </section>
  );
}

function Stretched({
  order,
  section,
  before,
  stretch,
  outline,
}: {
  readonly order: number;
  readonly section: PageSection;
  readonly before: PageSection | undefined;
  readonly stretch: Stretch;
  readonly outline: Outline;
}) {
  const share = (time: number) => ((time - stretch.from) / (stretch.to - stretch.from)) * 100;
  const back = before === undefined ? 0 : before.to - section.from;
  const isBack = back > sameMoment;
  const left = Math.max(0, Math.min(100, share(section.from)));
  const right = Math.max(0, Math.min(100, share(section.to)));
  const words = `${order}. ${section.name || "nobody’s eyes"}, from ${section.clock}`;
  const told = isBack
    ? `${words}, told as a flashback: back by ${spanLabel(back, 1000).slice(1)}`
    : words;
  return (
    <li
      className={isBack ? "told-section back" : "told-section"}
      style={{
        ...hueStyle(hueOf(outline, section.eyes)),
        marginInlineStart: `${left}%`,
        inlineSize: `max(1.6rem, ${right - left}%)`,
      }}
      title={told}
    >
      <span aria-hidden="true">
        {isBack ? "↶ " : ""}
        {order}
      </span>
      <span className="hidden-words">{told}</span>
      {isBack && before !== undefined && (
        <span
          className="told-from"
          aria-hidden="true"
          style={{ inlineSize: `${Math.max(0, share(before.to) - share(section.to))}cqi` }}
        />
      )}
    </li>
  );
}
