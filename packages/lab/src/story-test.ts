/**
 * The expectations of a story over many seeds. All expectations share the same runs; a what-if and
 * a control are paired with the run of the same seed without their changes.
 *
 * A tally of seeds is a plain value and tallies of disjoint seeds add up, so that any number of
 * workers gives the same result as one.
 */
import type { ChronicleReader } from "@fabula/chronicle";
import { type Branch, canBranch } from "@fabula/engine";
import type { ExprId, Intervention, Mechanism, Timed, WhatIf, World } from "@fabula/model";
import { findDivergence, type Leaving } from "./comparison.js";
import type { EnginePort, JudgedRun, JudgeOptions, RunOptions, RunVisitor } from "./engine-port.js";
import { matches } from "./event-match.js";

export type TestKind = "expect" | "whatif" | "control" | "row";

/** How often one expectation held, over the seeds of a tally. */
export interface Tally {
  readonly tried: number;
  readonly held: number;
  /** The first seeds that failed, ascending, at most 5. */
  readonly failing: readonly number[];
}

/** Of no seed. */
export const noTally: Tally = { tried: 0, held: 0, failing: [] };

export interface TestResult {
  readonly story: string;
  readonly id: string;
  readonly name: string;
  readonly kind: TestKind;
  /** Share of the seeds in which it held, 0 .. 1. */
  readonly rate: number;
  readonly seeds: number;
  readonly passed: boolean;
  /** Share that was asked for. */
  readonly share: number;
  /** Seeds in which it failed, at most 5. */
  readonly failing: readonly number[];
}

export interface TestOptions {
  /** Instead of what each expectation asks for. */
  readonly runs?: number;
  readonly jitter: number;
  /** Instead of the share each expectation asks for, 0 .. 1. */
  readonly share?: number;
  /** Cases that are not asked any more, by their numbers over all suites of the file. */
  readonly settled?: readonly number[];
}

/** One thing that is asked of each run. */
export interface TestCase {
  readonly id: string;
  readonly name: string;
  readonly kind: TestKind;
  readonly share: number;
  readonly runs: number;
  readonly conditions: readonly Timed[];
  /** Absent: of the story as it is. */
  readonly whatif?: WhatIf;
  /** Of a row: its title, which is the name of its result where all is well. */
  readonly row?: string;
  /** Of a row: asked with this switched off, to see that something fails. */
  readonly without?: Mechanism;
}

/** Cases that are asked of one world. */
export interface TestSuite {
  readonly world: World;
  readonly cases: readonly TestCase[];
}

/** Every case of the story, in the order written. */
export function testCasesOf(world: World, options: TestOptions): TestCase[] {
  const { story } = world;
  const asked = askedBy(options);
  const expects = story.expects.map(
    (expect): TestCase => ({
      id: expect.id,
      name: expect.title,
      kind: "expect",
      ...asked(expect.share, expect.runs),
      conditions: expect.conditions,
    }),
  );
  return [...expects, ...story.whatifs.flatMap((whatif) => casesOfWhatIf(whatif, asked))];
}

type Asked = (share: number, runs: number) => { readonly share: number; readonly runs: number };

function askedBy(options: TestOptions): Asked {
  return (share, runs) => ({ share: options.share ?? share, runs: options.runs ?? runs });
}

function casesOfWhatIf(whatif: WhatIf, asked: Asked): TestCase[] {
  const { id, title, kind } = whatif;
  const cases = whatif.expects.map(
    (expect): TestCase => ({
      id,
      name: expect.title === "" || expect.title === title ? title : `${title}: ${expect.title}`,
      kind,
      ...asked(expect.share, expect.runs),
      conditions: expect.conditions,
      whatif,
    }),
  );
  if (kind === "whatif" || cases.length > 0) return cases;
  const runs = asked(1, 200).runs;
  return [{ id, name: title, kind, share: 1, runs, conditions: [], whatif }];
}

/** One tally a case, over the seeds `from` .. `to` - 1. Seeds count from 1. */
export function tallySeeds(
  engine: EnginePort,
  world: World,
  cases: readonly TestCase[],
  seeds: { readonly from: number; readonly to: number },
  jitter: number,
  onSeed?: (seed: number) => void,
): Tally[] {
  const tallies = cases.map(() => ({ tried: 0, held: 0, failing: [] as number[] }));
  for (let seed = seeds.from; seed < seeds.to; seed += 1) {
    const answers = judgeSeed(engine, world, cases, seed, jitter);
    answers.forEach((answer, index) => {
      const tally = tallies[index];
      if (tally === undefined || answer === undefined) return;
      tally.tried += 1;
      if (answer) tally.held += 1;
      else if (tally.failing.length < 5) tally.failing.push(seed);
    });
    onSeed?.(seed);
  }
  return tallies;
}

