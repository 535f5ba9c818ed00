/** Plays a run and tells it: through these eyes, or as the story's own telling orders it. */
import type { Simulation } from "@fabula/engine";
import { assertSound, type RunOptions } from "@fabula/lab";
import type { ExprId, Moment, Telling } from "@fabula/model";
import {
  compose,
  createEnglish,
  type Form,
  type FormName,
  forms,
  type Passage,
  planThrough,
  ReplayedState,
  type Stretch,
  type TellingPlan,
  tellStory,
  type Voice,
  type Withheld,
  type Written,
} from "@fabula/telling";
import { findMoments } from "./found-moments.js";
import type { OpenedStory } from "./opened-story.js";
import type { RecordedRun } from "./views/recorded-run.js";

/** How a run that was played is told. */
export interface WriteOptions<Name extends FormName = FormName> {
  /** Birth number; -1: nobody's, all that happened. */
  readonly eyes: number;
  /** The order of the telling and its eyes; absent: as it happened, through `eyes`. */
  readonly telling?: Telling;
  readonly form: Name;
  readonly voice: Voice;
}

export interface TellOptions<Name extends FormName = FormName>
  extends RunOptions,
    WriteOptions<Name> {}

export interface ToldRun<Name extends FormName = FormName> {
  readonly title: string;
  /** Of a form that is no text: the bytes of its file. */
  readonly text: Written<Name>;
  readonly passages: readonly Passage[];
  /** Of the chronicle told: the same for every telling of one run. */
  readonly hash: string;
}

export function tellRun<Name extends FormName>(
  story: OpenedStory,
  options: TellOptions<Name>,
): ToldRun<Name> {
  const { telling } = options;
  const simulation = story.begin(options);
  const plan = telling && planOf(story, simulation, telling);
  simulation.runUntil(Number.POSITIVE_INFINITY);
  assertSound(simulation);
  return writeRun(simulation, plan, options);
}

/** Tells a run that is kept: the same, to the byte, as `tellRun` where the run is the same. */
export function tellRecorded<Name extends FormName>(
  { story, options: played, simulation }: RecordedRun,
  options: WriteOptions<Name>,
): ToldRun<Name> {
  const { telling } = options;
  const plan = telling && planOf(story, story.begin(played), telling);
  return writeRun(simulation, plan, options);
}

/** Of a run at its end. */
function writeRun<Name extends FormName>(
  { world, chronicle }: Simulation,
  plan: TellingPlan | undefined,
  options: WriteOptions<Name>,
): ToldRun<Name> {
  const reading = new ReplayedState(world, chronicle);
  const told = tellStory(reading, {
    ...(plan ?? planThrough(reading, options.eyes)),
    voice: options.voice,
  });
  const { lexicon } = createEnglish(reading);
  const hash = chronicle.hash();
  const write: Form = forms[options.form];
  const text = write({
    told,
    sections: compose(told.passages),
    hash,
    nameOf: (entity) => lexicon.nameOf(entity),
    clockOf: (time) => lexicon.clockOf(time),
  });
  return { title: told.title, text: text as Written<Name>, passages: told.passages, hash };
}

/** Moments become occurrences; stretches follow each other where an author gave no beginning. */
export function planOf(story: OpenedStory, simulation: Simulation, telling: Telling): TellingPlan {
  const moments: Moment[] = [];
  const asked = (moment: Moment | undefined): number =>
    moment === undefined ? -1 : moments.push(moment) - 1;
  const eyes = telling.eyes.map(({ who, from, until }) => ({
    who,
    from: asked(from),
    until: asked(until),
  }));
  const withhold = telling.withhold.map(({ what, until }) => ({ what, until: asked(until) }));
  const found = findMoments(simulation, moments);
  const last = simulation.chronicle.count - 1;
  const stretches: Stretch[] = [];
  for (const { who, from, until } of eyes) {
    const before = stretches.at(-1);
    const start =
      from === -1 ? (before === undefined ? 0 : before.to + 1) : (found[from] ?? last + 1);
    const end = until === -1 ? last : (found[until] ?? last);
    if (start <= end) stretches.push({ eyes: who, from: start, to: end });
  }
  const withheld = withhold.map(({ what, until }) => withheldOf(story, what, found[until]));
  return { stretches, withheld, shown: telling.show };
}

function withheldOf(
  story: OpenedStory,
  what: readonly ExprId[],
  until: number | undefined,
): Withheld {
  const nodes = what.map((expr) => story.world.expressions.get(expr));
  return {
    entities: nodes.flatMap((node) => (node.op === "entity" ? [node.entity] : [])),
    fluents: nodes.flatMap((node) => (node.op === "fluent" ? [node.fluent] : [])),
    ...(until === undefined ? {} : { until }),
  };
}
