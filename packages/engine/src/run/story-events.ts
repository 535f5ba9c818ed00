/**
 * What a run waits for: outside events and changes at their moments, rules that follow an
 * occurrence, the story's end. Handlers are set up once, at the beginning, and are no state.
 */
import type { OccurrenceId } from "@fabula/chronicle";
import type {
  ActionSchema,
  Effect,
  EventPattern,
  ExprId,
  Intervention,
  Moment,
  Rule,
} from "@fabula/model";
import { conjunction, edgeOf } from "../expressions/conjunction.js";
import { runEffects } from "../kernel/effects.js";
import { tupleSource } from "../kernel/instances.js";
import { type Happens, occur } from "../kernel/occur.js";
import { Purpose } from "../kernel/purpose.js";
import { forEachTuple } from "../kernel/tuples.js";
import { DueKind, UnitKind } from "../kernel/unit.js";
import { allUnderWay, type DoingWorld, interruptDoing, startDoing } from "../units/doings.js";
import {
  type HappeningPattern,
  matchArguments,
  patternTopic,
  topicOf,
} from "../units/event-pattern.js";
import { fireRule, type RuleWorld } from "../units/rules.js";
import type { Watches } from "../units/watches.js";
import type { LaterChanges } from "./later-changes.js";

/** What is done at a moment: its name for draws, the end of a range of seconds, its set if later. */
interface Waiting {
  readonly name: string;
  readonly high: ExprId | undefined;
  readonly set: number | undefined;
}

export type Handler = (id: OccurrenceId, happens: Happens) => void;

export interface EventWorld extends RuleWorld, DoingWorld {
  readonly watches: Watches;
  readonly changes: readonly Intervention[];
  readonly later: LaterChanges;
  /** Runs effects that leave alone what changes of the start set. */
  heed(effects: () => void): void;
  /** The story is over. */
  end(): void;
}

export class StoryEvents {
  readonly #handlers = new Map<number, Handler[]>();
  readonly #dues: (() => void)[] = [];

  constructor(readonly world: EventWorld) {
    this.#forbid(world.changes, undefined);
    world.later.sets.forEach((changes, set) => {
      this.#forbid(changes, set);
    });
  }

