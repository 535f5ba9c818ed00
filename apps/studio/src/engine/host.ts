/**
 * The worker's end: keeps one story and its last runs, answers one request after the other in
 * slices, so that cancelling is heard in between.
 */
import {
  askRun,
  beliefsAt,
  causeGraphOf,
  countYes,
  type Diagnostic,
  findModulesIn,
  findRoot,
  hinderedOf,
  type Intervention,
  type OpenedStory,
  occurrenceView,
  oddsOf,
  outlineOf,
  type PageOptions,
  pageOf,
  playedAs,
  RecordedRun,
  readStory,
  recordModules,
  type Steering,
  StoryFault,
  type StoryTexts,
  seekChange,
  sourceOf,
  tellRecorded,
  timelineOf,
  toldDifference,
  whatIf,
} from "fabula";
import type {
  Answer,
  Ask,
  Failure,
  FromWorker,
  Progress,
  RequestName,
  RunKey,
  ToWorker,
} from "./protocol";

/** Steps of a request: what they yield is progress, what they return is the answer. */
export type Steps<T> = Generator<Progress, T>;

/** Runs kept: enough for two branches and a look back. */
const runsMax = 6;
/** Milliseconds of work between two looks at what else was said. */
const sliceMs = 30;

/** Small enough to wait for; the command line takes any numbers. */
const leastChangeSearch = { seeds: 3, freshSeeds: 10, changesMax: 2, wanted: 3, jitter: 0 };

export class Refused extends Error {
  constructor(readonly diagnostics: readonly Diagnostic[]) {
    super(diagnostics[0]?.message ?? "refused");
  }
}

export class EngineHost {
  #story: OpenedStory | undefined;
  /** Of the story, all that it uses. */
  #texts: StoryTexts = { story: { name: "", text: "" }, modules: {} };
  readonly #runs = new Map<string, RecordedRun>();
  readonly #cancelled = new Set<number>();
  #queue: Promise<void> = Promise.resolve();

  constructor(private readonly post: (message: FromWorker) => void) {}

  receive(message: ToWorker): void {
    if (message.type === "cancel") {
      this.#cancelled.add(message.id);
      return;
    }
    const { id, name, ask } = message;
    this.#queue = this.#queue.then(() => this.#answer(id, name, ask));
  }

  async #answer(id: number, name: RequestName, ask: unknown): Promise<void> {
    try {
      const steps = this.#stepsOf(name, ask as Ask<RequestName>);
      let slice = performance.now();
      for (;;) {
        if (this.#cancelled.has(id)) throw new Cancelled();
        const { done, value } = steps.next();
        if (done) {
          this.post({ type: "answer", id, answer: value });
          return;
        }
        if (performance.now() - slice < sliceMs) continue;
        this.post({ type: "progress", id, progress: value });
        await breath();
        slice = performance.now();
      }
    } catch (error) {
      this.post({ type: "failure", id, failure: failureOf(error) });
    } finally {
      this.#cancelled.delete(id);
    }
  }