/** Adds tallies of disjoint seeds, in the order of the seeds. */
export function addTallies(parts: readonly (readonly Tally[])[]): Tally[] {
  const [first = []] = parts;
  return first.map((_, index) => {
    const mine = parts.map((part) => part[index]).filter((tally) => tally !== undefined);
    return {
      tried: mine.reduce((sum, tally) => sum + tally.tried, 0),
      held: mine.reduce((sum, tally) => sum + tally.held, 0),
      failing: mine
        .flatMap((tally) => tally.failing)
        .sort((a, b) => a - b)
        .slice(0, 5),
    };
  });
}

export function resultOf(story: string, testCase: TestCase, tally: Tally): TestResult {
  const { id, kind, share } = testCase;
  const { tried, held, failing } = tally;
  const rate = tried === 0 ? 0 : held / tried;
  const passed = tried > 0 && rate >= share;
  const name = passed ? (testCase.row ?? testCase.name) : testCase.name;
  return { story, id, name, kind, rate, seeds: tried, passed, share, failing };
}

/**
 * One result for each id and kind: a what-if with several expectations passes with them all. It
 * goes by the name of the first that fails.
 */
export function mergeResults(results: readonly TestResult[]): TestResult[] {
  const merged = new Map<string, TestResult>();
  for (const result of results) {
    const key = `${result.story}\n${result.kind}\n${result.id === "" ? result.name : result.id}`;
    const before = merged.get(key);
    merged.set(key, before === undefined ? result : both(before, result));
  }
  return [...merged.values()];
}

function both(one: TestResult, other: TestResult): TestResult {
  const worse = other.rate < one.rate ? other : one;
  const failing = [...new Set([...one.failing, ...other.failing])].sort((a, b) => a - b);
  return {
    ...one,
    name: one.passed && !other.passed ? other.name : one.name,
    rate: worse.rate,
    share: worse.share,
    seeds: Math.max(one.seeds, other.seeds),
    passed: one.passed && other.passed,
    failing: failing.slice(0, 5),
  };
}

/** Whether each case holds with this seed; undefined where it is not asked with this seed. */
function judgeSeed(
  engine: EnginePort,
  world: World,
  cases: readonly TestCase[],
  seed: number,
  jitter: number,
): (boolean | undefined)[] {
  const answers: (boolean | undefined)[] = cases.map(() => undefined);
  const asked = cases.flatMap((one, index) => (seed <= one.runs ? [{ one, index }] : []));
  for (const without of new Set(asked.map(({ one }) => one.without))) {
    const mine = asked.filter(({ one }) => one.without === without);
    const off = without === undefined ? [] : [without.off];
    const options: RunOptions = { seed, changes: off, jitter };
    const judge: Judge = {
      alone: (changes, conditions, how) => {
        const changed = { ...options, changes: [...off, ...changes] };
        return engine.judge(world, changed, conditions, how);
      },
      branched: (conditions, branches, visitor) => {
        engine.judgeBranches?.(world, options, conditions, branches, visitor);
      },
      // Where one failure is enough, what comes after it need not be played at all.
      branches: engine.judgeBranches !== undefined && without === undefined,
    };
    judgeCases(world, judge, mine, answers, without !== undefined);
  }
  return answers;
}

interface Judge {
  alone(
    changes: readonly Intervention[],
    conditions: readonly Timed[],
    how: JudgeOptions,
  ): JudgedRun;
  branched(conditions: readonly Timed[], branches: readonly Branch[], visitor: RunVisitor): void;
  readonly branches: boolean;
}

interface AskedCase {
  readonly one: TestCase;
  readonly index: number;
}

