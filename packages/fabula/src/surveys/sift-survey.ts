/** Micro-stories in runs, in words: the survey behind `sift`. */
import { type Sifted, siftAll } from "@fabula/lab";
import { describeValue } from "@fabula/language";
import type { Pattern } from "@fabula/model";
import { createEnglish, ReplayedState } from "@fabula/telling";
import type { OpenedStory, Read } from "../opened-story.js";
import { createWords } from "../words.js";
import type { AnswerSeed } from "./answer-seed.js";

export interface SiftAsk {
  readonly kind: "sift";
  /** By id; []: all there are. */
  readonly patterns: readonly string[];
  readonly changes: readonly string[];
  readonly jitter: number;
}

/** One micro-story that was found. */
export interface FoundStory {
  readonly pattern: string;
  readonly text: string;
  /** By binder: identifiers, claims as written. */
  readonly who: Readonly<Record<string, string>>;
  readonly steps: readonly {
    readonly name: string;
    readonly occurrence: number;
    readonly time: number;
    readonly clock: string;
    readonly text: string;
  }[];
}

/** The patterns asked for, in the order of the texts; all where none is named. */
export function patternsOf(story: OpenedStory, ids: readonly string[]): Read<readonly Pattern[]> {
  const { patterns } = story.world.story;
  const known = patterns.map((pattern) => pattern.id);
  for (const id of ids) {
    if (known.includes(id)) continue;
    const message = `unknown pattern "${id}"`;
    const remedy =
      known.length === 0
        ? 'write one: `pattern NAME "Title" for ...`'
        : `one of: ${known.join(", ")}`;
    return { ok: false, diagnostics: [{ code: "FAB6009", severity: "error", message, remedy }] };
  }
  const value = ids.length === 0 ? patterns : patterns.filter((one) => ids.includes(one.id));
  return { ok: true, value, diagnostics: [] };
}

/** FoundStory[] as JSON. */
export function siftSurvey(story: OpenedStory, ask: SiftAsk): Read<AnswerSeed> {
  const changes = story.readChanges(ask.changes);
  if (!changes.ok) return changes;
  const patterns = patternsOf(story, ask.patterns);
  if (!patterns.ok) return patterns;
  const { jitter } = ask;
  const value: AnswerSeed = (seed) => {
    const simulation = story.begin({ seed, changes: changes.value, jitter });
    const found = siftAll(simulation, patterns.value);
    const words = createWords(simulation);
    const english = createEnglish(new ReplayedState(simulation.world, simulation.chronicle));
    const inWords = (pattern: Pattern, { steps, locals }: Sifted): FoundStory => {
      const last = steps.at(-1)?.occurrence ?? 0;
      const scene = { at: last, speaker: -1, hearer: -1, said: false };
      const told = pattern.told.find((one) => one.to === undefined);
      const binders = pattern.binders.map(({ name, type }, slot) => {
        const given = locals[slot] ?? -1;
        const value =
          type < 0
            ? describeValue(story.world, given, claimType)
            : (story.world.entities[given]?.name ?? english.lexicon.nameOf(given));
        return [name, value] as const;
      });
      return {
        pattern: pattern.id,
        text: told === undefined ? pattern.title : english.text(told.parts, locals, scene).text,
        who: Object.fromEntries(binders.filter(([name]) => !name.includes("."))),
        steps: steps.map(({ name, occurrence, time }) => ({
          name,
          occurrence,
          time,
          clock: words.clockAt(time),
          text: words.sentence(simulation.chronicle.get(occurrence)),
        })),
      };
    };
    const stories = found.flatMap((matches, index) =>
      matches.map((match) => inWords(patterns.value[index] as Pattern, match)),
    );
    return JSON.stringify(stories);
  };
  return { ok: true, value, diagnostics: changes.diagnostics };
}

const claimType = { kind: "claim" } as const;