  /** `set`: of later changes; not in force until it is made. */
  #forbid(changes: readonly Intervention[], set: number | undefined): void {
    const { kernel, later } = this.world;
    for (const change of changes) {
      if (change.kind !== "forbid") continue;
      const { event } = change;
      if (event.kind !== "action" && event.kind !== "rule") continue;
      kernel.forbidden.push({ event, inForce: () => later.comes(set) });
    }
  }

  /** Calls back after each occurrence that the pattern means. */
  onHappening(pattern: HappeningPattern, handler: Handler): void {
    this.#listen(pattern, (id, happens) => {
      if (this.#matches(pattern, happens.args, [])) handler(id, happens);
    });
  }

  happened(id: OccurrenceId, happens: Happens): void {
    if (this.#handlers.size === 0) return;
    const handlers = this.#handlers.get(topicOf(happens.kind, happens.schema));
    if (handlers !== undefined) for (const handler of handlers) handler(id, happens);
  }

  /** What was put in the agenda under this number. */
  due(index: number): void {
    this.#dues[index]?.();
  }

  /** Everything the story and the changes wait for. Once, when there is a world. */
  setUp(): void {
    const { kernel, watches } = this.world;
    const { story, rules } = kernel.world;
    for (const rule of rules) this.#setUpRule(rule);
    for (const action of kernel.world.actions) this.#setUpInterruption(action);
    story.outside.forEach((event, index) => {
      const name = `outside ${index}`;
      this.#onMoment(event.moment, { name, high: event.high, set: undefined }, (cause) => {
        this.#fromOutside("outside", index, event.effects, cause);
      });
    });
    for (const condition of story.endsWhen) {
      watches.add(condition, (rises) => {
        if (rises) this.world.end();
      });
    }
    const { changes, later } = this.world;
    this.#setUpChanges(changes, 0, undefined);
    later.sets.forEach((set, index) => {
      this.#setUpChanges(set, changes.length, index);
    });
  }

  /** Numbered from `first` on, later ones as if theirs were the only set. */
  #setUpChanges(changes: readonly Intervention[], first: number, set: number | undefined): void {
    changes.forEach((change, at) => {
      if (change.kind !== "effects" && change.kind !== "make") return;
      const index = first + at;
      const waiting = { name: `change ${index}`, high: undefined, set };
      this.#onMoment(change.moment, waiting, (cause) => {
        if (change.kind === "make") this.#make(change.deed, index, cause);
        else this.#fromOutside("intervention", index, change.effects, cause);
      });
    });
  }

  /** What comes from outside at the start, then deeds made to happen: before anybody chooses. */
  start(): void {
    const { changes, heed, kernel } = this.world;
    heed(() => {
      kernel.world.story.outside.forEach((event, index) => {
        if (event.moment.kind === "start") this.#fromOutside("outside", index, event.effects, 0);
      });
    });
    changes.forEach((change, index) => {
      if (change.kind === "make" && change.moment.kind === "start") {
        this.#make(change.deed, index, 0);
      }
    });
  }

  // ---- moments

  /** Calls back once, when the moment comes. Start and end are somebody else's matter. */
  #onMoment(moment: Moment, waiting: Waiting, what: (cause: OccurrenceId) => void): void {
    if (moment.kind === "after") this.#onTime(moment.seconds, waiting, what);
    else if (moment.kind === "when") this.#onEvent(moment.event, waiting.set, what);
  }

  #onTime(
    seconds: ExprId,
    { name, high, set }: Waiting,
    what: (cause: OccurrenceId) => void,
  ): void {
    const { kernel, later } = this.world;
    const low = this.#evaluate(seconds);
    const top = high === undefined ? low : this.#evaluate(high);
    const drawn = top > low ? low + (top - low) * kernel.chance.draw(name, []) : low;
    const due = this.#dues.push(() => what(0)) - 1;
    const time = kernel.world.story.begins + Math.max(0, Math.round(drawn * 1000));
    const schedule = (): void => {
      kernel.agenda.add(kernel.agenda.key([DueKind.outside, due]), Math.max(time, kernel.now));
    };
    if (set === undefined) schedule();
    else later.at(set, time, schedule);
  }

  #onEvent(
    event: EventPattern,
    set: number | undefined,
    what: (cause: OccurrenceId) => void,
  ): void {
    const { kernel, later, watches } = this.world;
    const { arena, allocator } = kernel.store;
    const once = allocator.take(1);
    const first = (cause: OccurrenceId): void => {
      if (arena.read(once) === 1 || !later.comes(set)) return;
      arena.write(once, 1);
      what(cause);
    };
    if (event.kind === "action" || event.kind === "rule") {
      this.onHappening(event, first);
      return;
    }
    const watch = watches.add(edgeOf(kernel.world, event), (rises) => {
      if (rises) first(watches.latestOf(watch));
    });
  }

  #fromOutside(
    kind: "outside" | "intervention",
    index: number,
    effects: readonly Effect[],
    cause: OccurrenceId,
  ): OccurrenceId {
    const { kernel, truth, afterwards } = this.world;
    const site = { purpose: new Purpose(`${kind} ${index}`), who: [] };
    return occur(
      kernel,
      {
        kind,
        schema: index,
        args: [],
        readFrom: kernel.machine.readCount,
        causes: [[cause, "triggered"]],
        effects: () => runEffects(truth, effects, [], site),
      },
      afterwards,
    );
  }

  #make(deed: ExprId, index: number, cause: OccurrenceId): void {
    const id = this.#fromOutside("intervention", index, [], cause);
    const ground = this.#evaluate(deed);
    if (ground >= 0) startDoing(this.world, ground, [id, "triggered"]);
  }

  // ---- rules that follow an occurrence

  #setUpRule(rule: Rule): void {
    if (rule.trigger.kind !== "event") return;
    const { event } = rule.trigger;
    if (event.kind !== "action" && event.kind !== "rule") return;
    this.#listen(event, (id, happens) => {
      const bound: number[] = [];
      if (!this.#matches(event, happens.args, bound)) return;
      forEachTuple(
        tupleSource(this.world.kernel),
        rule.parameters,
        rule.where,
        undefined,
        (args) => this.#follow(rule, args, id),
        rule.parameters.map((_, index) => bound[index]),
      );
    });
  }

  // ---- acts that are cut short by an occurrence

  #setUpInterruption(action: ActionSchema): void {
    const { interruptedBy } = action;
    if (interruptedBy === undefined) return;
    const { event, when } = interruptedBy;
    if (event.kind !== "action" && event.kind !== "rule") return;
    const { kernel } = this.world;
    this.#listen(event, (id, happens) => {
      for (const unit of allUnderWay(kernel, action.id)) {
        const from = kernel.machine.readCount;
        const fits =
          this.#matches(event, happens.args, unit.args.slice()) &&
          kernel.machine.evaluate(when, unit.args) > 0;
        if (fits) interruptDoing(this.world, unit, [id, "interrupted"], from);
        kernel.machine.readCount = from;
      }
    });
  }

  #follow(rule: Rule, args: readonly number[], trigger: OccurrenceId): void {
    const { kernel } = this.world;
    const from = kernel.machine.readCount;
    const fits = args.every((value, index) => {
      const type = rule.parameters[index]?.type;
      return type?.kind !== "entity" || kernel.store.isA(value, type.type);
    });
    const condition = conjunction(kernel.world, rule.where, rule.trigger.when);
    if (!fits || !(kernel.machine.evaluate(condition, args) > 0)) {
      kernel.machine.readCount = from;
      return;
    }
    const unit = kernel.units.intern(
      {
        kind: UnitKind.rule,
        schema: rule.id,
        args,
        order: kernel.canonicalArgs(args, rule.parameters),
        flows: 0,
        name: rule.name,
        span: rule.span,
      },
      [],
    );
    fireRule(this.world, unit, rule, from, trigger);
  }

  #listen(pattern: HappeningPattern, handler: Handler): void {
    const topic = patternTopic(pattern);
    const handlers = this.#handlers.get(topic);
    if (handlers === undefined) this.#handlers.set(topic, [handler]);
    else handlers.push(handler);
  }

  #matches(pattern: HappeningPattern, args: readonly number[], locals: number[]): boolean {
    const { kernel } = this.world;
    const reads = kernel.machine.readCount;
    const fits = matchArguments(kernel.world.expressions, pattern, args, locals, (expr, values) =>
      kernel.machine.evaluate(expr, values),
    );
    kernel.machine.readCount = reads;
    return fits;
  }

  #evaluate(expr: ExprId): number {
    const { machine } = this.world.kernel;
    const reads = machine.readCount;
    const value = machine.evaluate(expr, []);
    machine.readCount = reads;
    return value;
  }
}
