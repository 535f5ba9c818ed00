/**
 * The record of a run: columns of numbers that only grow. What an occurrence wrote, what caused it
 * and who perceived it hang on it as chains, newest first, because an occurrence may still write
 * while others begin inside it.
 *
 * A write record also points to the write before it of the same ground fluent; a write that sets
 * the value anew cuts that chain, one that adds does not. So the causes of a reading are all who
 * contributed to what was read, and cost one number until somebody asks.
 *
 * Invariants: causes point backwards; cutting back to a mark leaves exactly what was there.
 */
import type { FluentId, Sense, World } from "@fabula/model";
import { InvariantError } from "@fabula/model";
import { digestOf } from "./canonical.js";
import { noteCause, unchain } from "./chains.js";
import { addRow, FloatColumn, IntRows } from "./column.js";
import { type GroundFluent, GroundNames } from "./ground-names.js";
import type {
  BeliefChange,
  Birth,
  Cause,
  CauseKind,
  ChronicleReader,
  Decision,
  Occurrence,
  OccurrenceId,
  OccurrenceKind,
  Perceived,
  Write,
} from "./occurrence.js";
import { causeKinds, EXISTENCE, occurrenceKinds, senses, WriteFlag } from "./record-kinds.js";
import { type ChronicleMark, type TrackPoint, Tracks } from "./track.js";

export class Chronicle implements ChronicleReader {
  endTime: number;
  // ---- occurrences
  readonly #occurrences = new IntRows(9);
  readonly #kinds = this.#occurrences.field(0);
  readonly #schemas = this.#occurrences.field(1);
  readonly #argStarts = this.#occurrences.field(2);
  readonly #argCounts = this.#occurrences.field(3);
  readonly #lastWrites = this.#occurrences.field(4);
  readonly #lastCauses = this.#occurrences.field(5);
  readonly #lastPerceived = this.#occurrences.field(6);
  readonly #beliefOf = this.#occurrences.field(7);
  readonly #decisionOf = this.#occurrences.field(8);
  readonly #times = new FloatColumn();
  readonly #args = new FloatColumn();
  // ---- write records, from 1
  readonly #writes = new IntRows(5);
  readonly #writers = this.#writes.field(0);
  readonly #writeFluents = this.#writes.field(1);
  /** Of `WriteFlag`. */
  readonly #writeFlags = this.#writes.field(2);
  readonly #writeBefore = this.#writes.field(3);
  readonly #writeSiblings = this.#writes.field(4);
  readonly #writeValues = new FloatColumn();
  // ---- causes: an occurrence, or what a write chain tells
  readonly #causes = new IntRows(4);
  readonly #causeFrom = this.#causes.field(0);
  readonly #causeKinds = this.#causes.field(1);
  readonly #causeOwners = this.#causes.field(2);
  readonly #causeSiblings = this.#causes.field(3);
  // ---- perceivers
  readonly #perceptions = new IntRows(4);
  readonly #perceivers = this.#perceptions.field(0);
  readonly #perceivedHow = this.#perceptions.field(1);
  readonly #perceivedOwners = this.#perceptions.field(2);
  readonly #perceivedSiblings = this.#perceptions.field(3);
  // ---- lines of quantities
  readonly #tracks = new Tracks();
  readonly #beliefs: BeliefChange[] = [];
  readonly #decisions: Decision[] = [];
  // ---- names of ground fluents: append-only, no content
  readonly #ground = new GroundNames();

