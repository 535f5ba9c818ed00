/** `fabula play`: what happens. */
import type { Command } from "commander";
import {
  assertSound,
  createEnglish,
  createWords,
  type Occurrence,
  type OccurrenceWords,
  type OpenedStory,
  PassageReader,
  ReplayedState,
  type Simulation,
} from "fabula";
import { exitCode } from "../exit-code.js";
import { breathe, isInterrupted } from "../interruption.js";
import { write, writeJson, writeLine } from "../output.js";
import { openStory, personOf, type RunFlags, runOptionsOf, unwrap } from "../story-input.js";
import { createCommand, withRunOptions } from "./command.js";

interface PlayFlags extends RunFlags {
  readonly until?: string;
  readonly as?: string;
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
    .option("--as <PERSON>", "see only what this person knows")
    .option("--json", "JSON Lines: a header, an occurrence a line, an end line with the hash")
    .action(play);
}

async function play(name: string, flags: PlayFlags): Promise<void> {
  const story = openStory(name);
  const until = unwrap(story.readMoment(flags.until ?? "end", "--until"));
  const as = personOf(story, flags.as, "--as");
  const simulation = story.begin(runOptionsOf(story, flags));
  const show = flags.json
    ? new JsonPlay(story, simulation, flags)
    : new TextPlay(story, simulation, as);
  await show.begin();
  let shown = 0;
  const catchUp = async () => {
    for (; shown < simulation.chronicle.count; shown += 1) {
      await show.occurrence(simulation.chronicle.get(shown));
    }
  };
  simulation.begin();
  await catchUp();
  while (!isInterrupted() && simulation.step(until)) {
    await catchUp();
    await breathe();
  }
  if (Number.isFinite(until)) simulation.runUntil(until);
  await catchUp();
  assertSound(simulation);
  await show.end();
  if (isInterrupted()) process.exitCode = exitCode.interrupted;
}

class JsonPlay {
  private readonly words: OccurrenceWords;

  constructor(
    private readonly story: OpenedStory,
    private readonly simulation: Simulation,
    private readonly flags: PlayFlags,
  ) {
    this.words = createWords(simulation);
  }

  async begin(): Promise<void> {
    const { name, title, begins } = this.story.world.story;
    const { seed, change, jitter } = this.flags;
    await writeJson({
      story: name,
      title,
      seed,
      changes: change,
      jitter,
      begins,
      world: this.story.world.hash,
    });
  }

  async occurrence(occurrence: Occurrence): Promise<void> {
    const nameOf = (entity: number) => this.story.world.entities[entity]?.name ?? `#${entity}`;
    const { id, time, kind, perceived, causes } = occurrence;
    await writeJson({
      id,
      time,
      clock: this.words.clockOf(occurrence),
      kind,
      what: this.words.label(occurrence),
      text: this.words.sentence(occurrence),
      perceived: perceived.map((one) => ({
        who: nameOf(one.who),
        sense: one.sense,
        whole: one.whole,
      })),
      causes: causes.map((cause) => ({ from: cause.from, kind: cause.kind })),
    });
  }

  async end(): Promise<void> {
    const { chronicle, now, ended } = this.simulation;
    await writeJson({
      end: ended,
      time: now,
      occurrences: chronicle.count,
      hash: chronicle.hash(),
    });
  }
}

class TextPlay {
  private readonly reader: PassageReader;
  private readonly clockAt: (time: number) => string;
  private last = "";
  private lastClock = "";

  constructor(
    private readonly story: OpenedStory,
    private readonly simulation: Simulation,
    as: number,
  ) {
    const english = createEnglish(new ReplayedState(story.world, simulation.chronicle));
    this.reader = new PassageReader(english, { focalizer: as });
    this.clockAt = (time) => english.lexicon.clockOf(time);
  }

  async begin(): Promise<void> {
    await write(`${this.story.world.story.title}\n\n`);
  }

  async occurrence(occurrence: Occurrence): Promise<void> {
    const passage = this.reader.read(occurrence);
    if (passage === undefined || passage.text === this.last) return;
    const clock = this.clockAt(passage.time);
    const margin = clock === this.lastClock ? " ".repeat(clock.length) : clock;
    await writeLine(`${margin}  ${passage.text}`);
    this.last = passage.text;
    this.lastClock = clock;
  }

  async end(): Promise<void> {
    const { chronicle, now } = this.simulation;
    await write(
      `\n${this.clockAt(now)}  The end. (${chronicle.count} occurrences, ${chronicle.hash()})\n`,
    );
  }
}
