/**
 * The hash of a chronicle: over what happened, as it reads, so that it does not depend on the
 * machine, on the order in which claims were interned, or on what a dropped fork left behind.
 */
import { expressionKey, type Parameter, type ValueType, type World } from "@fabula/model";
import { Digest } from "./digest.js";
import type { BeliefChange, ChronicleReader, Decision, Occurrence } from "./occurrence.js";

export function digestOf(chronicle: ChronicleReader, world: World): string {
  const digest = new Digest();
  digest.number(chronicle.count);
  for (let id = 0; id < chronicle.count; id++) {
    new CanonicalForm(digest, world).occurrence(chronicle.get(id));
  }
  digest.number(chronicle.endTime);
  return digest.hex();
}

class CanonicalForm {
  constructor(
    readonly digest: Digest,
    readonly world: World,
  ) {}

  occurrence(occurrence: Occurrence): void {
    const { digest } = this;
    digest.number(occurrence.time);
    digest.text(occurrence.kind);
    digest.number(occurrence.schema);
    this.args(occurrence.args, this.parametersOf(occurrence));
    for (const perceived of occurrence.perceived) {
      digest.number(perceived.who);
      digest.text(perceived.sense);
      digest.number(perceived.whole ? 1 : 0);
    }
    for (const write of occurrence.writes) {
      const fluent = this.world.fluents[write.fluent];
      digest.number(write.fluent);
      this.value(write.args[0] as number, undefined);
      this.args(write.args.slice(1), fluent?.parameters ?? []);
      this.value(write.value, fluent?.type);
      digest.number(write.accumulates ? 1 : 0);
    }
    for (const cause of occurrence.causes) {
      digest.number(cause.from);
      digest.text(cause.kind);
    }
    if (occurrence.belief !== undefined) this.belief(occurrence.belief);
    if (occurrence.decision !== undefined) this.decision(occurrence.decision);
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
      for (const number of [reason.gain, reason.urge, reason.reluctance]) {
        this.digest.number(number);
      }
    }
  }

  parametersOf(occurrence: Occurrence): readonly Parameter[] {
    switch (occurrence.kind) {
      case "started":
      case "ended":
      case "interrupted":
      case "failed":
        return this.world.actions[occurrence.schema]?.parameters ?? [];
      case "rule":
        return this.world.rules[occurrence.schema]?.parameters ?? [];
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