  #stepsOf<N extends RequestName>(name: N, ask: Ask<N>): Steps<Answer<N>> {
    const handlers: { [M in RequestName]: (ask: Ask<M>) => Steps<Answer<M>> } = {
      open: (given) => this.#open(given),
      play: (given) => this.#play(given),
      page: (given) => this.#page(given),
      tell: (given) => this.#tell(given),
      publish: (given) => this.#publish(given),
      timeline: (given) => this.#look(given, (run) => timelineOf(run)),
      occurrence: (given) => this.#look(given, (run) => occurrenceView(run, given.id, given.as)),
      occurrences: (given) => this.#look(given, (run) => labelsOf(run, given.from, given.to)),
      beliefs: (given) => this.#look(given, (run) => beliefsAt(run, given.time)),
      causes: (given) =>
        this.#look(given, (run) =>
          causeGraphOf(run, given.root, { as: given.as, sizeMax: given.size }),
        ),
      find: (given) => this.#find(given),
      ask: (given) => this.#ask(given),
      fits: (given) => this.#fits(given),
      whatIf: (given) => this.#whatIf(given),
      odds: (given) => this.#odds(given),
      leastChange: (given) => this.#leastChange(given),
      playAs: (given) => this.#playAs(given),
    };
    return handlers[name](ask);
  }

  // biome-ignore lint/correctness/useYield: one step
  *#open({ source }: Ask<"open">): Steps<Answer<"open">> {
    const text = source.files[source.path] ?? "";
    const main = { name: source.path, text };
    const { find, modules } = recordModules(findModulesIn(source));
    const read = readStory(main, find);
    this.#texts = { story: main, modules };
    this.#runs.clear();
    this.#story = read.ok ? read.value : undefined;
    return read.ok
      ? { outline: outlineOf(read.value.world), diagnostics: read.diagnostics }
      : { diagnostics: read.diagnostics };
  }

  *#play({ key }: Ask<"play">): Steps<Answer<"play">> {
    const run = yield* this.#run(key);
    const { chronicle, words } = run;
    const begins = chronicle.timeOf(0);
    return {
      key,
      hash: chronicle.hash(),
      occurrences: chronicle.count,
      begins,
      ends: chronicle.endTime,
      beginsClock: words.clockAt(begins),
      endsClock: words.clockAt(chronicle.endTime),
    };
  }

  *#page(given: Ask<"page">): Steps<Answer<"page">> {
    const run = yield* this.#run(given.key);
    return pageOf(run, this.#tellingOf(given));
  }

  *#tell(given: Ask<"tell">): Steps<Answer<"tell">> {
    const run = yield* this.#run(given.key);
    const { text } = tellRecorded(run, { ...this.#tellingOf(given), form: given.form });
    return { text };
  }

  *#publish({ key, as }: Ask<"publish">): Steps<Answer<"publish">> {
    // Whoever gets the page can mend nothing: a story that goes wrong on the way is refused here.
    const { story } = yield* this.#run(key);
    const { title } = story.world.story;
    const { seed, changes } = key;
    return {
      title,
      source: sourceOf(this.#texts),
      seed,
      changes,
      ...(as === undefined ? {} : { as }),
    };
  }

  #tellingOf({ eyes, telling }: Ask<"page">): PageOptions {
    const read = telling === undefined ? undefined : this.#opened().readTelling(telling);
    if (read !== undefined && !read.ok) throw new Refused(read.diagnostics);
    const voice = eyes === -1 ? "name" : "you";
    return { eyes, voice, ...(read === undefined ? {} : { telling: read.value }) };
  }

  *#look<T>({ key }: { readonly key: RunKey }, look: (run: RecordedRun) => T): Steps<T> {
    return look(yield* this.#run(key));
  }

  *#find({ key, question }: Ask<"find">): Steps<Answer<"find">> {
    const read = this.#opened().readQuestion(question);
    if (!read.ok) throw new Refused(read.diagnostics);
    yield { text: "Looking for it" };
    const story = this.#opened();
    const played = story.begin(this.#optionsOf(key));
    const root = findRoot(story, played, read.value);
    const begin = (steering?: Steering) => story.begin(this.#optionsOf(key), steering);
    const hindered = hinderedOf(root, read.value, played, begin);
    return { root: root.occurrence ?? null, hindered };
  }

  *#ask({ key, question, time, as }: Ask<"ask">): Steps<Answer<"ask">> {
    const read = this.#opened().readQuestion(question);
    if (!read.ok) throw new Refused(read.diagnostics);
    yield { text: "Asking" };
    const at = time ?? Number.POSITIVE_INFINITY;
    const { text } = askRun(this.#opened(), read.value, { ...this.#optionsOf(key), at, as });
    return { text };
  }

  // biome-ignore lint/correctness/useYield: one step
  *#fits({ changes }: Ask<"fits">): Steps<null> {
    this.#changes(changes);
    return null;
  }

  *#whatIf({ key, changes }: Ask<"whatIf">): Steps<Answer<"whatIf">> {
    yield { text: "Playing it both ways" };
    const answer = whatIf(this.#opened(), this.#changes(changes), this.#optionsOf(key));
    const { followed, ...rest } = answer;
    return { ...rest, told: toldDifference(followed) };
  }

  *#odds({ changes, question, runs }: Ask<"odds">): Steps<Answer<"odds">> {
    const story = this.#opened();
    const read = story.readQuestion(question);
    if (!read.ok) throw new Refused(read.diagnostics);
    const options = { changes: this.#changes(changes), jitter: 0 };
    let yes = 0;
    for (let seed = 1; seed <= runs; seed += 1) {
      yes += countYes(story, read.value, { from: seed, to: seed + 1 }, options);
      yield { share: seed / runs, text: `${seed} of ${runs} runs: ${yes} yes` };
    }
    return oddsOf(yes, runs);
  }

  *#leastChange(given: Ask<"leastChange">): Steps<Answer<"leastChange">> {
    const story = this.#opened();
    const read = story.readQuestion(given.question);
    if (!read.ok) throw new Refused(read.diagnostics);
    for (const lines of given.allowed) this.#changes(lines);
    const { share, runs, allowed } = given;
    const searching = seekChange(story, read.value, {
      ...leastChangeSearch,
      share,
      runsMax: runs,
      allowed,
    });
    for (;;) {
      const { done, value } = searching.next();
      if (done) return value;
      yield { share: Math.min(1, value / runs), text: `${value} of at most ${runs} runs` };
    }
  }

  *#playAs({ key, person, choices, eyes }: Ask<"playAs">): Steps<Answer<"playAs">> {
    yield { text: "Playing up to your next choice" };
    return playedAs(this.#opened(), this.#optionsOf(key), person, choices, eyes);
  }

  *#run(key: RunKey): Steps<RecordedRun> {
    const name = JSON.stringify([key.seed, key.changes, key.world]);
    const kept = this.#runs.get(name);
    if (kept !== undefined) return kept;
    const playing = RecordedRun.play(this.#opened(), this.#optionsOf(key));
    for (;;) {
      const { done, value } = playing.next();
      if (done) {
        this.#keep(name, value);
        return value;
      }
      yield { text: `${value.occurrences} things have happened` };
    }
  }

  #keep(name: string, run: RecordedRun): void {
    this.#runs.set(name, run);
    const [oldest] = this.#runs.keys();
    if (this.#runs.size > runsMax && oldest !== undefined) this.#runs.delete(oldest);
  }

  #opened(): OpenedStory {
    if (this.#story === undefined) throw new Refused([]);
    return this.#story;
  }

  #changes(lines: readonly string[]): readonly Intervention[] {
    const read = this.#opened().readChanges(lines);
    if (!read.ok) throw new Refused(read.diagnostics);
    return read.value;
  }

  #optionsOf({ seed, changes }: RunKey) {
    return { seed, changes: this.#changes(changes), jitter: 0 };
  }
}

class Cancelled extends Error {}

function labelsOf(run: RecordedRun, from: number, to: number): Answer<"occurrences"> {
  const { chronicle, words } = run;
  const labels = [];
  for (let id = Math.max(0, from); id < Math.min(to, chronicle.count); id += 1) {
    const one = chronicle.get(id);
    const { time, kind } = one;
    labels.push({ id, time, clock: words.clockOf(one), kind, text: words.sentence(one) });
  }
  return labels;
}

/** Lets messages that came meanwhile be heard. */
function breath(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

function failureOf(error: unknown): Failure {
  if (error instanceof Cancelled) return { kind: "cancelled" };
  if (error instanceof Refused) return { kind: "diagnostics", diagnostics: error.diagnostics };
  if (error instanceof StoryFault) return { kind: "diagnostics", diagnostics: error.diagnostics };
  return { kind: "defect", message: error instanceof Error ? error.message : String(error) };
}
