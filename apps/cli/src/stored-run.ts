/** Runs on their way to a store and back: an occurrence in words, and where two tellings differ. */
import { createWords, describeExpression, type OpenedStory, type Simulation } from "fabula";
import type { RunHeader, StoredOccurrence } from "fabula/node";
import type { RunFlags } from "./story-input.js";

/** `place`: as the story was named. */
export function headerOf(
  place: string,
  story: OpenedStory,
  simulation: Simulation,
  { seed, change, jitter }: RunFlags,
): RunHeader {
  const { chronicle } = simulation;
  return {
    story: story.world.story.name,
    place,
    world: story.world.hash,
    seed,
    changes: change,
    jitter,
    occurrences: chronicle.count,
    ended: chronicle.endTime,
    hash: chronicle.hash(),
  };
}

export function* storedOccurrences(simulation: Simulation): Generator<StoredOccurrence> {
  const { chronicle, world } = simulation;
  const words = createWords(simulation);
  const nameOf = (entity: number) => world.entities[entity]?.name ?? String(entity);
  for (let id = 0; id < chronicle.count; id += 1) {
    const occurrence = chronicle.get(id);
    const { time, kind, perceived, causes, belief } = occurrence;
    yield {
      id,
      time,
      kind,
      what: words.label(occurrence),
      text: words.sentence(occurrence),
      perceived: perceived.map(({ who }) => nameOf(who)),
      causes: causes.map(({ from, kind: how }) => ({ from, kind: how })),
      ...(belief === undefined
        ? {}
        : {
            belief: {
              holder: nameOf(belief.holder),
              claim: describeExpression(world, belief.claim),
              before: belief.before,
              after: belief.after,
              source: belief.source,
              by: belief.by < 0 ? null : nameOf(belief.by),
            },
          }),
    };
  }
}

/** The first occurrence in which what is played differs from what was stored. */
export function firstDifference(
  stored: readonly StoredOccurrence[],
  played: Iterable<StoredOccurrence>,
): { readonly stored?: StoredOccurrence; readonly played?: StoredOccurrence } | undefined {
  let index = 0;
  for (const one of played) {
    const other = stored[index];
    if (other === undefined) return { played: one };
    if (JSON.stringify(sorted(one)) !== JSON.stringify(sorted(other))) {
      return { stored: other, played: one };
    }
    index += 1;
  }
  const missing = stored[index];
  return missing === undefined ? undefined : { stored: missing };
}

/** In one order of fields, wherever it comes from. */
function sorted({ id, time, kind, what, text, perceived, causes, belief }: StoredOccurrence) {
  const by = belief && [belief.holder, belief.claim, belief.before, belief.after, belief.source];
  const from = [...causes].sort((a, b) => a.from - b.from).map((one) => [one.from, one.kind]);
  return [id, time, kind, what, text, perceived, from, by, belief?.by];
}
