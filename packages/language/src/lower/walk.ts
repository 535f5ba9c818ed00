/** Walks over lowered effects and expressions: who writes, who reads. */
import type { Effect, Flow } from "@fabula/model";

/** Every effect, outer ones before what is inside them. */
export function* allEffects(effects: readonly Effect[]): Generator<Effect> {
  for (const effect of effects) {
    yield effect;
    switch (effect.kind) {
      case "create":
      case "every":
      case "every-claim":
        yield* allEffects(effect.body);
        break;
      case "if":
      case "chance":
        yield* allEffects(effect.then);
        yield* allEffects(effect.else);
        break;
      default:
    }
  }
}

/** Fluents that the effects write. */
export function* writtenBy(effects: readonly Effect[]): Generator<number> {
  for (const effect of allEffects(effects)) {
    if (effect.kind === "set" || effect.kind === "shift") yield effect.place.fluent;
  }
}

export function* movedBy(flows: readonly Flow[]): Generator<number> {
  for (const flow of flows) yield flow.place.fluent;
}
