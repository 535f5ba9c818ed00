/**
 * What takes more than one step: a deed worth doing whose needs do not hold yet, and the deeds of
 * one's own that would bring them about, found backwards from what is lacking and tried forwards
 * in the believed world. What comes first of it is then weighed with all that it leads to.
 *
 * The shortest way is looked for, one step more at a time; the parts of what a deed needs are
 * brought about one by one, in any order, and again where a later step has undone one.
 */
import type { ExprId } from "@fabula/model";
import type { Carrying, Deed } from "../foresight/carrying.js";
import type { Act, Foresight, Prospect } from "../foresight/foresight.js";
import { Op } from "../reading/code.js";
import type { Evaluator } from "../reading/evaluator.js";
import type { Goal, Repertoire } from "./repertoire.js";
import type { Aim, Wants } from "./wants.js";

/** Deeds in order, the first of which can be done now, and what they come to together. */
export interface Plan {
  readonly steps: readonly Deed[];
  readonly prospect: Prospect;
  /** Against doing nothing. */
  readonly gain: number;
}

/** What weighing a deed takes; the deliberation has it. */
export interface Weighing {
  actOf(person: number, own: number, deed: Deed): Act;
  /** Gain of doing it besides what comes of it: urge less reluctance. */
  inclination(own: number, deed: Deed): number;
  /** As if it were done, whatever it needs. */
  supposed(own: number, deed: Deed): Act;
}

/** A deed that writes something that a goal hangs on. */
interface Way {
  readonly deed: Deed;
  readonly lacking: readonly Goal[];
  /** Whether the goal would hold then, or be nearer; undefined: not tried yet. */
  helps: boolean | undefined;
}

/** A deed worth doing if one could. */
interface Target {
  readonly deed: Deed;
  readonly gain: number;
}

/** Most deeds tried in one search, and looked at for whether they may help. */
const TRIES_MAX = 300;
const LOOKS_MAX = 2_000;
/** Most deeds weighed as what a plan could be for. */
const TARGETS_MAX = 200;

export class Plans {
  #person = -1;
  #own = 0;
  /** Left to the search under way. */
  #tries = 0;
  #looks = 0;
  readonly #steps: Deed[] = [];
  /** As things stand now. By deed: what it lacks; undefined where nothing that is done helps. */
  readonly #lacks = new Map<ExprId, readonly Goal[] | undefined>();
  /** By goal: what may help. */
  readonly #ways = new Map<string, readonly Way[]>();
  /** By goal and number of steps: whether it is within reach. */
  readonly #within = new Map<string, boolean>();

  constructor(
    readonly reader: Evaluator,
    readonly wants: Wants,
    readonly foresight: Foresight,
    readonly carrying: Carrying,
    readonly repertoire: Repertoire,
    readonly weighing: Weighing,
  ) {}

  /**
   * The plan of two to `most` steps that is worth most to the person, and more than `floor`; of
   * those worth the same the shortest.
   */
  best(person: number, most: number, floor: number): Plan | undefined {
    this.#begin(person);
    const targets = this.#targets(floor);
    let best: Plan | undefined;
    // One step more at a time for all of them: what cannot be reached leaves tries to what can.
    for (let left = 1; left < most; left++) {
      for (const { deed, gain } of targets) {
        if (best !== undefined && gain <= best.gain) break;
        const steps = this.#wayTo(deed, left);
        if (steps === undefined) continue;
        const plan = this.#weigh(steps);
        if (plan.gain > (best?.gain ?? floor)) best = plan;
      }
    }
    return best;
  }

