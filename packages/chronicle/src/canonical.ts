/**
 * The hash of a chronicle: over what happened, as it reads, so that it does not depend on the
 * machine, on the order in which claims were interned, or on what a dropped fork left behind.
 */
import { expressionKey, type Parameter, type ValueType, type World } from "@fabula/model";
import type { Chronicle } from "./chronicle.js";
import { Digest } from "./digest.js";
import type { BeliefChange, Decision, OccurrenceId, OccurrenceKind, Write } from "./occurrence.js";

export function digestOf(chronicle: Chronicle, world: World): string {
  const digest = new Digest();
  const form = new CanonicalForm(digest, world, chronicle);
  digest.number(chronicle.count);
  for (let id = 0; id < chronicle.count; id++) form.occurrence(id);
  digest.number(chronicle.endTime);
  return digest.hex();
}

class CanonicalForm {
  constructor(
    readonly digest: Digest,
    readonly world: World,
    readonly chronicle: Chronicle,
  ) {}

  occurrence(id: OccurrenceId): void {
    const { digest, chronicle } = this;
    const kind = chronicle.kindOf(id);
    const schema = chronicle.schemaOf(id);
    digest.number(chronicle.timeOf(id));
    digest.text(kind);
    digest.number(schema);
    this.args(chronicle.argsOf(id), this.parametersOf(kind, schema));
    for (const perceived of chronicle.perceivedOf(id)) {
      digest.number(perceived.who);
      digest.text(perceived.sense);
      digest.number(perceived.whole ? 1 : 0);
    }
    for (const write of chronicle.writesOf(id)) this.write(write);
    // What a reading goes back to follows from who wrote there last and from the writes.
    for (const [from, how] of chronicle.recordedCausesOf(id)) {
      digest.number(from);
      digest.number(how);
    }
    const belief = chronicle.beliefOf(id);
    if (belief !== undefined) this.belief(belief);
    const decision = chronicle.decisionOf(id);
    if (decision !== undefined) this.decision(decision);
  }

  write(write: Write): void {
    const fluent = this.world.fluents[write.fluent];
    this.digest.number(write.fluent);
    this.value(write.args[0] as number, undefined);
    this.args(write.args.slice(1), fluent?.parameters ?? []);
    this.value(write.value, fluent?.type);
    this.digest.number(write.accumulates ? 1 : 0);
  }

  belief(belief: BeliefChange): void {
    this.digest.number(belief.holder);
    this.expression(belief.claim);
    this.digest.number(belief.before);
    this.digest.number(belief.after);
    this.digest.text(belief.source);
    this.digest.number(belief.by);
  }

  decision(decision: Decision): void {
    this.digest.number(decision.who);
    this.digest.text(decision.outcome);
    this.expression(decision.request);
    this.digest.number(decision.asker);
    this.expression(decision.chosen);
    for (const reason of decision.reasons) {
      this.expression(reason.deed);
      for (const step of reason.plan ?? []) this.expression(step);
      for (const number of [reason.gain, reason.urge, reason.reluctance]) {
        this.digest.number(number);
      }
    }
  }

  parametersOf(kind: OccurrenceKind, schema: number): readonly Parameter[] {
    switch (kind) {
      case "started":
      case "ended":
      case "interrupted":
      case "failed":
        return this.world.actions[schema]?.parameters ?? [];
      case "rule":
        return this.world.rules[schema]?.parameters ?? [];
      default:
        return [];
    }
  }

  args(values: readonly number[], parameters: readonly Parameter[]): void {
    this.digest.number(values.length);
    values.forEach((value, index) => {
      this.value(value, parameters[index]?.type);
    });
  }

  value(value: number, type: ValueType | undefined): void {
    if (type?.kind === "claim" || type?.kind === "deed") this.expression(value);
    else this.digest.number(value);
  }

  expression(id: number): void {
    const known = id >= 0 && id < this.world.expressions.count;
    this.digest.number(known ? expressionKey(this.world.expressions, id) : -1);
  }
}