  constructor(readonly world: World) {
    this.endTime = world.story.begins;
    // Number 0 is no record.
    addRow(this.#writes, -1, 0, 0, 0, 0);
    this.#writeValues.push(0);
  }

  get count(): number {
    return this.#times.length;
  }

  get writeCount(): number {
    return this.#writes.length - 1;
  }

  /** The id of a ground fluent, the same for as long as this chronicle lives. */
  groundId(fluent: FluentId, args: readonly number[]): number {
    return this.#ground.idOf(fluent, args);
  }

  /** Arguments of a ground fluent by its id. */
  groundArgs(id: number): readonly number[] {
    return this.#ground.get(id).args;
  }

  // ---- appending

  append(
    time: number,
    kind: OccurrenceKind,
    schema: number,
    args: readonly number[],
  ): OccurrenceId {
    if (time < this.endTime) {
      throw new InvariantError(`time runs backwards: ${time} after ${this.endTime}`);
    }
    this.endTime = time;
    const { length: first } = this.#args;
    for (let index = 0; index < args.length; index++) this.#args.push(args[index] as number);
    const at = this.#occurrences.add();
    const { values } = this.#occurrences;
    values[at] = occurrenceKinds.indexOf(kind);
    values[at + 1] = schema;
    values[at + 2] = first;
    values[at + 3] = args.length;
    values[at + 4] = 0;
    values[at + 5] = -1;
    values[at + 6] = -1;
    values[at + 7] = -1;
    values[at + 8] = -1;
    return this.#times.push(time);
  }

  /**
   * `flags`: those of `WriteFlag` that hold, added up. `before`: the record that wrote there last, 0
   * none. Gives the new record (from 1).
   */
  appendWrite(
    by: OccurrenceId,
    ground: number,
    value: number,
    flags: number,
    before: number,
  ): number {
    const record = this.#writes.length;
    const kept = (flags & WriteFlag.accumulates) === 0 ? 0 : before;
    addRow(this.#writes, by, ground, flags, kept, this.#lastWrites.get(by));
    this.#writeValues.push(value);
    this.#lastWrites.set(by, record);
    return record;
  }

  appendCause(to: OccurrenceId, from: OccurrenceId, kind: CauseKind): void {
    if (from >= 0 && from < to) this.#pushCause(to, from, kind);
  }

  /** All who contributed to what stood there when it was read. `record`: from `appendWrite`. */
  appendCausesOfReading(to: OccurrenceId, record: number): void {
    if (record > 0 && (this.#writers.get(record) < to || this.#writeBefore.get(record) > 0)) {
      this.#pushCause(to, -record, "enabled");
    }
  }

  appendPerceived(by: OccurrenceId, perceived: Perceived): void {
    const how = senses.indexOf(perceived.sense) | (perceived.whole ? 4 : 0);
    const number = this.#perceptions.length;
    addRow(this.#perceptions, perceived.who, how, by, this.#lastPerceived.get(by));
    this.#lastPerceived.set(by, number);
  }

  setBelief(of: OccurrenceId, belief: BeliefChange): void {
    this.#beliefOf.set(of, this.#beliefs.push(belief) - 1);
  }

  setDecision(of: OccurrenceId, decision: Decision): void {
    this.#decisionOf.set(of, this.#decisions.push(decision) - 1);
  }

  /** From now on the quantity moves along this line. */
  appendTrack(ground: number, time: number, value: number, rate: number): void {
    this.#tracks.append(ground, time, value, rate);
  }

  // ---- reading

  writerOf(record: number): OccurrenceId {
    return this.#writers.get(record);
  }

  /** Whether the write was on a branch that chance took. */
  isByChance(record: number): boolean {
    return (this.#writeFlags.get(record) & WriteFlag.byChance) !== 0;
  }

  kindOf(id: OccurrenceId): OccurrenceKind {
    return occurrenceKinds[this.#kinds.get(id)] as OccurrenceKind;
  }

  schemaOf(id: OccurrenceId): number {
    return this.#schemas.get(id);
  }

  timeOf(id: OccurrenceId): number {
    return this.#times.get(id);
  }

  argsOf(id: OccurrenceId): number[] {
    const start = this.#argStarts.get(id);
    const args: number[] = [];
    for (let index = 0; index < this.#argCounts.get(id); index++) {
      args.push(this.#args.get(start + index));
    }
    return args;
  }

  writesOf(id: OccurrenceId): Write[] {
    const writes: Write[] = [];
    for (let at = this.#lastWrites.get(id); at > 0; at = this.#writeSiblings.get(at)) {
      const ground = this.#ground.get(this.#writeFluents.get(at));
      // Comings, goings, counts and beliefs are written for causes' sake only.
      if (ground.fluent < 0) continue;
      const flags = this.#writeFlags.get(at);
      writes.push({
        fluent: ground.fluent,
        args: ground.args,
        value: this.#writeValues.get(at),
        accumulates: (flags & WriteFlag.accumulates) !== 0,
        ...((flags & WriteFlag.rateOnly) === 0 ? {} : { rateOnly: true as const }),
      });
    }
    return writes.reverse();
  }

  /** What came to be by it, in order of birth. */
  bornOf(id: OccurrenceId): Birth[] {
    const born: Birth[] = [];
    for (let at = this.#lastWrites.get(id); at > 0; at = this.#writeSiblings.get(at)) {
      const { fluent, args } = this.#ground.get(this.#writeFluents.get(at));
      const [type = -1, entity = -1, title] = args;
      if (fluent === EXISTENCE && title !== undefined) born.push({ entity, type, title });
    }
    return born.reverse();
  }

  /** Each cause once, in order of occurrence; the strongest kind where several hold. */
  causesOf(id: OccurrenceId): Cause[] {
    const kinds = new Map<OccurrenceId, CauseKind>();
    for (let at = this.#lastCauses.get(id); at >= 0; at = this.#causeSiblings.get(at)) {
      const from = this.#causeFrom.get(at);
      const kind = causeKinds[this.#causeKinds.get(at)] as CauseKind;
      if (from >= 0) noteCause(kinds, from, kind);
      else this.#noteChain(kinds, -from, id);
    }
    const causes = [...kinds].map(([from, kind]) => ({ from, to: id, kind }));
    return causes.sort((a, b) => a.from - b.from);
  }

  /**
   * Causes as recorded, newest first: [occurrence, kind], or for a reading [who wrote there last,
   * -1]. Chains are not unfolded, so this costs what was recorded, not what it goes back to.
   */
  recordedCausesOf(id: OccurrenceId): [OccurrenceId, number][] {
    const causes: [OccurrenceId, number][] = [];
    for (let at = this.#lastCauses.get(id); at >= 0; at = this.#causeSiblings.get(at)) {
      const from = this.#causeFrom.get(at);
      if (from >= 0) causes.push([from, this.#causeKinds.get(at)]);
      else causes.push([this.#writers.get(-from), -1]);
    }
    return causes;
  }

  /**
   * What was read as this came about, newest first: each ground fluent with everybody who
   * contributed to what stood there. Comings, goings and counts have fluents below 0.
   */
  readingsOf(id: OccurrenceId): (GroundFluent & { by: OccurrenceId })[] {
    const readings: (GroundFluent & { by: OccurrenceId })[] = [];
    for (let at = this.#lastCauses.get(id); at >= 0; at = this.#causeSiblings.get(at)) {
      for (let one = -this.#causeFrom.get(at); one > 0; one = this.#writeBefore.get(one)) {
        const ground = this.#ground.get(this.#writeFluents.get(one));
        readings.push({ ...ground, by: this.#writers.get(one) });
      }
    }
    return readings;
  }

  perceivedOf(id: OccurrenceId): Perceived[] {
    const perceived: Perceived[] = [];
    for (let at = this.#lastPerceived.get(id); at >= 0; at = this.#perceivedSiblings.get(at)) {
      const how = this.#perceivedHow.get(at);
      const sense = senses[how & 3] as Sense;
      perceived.push({ who: this.#perceivers.get(at), sense, whole: (how & 4) !== 0 });
    }
    return perceived.reverse();
  }

  beliefOf(id: OccurrenceId): BeliefChange | undefined {
    return this.#beliefs[this.#beliefOf.get(id)];
  }

  decisionOf(id: OccurrenceId): Decision | undefined {
    return this.#decisions[this.#decisionOf.get(id)];
  }

  get(id: OccurrenceId): Occurrence {
    if (!(id >= 0 && id < this.count)) {
      throw new RangeError(`no occurrence ${id}; there are 0 .. ${this.count - 1}`);
    }
    const belief = this.beliefOf(id);
    const decision = this.decisionOf(id);
    return {
      id,
      time: this.timeOf(id),
      kind: this.kindOf(id),
      schema: this.schemaOf(id),
      args: this.argsOf(id),
      perceived: this.perceivedOf(id),
      writes: this.writesOf(id),
      causes: this.causesOf(id),
      ...(belief === undefined ? {} : { belief }),
      ...(decision === undefined ? {} : { decision }),
    };
  }

  trackOf(fluent: FluentId, args: readonly number[]): readonly TrackPoint[] {
    return this.#tracks.of(this.groundId(fluent, args));
  }

  /** All lines of all quantities that moved, in order of first moving; one pass over the record. */
  tracks(): { fluent: FluentId; args: readonly number[]; points: readonly TrackPoint[] }[] {
    return [...this.#tracks.all()].map(([ground, points]) => {
      const { fluent, args } = this.#ground.get(ground);
      return { fluent, args, points };
    });
  }

  hash(): string {
    return digestOf(this, this.world);
  }

  // ---- forks

  mark(): ChronicleMark {
    return { lengths: this.#columns().map((column) => column.length), endTime: this.endTime };
  }

  /** Cuts back to the mark. Nothing may have been under way when it was made. */
  drop(mark: ChronicleMark): void {
    const [occurrences, writes, causes, perceived] = mark.lengths as readonly number[] as [
      number,
      number,
      number,
      number,
    ];
    unchain(this.#writers, this.#writeSiblings, this.#lastWrites, writes, occurrences);
    unchain(this.#causeOwners, this.#causeSiblings, this.#lastCauses, causes, occurrences);
    unchain(
      this.#perceivedOwners,
      this.#perceivedSiblings,
      this.#lastPerceived,
      perceived,
      occurrences,
    );
    this.#columns().forEach((column, index) => {
      column.length = mark.lengths[index] as number;
    });
    this.#tracks.cut();
    this.endTime = mark.endTime;
  }

  /** What is cut back to a mark: occurrences, writes, causes and perceivers first. */
  #columns(): { length: number }[] {
    return [
      this.#occurrences,
      this.#writes,
      this.#causes,
      this.#perceptions,
      this.#times,
      this.#args,
      this.#writeValues,
      ...this.#tracks.columns,
      this.#beliefs,
      this.#decisions,
    ];
  }

  #pushCause(to: OccurrenceId, from: number, kind: CauseKind): void {
    const number = this.#causes.length;
    addRow(this.#causes, from, causeKinds.indexOf(kind), to, this.#lastCauses.get(to));
    this.#lastCauses.set(to, number);
  }

  #noteChain(kinds: Map<OccurrenceId, CauseKind>, record: number, to: OccurrenceId): void {
    for (let at = record; at > 0; at = this.#writeBefore.get(at)) {
      const from = this.#writers.get(at);
      if (from < to) noteCause(kinds, from, this.isByChance(at) ? "by-chance" : "enabled");
    }
  }
}