  #begin(person: number): void {
    this.#person = person;
    this.#own = this.reader.space.perspectives.root(person);
    this.repertoire.begin(person);
    this.#tries = TRIES_MAX;
    this.#looks = LOOKS_MAX;
    this.#lacks.clear();
    this.#ways.clear();
    this.#within.clear();
  }

  #weigh(steps: readonly Deed[]): Plan {
    const own = this.#own;
    const prospect = this.foresight.expect(own, () =>
      steps.reduce((cost, deed) => cost + this.#do(deed), 0),
    );
    const inclined = steps.reduce((sum, deed) => sum + this.weighing.inclination(own, deed), 0);
    return { steps, prospect, gain: prospect.total - this.foresight.base(own).total + inclined };
  }

  #do(deed: Deed): number {
    const { reader } = this;
    reader.perspective = this.#own;
    reader.splitting = false;
    const act = this.weighing.actOf(this.#person, this.#own, deed);
    reader.perspective = this.#own;
    reader.splitting = true;
    return act();
  }

  // ---- what a plan could be for

  /** Deeds that cannot be done now and would be worth it, best first. */
  #targets(floor: number): readonly Target[] {
    const { repertoire, foresight } = this;
    const own = this.#own;
    const base = foresight.base(own);
    const aims = this.wants.of(own);
    const open = [...aims.keys()].filter((index) => {
      return (aims[index] as Aim).weight - (base.parts[index] as number) > floor;
    });
    if (open.length === 0) return [];
    const behind = new Set(open.flatMap((index) => foresight.atomsBehind(own, index)));
    const deeds = new Set([...repertoire.writing(behind), ...repertoire.telling()]);
    const { grounder } = this.reader;
    return [...deeds]
      .filter((deed) => (this.#lacksNow(deed)?.length ?? 0) > 0)
      .sort((a, b) => grounder.compare(a.id, b.id))
      .slice(0, TARGETS_MAX)
      .map((deed) => ({ deed, gain: this.#gainOf(deed, base) }))
      .filter(({ gain }) => gain > floor)
      .sort((a, b) => b.gain - a.gain || grounder.compare(a.deed.id, b.deed.id));
  }

  #gainOf(deed: Deed, base: Prospect): number {
    const prospect = this.foresight.expect(this.#own, this.weighing.supposed(this.#own, deed));
    return prospect.total - base.total + this.weighing.inclination(this.#own, deed);
  }

  // ---- how to come to do it

  /** A way to the deed, itself at its end, with so many steps before it, or fewer. */
  #wayTo(deed: Deed, left: number): readonly Deed[] | undefined {
    if (this.#tries <= 0) return undefined;
    let way: readonly Deed[] | undefined;
    this.foresight.imagine(this.#own, () => {
      this.#steps.length = 0;
      const lacking = this.#lacksNow(deed) ?? [];
      if (!lacking.every((goal) => this.#isWithin(goal, left))) return;
      this.#tried(() => {
        const isThere = (): boolean => this.#comesToMind(deed);
        const found = this.#reach(this.repertoire.needsOf(deed), left, [deed.id], isThere);
        if (found) way = [...this.#steps, deed];
      });
    });
    return way;
  }

  /** Whether so many steps may do, as if nothing that was brought about were ever lost. */
  #isWithin(goal: Goal, steps: number): boolean {
    if (steps <= 0) return false;
    const place = `${nameOf(goal)}:${steps}`;
    let within = this.#within.get(place);
    if (within === undefined) {
      within = this.#waysNow(goal).some(
        (way) => this.#isEnough(way, steps) && this.#helps(way, goal),
      );
      this.#within.set(place, within);
    }
    return within;
  }

  #isEnough({ lacking }: Way, steps: number): boolean {
    return lacking.every((one) => this.#isWithin(one, steps - 1));
  }

  /** Brings it all about in at most `left` steps, then goes on; on `false` nothing was done. */
  #reach(
    goals: readonly Goal[],
    left: number,
    pursued: readonly ExprId[],
    then: (left: number) => boolean,
  ): boolean {
    const lacking = goals.filter((goal) => !this.repertoire.holds(goal));
    if (lacking.length === 0) return then(left);
    if (left <= 0) return false;
    const isFirst = this.#steps.length === 0;
    for (const goal of lacking) {
      for (const way of isFirst ? this.#waysNow(goal) : this.#waysTo(goal)) {
        const { deed } = way;
        if (pursued.includes(deed.id) || (isFirst && !this.#isEnough(way, left))) continue;
        if (!this.#helps(way, goal)) continue;
        const needs = this.repertoire.needsOf(deed);
        const found = this.#reach(needs, left - 1, [...pursued, deed.id], (rest) =>
          this.#step(deed, () => this.#reach(goals, rest, pursued, then)),
        );
        if (found) return true;
        if (this.#tries <= 0) return false;
      }
    }
    return false;
  }

  /** Does it and goes on; taken back where that comes to nothing. */
  #step(deed: Deed, next: () => boolean): boolean {
    if (--this.#tries < 0 || !this.#comesToMind(deed)) return false;
    return this.#tried(() => {
      this.#do(deed);
      this.#steps.push(deed);
      const done = next();
      if (!done) this.#steps.pop();
      return done;
    });
  }

  /** What `body` does on the overlay is taken back. */
  #tried<T>(body: () => T): T {
    const { reader } = this;
    const { space, population, elapsed } = reader;
    const mark = space.mark();
    const foreseen = population.foreseenCount();
    const result = body();
    space.undo(mark);
    population.undoForeseen(foreseen);
    reader.elapsed = elapsed;
    return result;
  }

  // ---- what helps

  /** As things stand now; undefined where what it lacks is nothing that people do. */
  #lacksNow(deed: Deed): readonly Goal[] | undefined {
    if (this.#lacks.has(deed.id)) return this.#lacks.get(deed.id);
    const lacking = this.#lackingOf(deed);
    const isOpen = !lacking.some((goal) => this.repertoire.isBeyond(goal));
    this.#lacks.set(deed.id, isOpen ? lacking : undefined);
    return isOpen ? lacking : undefined;
  }

  #lackingOf(deed: Deed): readonly Goal[] {
    return this.repertoire.needsOf(deed).filter((goal) => !this.repertoire.holds(goal));
  }

  #waysNow(goal: Goal): readonly Way[] {
    const name = nameOf(goal);
    let ways = this.#ways.get(name);
    if (ways === undefined) {
      ways = this.#waysTo(goal);
      this.#ways.set(name, ways);
    }
    return ways;
  }

  /** Deeds of one's own that may make it so, those that lack least first. */
  #waysTo(goal: Goal): readonly Way[] {
    const isNow = this.#steps.length === 0;
    const ways: Way[] = [];
    for (const deed of this.repertoire.writing(this.#atomsOf(goal))) {
      if (--this.#looks < 0) break;
      const lacking = isNow ? this.#lacksNow(deed) : this.#lackingOf(deed);
      if (lacking !== undefined) ways.push({ deed, lacking, helps: undefined });
    }
    return ways.sort((a, b) => a.lacking.length - b.lacking.length);
  }

  #helps(way: Way, goal: Goal): boolean {
    if (way.helps !== undefined) return way.helps;
    if (--this.#tries < 0) return false;
    const before = this.#gapOf(goal);
    way.helps = this.#tried(() => {
      this.reader.perspective = this.#own;
      this.carrying.suppose(way.deed);
      return this.repertoire.holds(goal) || this.#gapOf(goal) < before;
    });
    return way.helps;
  }

  /** How far a comparison is from holding; NaN of what is none. */
  #gapOf({ expr, locals }: Goal): number {
    const { code } = this.reader;
    const op = code.op[expr];
    const isLess = op === Op.lt || op === Op.le;
    if (!isLess && op !== Op.gt && op !== Op.ge) return Number.NaN;
    const left = this.reader.soft(this.#own, code.a[expr] as number, locals.slice());
    const right = this.reader.soft(this.#own, code.b[expr] as number, locals.slice());
    return isLess ? left - right : right - left;
  }

  /** What the person believes that it hangs on. */
  #atomsOf(goal: Goal): readonly number[] {
    const { log, space } = this.reader;
    const start = log.open();
    this.repertoire.holds(goal);
    return log
      .keysOf(log.close(start))
      .filter((key) => space.perspectiveOf(key) === this.#own)
      .map((key) => space.atomOf(key));
  }

  #comesToMind({ action, args }: Deed): boolean {
    const { comesToMind } = action;
    return comesToMind === undefined || this.repertoire.holds({ expr: comesToMind, locals: args });
  }
}

function nameOf({ expr, locals }: Goal): string {
  return `${expr}:${locals.join()}`;
}
