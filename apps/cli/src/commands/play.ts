/** `fabula play`: what happens. */
import type { Command } from "commander";
import {
  assertSound,
  createEnglish,
  createWords,
  type English,
  lookAround,
  type Occurrence,
  type OccurrenceWords,
  type OpenedStory,
  ownWants,
  PassageReader,
  ReplayedState,
  type RunOptions,
  type Simulation,
} from "fabula";
import { badInput } from "../bad-input.js";
import { exitCode } from "../exit-code.js";
import { breathe, isInterrupted } from "../interruption.js";
import { KeptChoices } from "../kept-choices.js";
import { occurrenceJson } from "../occurrence-json.js";
import { counted, write, writeNow } from "../output.js";
import { Reader, TakenBack } from "../reader.js";
import { headerOf, storedOccurrences } from "../stored-run.js";
import { openStory, personOf, type RunFlags, runOptionsOf, unwrap } from "../story-input.js";
import { createCommand, withRunOptions } from "./command.js";

interface PlayFlags extends RunFlags {
  readonly until?: string;
  readonly as?: string;
  readonly choices?: string;
  readonly store?: string;
  readonly json?: boolean;
}

export function createPlayCommand(): Command {
  const command = createCommand(
    "play",
    "Play a story: what happens if everyone acts on what they believe and want.",
    "play leaf/until-the-end --seed 7",
  ).argument("<STORY>", "a file, or a bundled story like leaf/until-the-end");
  return withRunOptions(command)
    .option("--until <T>", 'stop there: end, "10 min" after the beginning, 12:30', "end")
    .option("--as <PERSON>", "choose for this person, seeing only what they know")
    .option("--choices <FILE>", "with --as: choose again what is there, and keep what you choose")
    .option("--store <FILE>", "keep the run there, for `fabula runs`")
    .option("--json", "JSON Lines: a header, an occurrence a line, an end line with the hash")
    .action(play);
}

async function play(name: string, flags: PlayFlags): Promise<void> {
  const story = openStory(name);
  const until = unwrap(story.readMoment(flags.until ?? "end", "--until"));
  const options = runOptionsOf(story, flags);
  const as = personOf(story, flags.as, "--as", options.changes);
  if (flags.store !== undefined && flags.as !== undefined) {
    throw badInput(
      "FAB7006",
      "--store does not go with --as",
      "--choices FILE keeps what you choose",
    );
  }
  if (flags.json && flags.as !== undefined) {
    throw badInput("FAB7006", "--json does not go with --as: a reader is asked in words");
  }
  if (flags.choices !== undefined && flags.as === undefined) {
    throw badInput("FAB7006", "--choices says what a reader chose", "--as PERSON as well");
  }
  const kept = flags.choices === undefined ? undefined : new KeptChoices(flags.choices);
  const reader = as === -1 ? undefined : new Reader(as, kept);
  let simulation = await playThrough(story, options, flags, until, reader);
  while (simulation === undefined) {
    simulation = await playThrough(story, options, flags, until, reader);
  }
  if (flags.store !== undefined && simulation.ended) {
    const { Store } = await import("fabula/node");
    const store = Store.open(flags.store);
    try {
      store.putRun(headerOf(name, story, simulation, flags), storedOccurrences(simulation));
    } finally {
      store.close();
    }
  }
  if (isInterrupted()) process.exitCode = exitCode.interrupted;
}