/** `untilFailure`: one failure is all that is looked for; what comes after it is not asked. */
function judgeCases(
  world: World,
  judge: Judge,
  asked: readonly AskedCase[],
  answers: (boolean | undefined)[],
  untilFailure: boolean,
): void {
  const plain = asked.filter(({ one }) => one.whatif === undefined);
  const compared = asked.flatMap(({ one }) => one.conditions.flatMap(eventsCompared));
  const conditions = [...plain.flatMap(({ one }) => one.conditions), ...compared];
  const variants = [...new Set(asked.flatMap(({ one }) => one.whatif ?? []))].map((whatif) => {
    const mine = asked.filter(({ one }) => one.whatif === whatif);
    const conditions = mine.flatMap(({ one }) => one.conditions);
    return { whatif, mine, changes: whatif.changes, conditions, toEnd: isControl(whatif) };
  });
  let found: boolean[] = [];
  const settleBase = (base: JudgedRun): void => {
    found = held(base, plain);
    place(answers, plain, found);
  };
  const settle = (variant: (typeof variants)[number], base: ChronicleReader, run: JudgedRun) => {
    const same = isWithin(world, variant.whatif, base, run.chronicle);
    found = held(run, variant.mine).map((answer) => answer && same);
    place(answers, variant.mine, found);
  };
  const playAlone = (alone: typeof variants, base: JudgedRun): void => {
    for (const variant of alone) {
      if (untilFailure && found.includes(false)) return;
      const { changes, conditions, toEnd } = variant;
      settle(variant, base.chronicle, judge.alone(changes, conditions, { base, toEnd }));
    }
  };
  const branches = judge.branches ? variants.filter(canBranch) : [];
  if (branches.length === 0) {
    const base = judge.alone([], conditions, { toEnd: variants.some((one) => one.toEnd) });
    settleBase(base);
    playAlone(variants, base);
    return;
  }
  let kept: ChronicleReader | undefined;
  judge.branched(conditions, branches, {
    base: (base, apart) => {
      settleBase(base);
      const shared = branches.filter((_, index) => !apart.includes(index));
      playAlone(
        variants.filter((one) => !shared.includes(one)),
        base,
      );
      kept = shared.some((one) => one.toEnd) ? copyOf(base.chronicle) : base.chronicle;
    },
    branch: (index, run) => {
      const variant = branches[index];
      if (variant !== undefined && kept !== undefined) settle(variant, kept, run);
    },
  });
}

/** As it is now: the run goes on from an earlier moment. */
function copyOf(chronicle: ChronicleReader): ChronicleReader {
  const all = Array.from({ length: chronicle.count }, (_, id) => chronicle.get(id));
  const [hash, { endTime }] = [chronicle.hash(), chronicle];
  const get = (id: number) => {
    const one = all[id];
    if (one === undefined) throw new RangeError(`no occurrence ${id} of ${all.length}`);
    return one;
  };
  const born = all.map(({ id }) => chronicle.bornOf(id));
  const bornOf = (id: number) => born[id] ?? [];
  return { count: all.length, endTime, get, bornOf, hash: () => hash };
}

/** What the run without the change must listen to, so that the one with it can compare. */
function eventsCompared(condition: Timed): Timed[] {
  if (condition.kind === "and" || condition.kind === "or") {
    return condition.parts.flatMap(eventsCompared);
  }
  if (condition.kind === "not") return eventsCompared(condition.part);
  const isCompared = condition.kind === "later" || condition.kind === "earlier";
  return isCompared ? [{ kind: "happens", event: condition.event }] : [];
}

function place(
  answers: (boolean | undefined)[],
  asked: readonly { readonly index: number }[],
  found: readonly boolean[],
): void {
  asked.forEach(({ index }, at) => {
    answers[index] = found[at] ?? false;
  });
}

/** Every condition of a case must hold; answers stand in the order of the cases. */
function held(run: JudgedRun, asked: readonly AskedCase[]): boolean[] {
  let next = 0;
  return asked.map(({ one }) => {
    const mine = run.answers.slice(next, next + one.conditions.length);
    next += one.conditions.length;
    return mine.every((answer) => answer);
  });
}

/** The whole of a control is compared, not only what it expects. */
function isControl(whatif: WhatIf): boolean {
  return whatif.kind === "control";
}

/** A control: nothing differs but what may. A what-if may change everything. */
function isWithin(
  world: World,
  whatif: WhatIf,
  base: ChronicleReader,
  changed: ChronicleReader,
): boolean {
  if (!isControl(whatif)) return true;
  return findDivergence(base, changed, leavingOf(world, whatif)) === undefined;
}

/** What a control may change, as what to leave out. */
export function leavingOf(world: World, whatif: WhatIf): Leaving {
  const fluents = new Set(whatif.mayChange.flatMap((one) => one.fluent ?? []));
  const events = whatif.mayChange.flatMap((one) => one.event ?? []);
  return {
    fluents,
    occurrence: (occurrence) =>
      events.some((event) => matches(world, event, occurrence)) ||
      (occurrence.belief !== undefined && reads(world, occurrence.belief.claim, fluents)),
  };
}

/** Whether an expression reads one of these fluents, as written. */
function reads(world: World, expr: ExprId, fluents: ReadonlySet<number>): boolean {
  const node = world.expressions.get(expr);
  if (node.op === "fluent" && fluents.has(node.fluent)) return true;
  return "args" in node && node.args.some((arg) => reads(world, arg, fluents));
}
