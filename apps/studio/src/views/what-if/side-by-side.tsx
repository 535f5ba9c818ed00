/** The story as written and as changed, beside each other; what stands in one alone is marked. */
import type { Page } from "fabula";
import { useEngine } from "../../engine/use-engine";
import { Answered } from "../../parts/answered";
import { useSession } from "../../shell/session";

export function SideBySide() {
  const { client, key, eyes } = useSession();
  const as = eyes?.id ?? -1;
  const written = useEngine(client, "page", { key: { ...key, changes: [] }, eyes: as });
  const changed = useEngine(client, "page", { key, eyes: as });
  return (
    <div className="side-by-side">
      <Answered asked={written} what="Telling it as written">
        {(before) => (
          <Answered asked={changed} what="Telling it as changed">
            {(after) => (
              <>
                <Column title="as written" page={before} other={after} />
                <Column title="as changed" page={after} other={before} />
              </>
            )}
          </Answered>
        )}
      </Answered>
    </div>
  );
}

function Column({
  title,
  page,
  other,
}: {
  readonly title: string;
  readonly page: Page;
  readonly other: Page;
}) {
  const there = new Set(
    other.sections.flatMap((section) => section.paragraphs.flat().map((one) => one.text)),
  );
  return (
    <article className="prose column" aria-label={title}>
      <h3>{title}</h3>
      {page.sections.flatMap((section, at) =>
        section.paragraphs.map((sentences, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs never change their order
          <p key={`${at} ${index}`}>
            {sentences.map((one, place) =>
              there.has(one.text) ? (
                `${one.text} `
              ) : (
                // biome-ignore lint/suspicious/noArrayIndexKey: sentences never change their order
                <mark key={place}>{one.text} </mark>
              ),
            )}
          </p>
        )),
      )}
    </article>
  );
}