/** Plays and tells it; undefined: the reader took back a choice, and it is to be played again. */
async function playThrough(
  story: OpenedStory,
  options: RunOptions,
  flags: PlayFlags,
  until: number,
  reader: Reader | undefined,
): Promise<Simulation | undefined> {
  const simulation = story.begin(options, reader);
  const show = flags.json
    ? new JsonPlay(story, simulation, flags)
    : new TextPlay(story, simulation, reader?.person ?? -1);
  let shown = 0;
  let isTold = reader?.hasTakenBack ?? false;
  const news = () => {
    const { chronicle } = simulation;
    let text = isTold || chronicle.count === 0 ? "" : show.begin();
    isTold ||= chronicle.count > 0;
    for (; shown < chronicle.count; shown += 1) text += show.occurrence(chronicle.get(shown));
    return reader?.isRepeating ? "" : text;
  };
  const english = createEnglish(new ReplayedState(simulation.world, simulation.chronicle));
  reader?.begin({
    english,
    clock: () => english.lexicon.clockOf(simulation.now),
    at: () => Math.max(0, simulation.chronicle.count - 1),
    catchUp: () => {
      writeNow(news());
      show.asks();
    },
    look: () => lookAround(simulation, english, reader.person),
  });
  try {
    simulation.begin();
    assertSound(simulation);
    await write(news());
    while (!isInterrupted() && simulation.step(until)) {
      await write(news());
      await breathe();
    }
    if (Number.isFinite(until)) simulation.runUntil(until);
  } catch (fault) {
    if (fault instanceof TakenBack) return undefined;
    throw fault;
  }
  await write(news());
  assertSound(simulation);
  await write(show.end());
  return !isInterrupted() && reader?.takesBackAtEnd() ? undefined : simulation;
}

/** Each part as lines with their ends, or "". */
interface Play {
  begin(): string;
  occurrence(occurrence: Occurrence): string;
  /** A reader is asked to choose. */
  asks(): void;
  end(): string;
}

class JsonPlay implements Play {
  private readonly words: OccurrenceWords;

  constructor(
    private readonly story: OpenedStory,
    private readonly simulation: Simulation,
    private readonly flags: PlayFlags,
  ) {
    this.words = createWords(simulation);
  }

  begin(): string {
    const { name, title, begins } = this.story.world.story;
    const { seed, change, jitter } = this.flags;
    const world = this.story.world.hash;
    return line({ story: name, title, seed, changes: change, jitter, begins, world });
  }

  occurrence(occurrence: Occurrence): string {
    return line(occurrenceJson(this.simulation.world, this.words, occurrence));
  }

  asks(): void {}

  end(): string {
    const { chronicle, now, ended } = this.simulation;
    return line({ end: ended, time: now, occurrences: chronicle.count, hash: chronicle.hash() });
  }
}

function line(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

/** Milliseconds of the story after which the same line is no repetition. */
const anewAfter = 60_000;

/** Somebody who has just begun to write wants to know what to do now. */
const nothing =
  "Nothing happens that a sentence tells. Of an act that you waited for,\n" +
  '`fabula why STORY "somebody.act"` says what it needs, or what speaks against it.';

class TextPlay implements Play {
  private readonly english: English;
  private readonly reader: PassageReader;
  private readonly clockAt: (time: number) => string;
  private last = "";
  private lastTime = 0;
  private lastClock = "";

  constructor(
    private readonly story: OpenedStory,
    private readonly simulation: Simulation,
    private readonly as: number,
  ) {
    this.english = createEnglish(new ReplayedState(simulation.world, simulation.chronicle), "few");
    this.reader = new PassageReader(this.english, { focalizer: as });
    this.clockAt = (time) => this.english.lexicon.clockOf(time);
  }

  begin(): string {
    const title = `${this.story.world.story.title}\n\n`;
    if (this.as === -1) return title;
    const wants = ownWants(this.english, this.as).map((want) => `You hope that ${want}.\n`);
    return `${title}You are ${this.english.lexicon.nameOf(this.as)}.\n${wants.join("")}`;
  }

  occurrence(occurrence: Occurrence): string {
    const passage = this.reader.read(occurrence);
    if (passage === undefined) return "";
    const isAnew = passage.time - this.lastTime >= anewAfter;
    if (passage.text === this.last && !isAnew) return "";
    const clock = this.clockAt(passage.time);
    const margin = clock === this.lastClock ? " ".repeat(clock.length) : clock;
    this.last = passage.text;
    this.lastTime = passage.time;
    this.lastClock = clock;
    return `${margin}  ${passage.text}\n`;
  }

  /** What follows a choice is told, though the same was told before it. */
  asks(): void {
    this.last = " ";
  }

  end(): string {
    const { chronicle, ended, now } = this.simulation;
    const size = `${counted(chronicle.count, "occurrence")}, ${chronicle.hash()}`;
    const end = `\n${this.clockAt(now)}  ${ended ? "The end." : "So far."} (${size})\n`;
    return this.last === "" ? `${nothing}\n${end}` : end;
  }
}
