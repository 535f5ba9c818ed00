/**
 * One person's story as a reader chooses it, up to the next choice. The run is played anew with the
 * choices so far: the same choices give the same run, so going back is choosing less.
 */
import type { Reason } from "@fabula/chronicle";
import type { Steering } from "@fabula/engine";
import { assertSound, type RunOptions } from "@fabula/lab";
import type { ExprId } from "@fabula/model";
import { createEnglish, planThrough, ReplayedState, type Scene, tellStory } from "@fabula/telling";
import { deedTexts } from "../deed-texts.js";
import type { OpenedStory } from "../opened-story.js";
import { ownWants } from "../own-wants.js";
import { type Look, lookAround } from "./look-around.js";
import { type Page, sectionsOf } from "./page.js";

/** A choice: 0 .. the option of that number, -1 nothing; `yes`, `no` to what is asked. */
export type Choice = number | "yes" | "no";

export interface ChoiceOption {
  readonly choice: Choice;
  readonly text: string;
  /** How much the person makes of it themselves. */
  readonly gain: number;
}

export interface PlayedAs {
  /** What the person wants besides what all of their type do: `you have the key`. */
  readonly wants: readonly string[];
  /** All the person knows of so far; of a story that has ended, what those eyes saw of it. */
  readonly page: Page;
  readonly clock: string;
  readonly ended: boolean;
  /** Who wants what of the person; absent where they may do something of their own. */
  readonly asked?: string;
  /** What is before the person who is to choose; absent at the end. */
  readonly look?: Look;
  /** Empty at the end. */
  readonly options: readonly ChoiceOption[];
  /** The choices made, in order. */
  readonly made: readonly { readonly clock: string; readonly text: string }[];
}

/**
 * Choices beyond those that the run asks for are left out of `made`. `eyes`: whose a story that has
 * ended is told through; -1 nobody's.
 */
export function playedAs(
  story: OpenedStory,
  options: RunOptions,
  person: number,
  choices: readonly Choice[],
  eyes: number = person,
): PlayedAs {
  const reader = new ChoosingReader(person, choices);
  const simulation = story.begin(options, reader);
  reader.now = () => simulation.now;
  reader.look = () => {
    const live = createEnglish(new ReplayedState(simulation.world, simulation.chronicle));
    return lookAround(simulation, live, person);
  };
  let ended = false;
  try {
    simulation.runUntil(Number.POSITIVE_INFINITY);
    assertSound(simulation);
    ended = true;
  } catch (pause) {
    if (!(pause instanceof ChoicePending)) throw pause;
  }
  const reading = new ReplayedState(simulation.world, simulation.chronicle);
  const through = ended ? eyes : person;
  const voice = through === -1 ? "name" : "you";
  const told = tellStory(reading, { ...planThrough(reading, through), voice, apart: "few" });
  const english = createEnglish(new ReplayedState(simulation.world, simulation.chronicle));
  const { lexicon } = english;
  const last = Math.max(0, simulation.chronicle.count - 1);
  const scene: Scene = { at: last, speaker: -1, hearer: -1, said: false, you: person };
  const deedInWords = (deed: ExprId) => english.claims.deed(deed, "", scene);
  const begins = simulation.chronicle.timeOf(0);
  const sections = sectionsOf(told.passages, lexicon, begins, () => false);
  const { pending } = reader;
  const asked =
    pending?.asker === undefined
      ? {}
      : { asked: `${lexicon.nameOf(pending.asker)} wants you to ${deedInWords(pending.deed)}.` };
  return {
    wants: ownWants(english, person),
    page: { title: told.title, sections },
    clock: lexicon.clockOf(simulation.now),
    ended,
    ...asked,
    ...(ended || pending?.look === undefined ? {} : { look: pending.look }),
    options:
      ended || pending === undefined
        ? []
        : optionsOf(pending, (deeds) => deedTexts(english, deeds, scene)),
    made: reader.made.map(({ time, deed, answer }) => ({
      clock: lexicon.clockOf(time),
      text: deed === -1 ? "nothing" : `${answer}${deedInWords(deed)}`,
    })),
  };
}

/** The run stands at a choice that nobody has made yet. */
class ChoicePending extends Error {}

interface PendingChoice {
  readonly reasons: readonly Reason[];
  readonly deed: ExprId;
  readonly asker?: number;
  readonly look?: Look;
}

class ChoosingReader implements Steering {
  pending: PendingChoice | undefined;
  readonly made: { time: number; deed: ExprId; answer: string }[] = [];
  now: () => number = () => 0;
  look: (() => Look) | undefined;
  #next = 0;

  constructor(
    readonly person: number,
    private readonly choices: readonly Choice[],
  ) {}

  choose(options: readonly Reason[]): number | undefined {
    if (options.length === 0) return undefined;
    const choice = this.#take({ reasons: options, deed: -1 });
    const index = typeof choice === "number" && choice < options.length ? choice : -1;
    this.made.push({ time: this.now(), deed: options[index]?.deed ?? -1, answer: "" });
    return index;
  }

  grant(deed: ExprId, asker: number): boolean | undefined {
    const yes = this.#take({ reasons: [], deed, asker }) === "yes";
    this.made.push({ time: this.now(), deed, answer: yes ? "yes: " : "no: " });
    return yes;
  }

  #take(pending: PendingChoice): Choice {
    const choice = this.choices[this.#next];
    this.#next += 1;
    if (choice === undefined) {
      const look = this.look?.();
      this.pending = look === undefined ? pending : { ...pending, look };
      throw new ChoicePending();
    }
    return choice;
  }
}

function optionsOf(
  { reasons, asker }: PendingChoice,
  inWords: (deeds: readonly ExprId[]) => readonly string[],
): ChoiceOption[] {
  if (asker !== undefined) {
    return [
      { choice: "yes", text: "yes", gain: 0 },
      { choice: "no", text: "no", gain: 0 },
    ];
  }
  const texts = inWords(reasons.map(({ deed }) => deed));
  const deeds = reasons.map(({ gain }, index) => ({
    choice: index,
    text: texts[index] ?? "",
    gain,
  }));
  return [...deeds, { choice: -1, text: "nothing", gain: 0 }];
}
