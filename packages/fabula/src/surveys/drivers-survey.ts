/** What differs from run to run, with whether the outcome holds: the survey behind `drives`. */
import { judge, keyedDraw, type Simulation } from "@fabula/engine";
import { assertSound, type Feature, type FeaturedRun } from "@fabula/lab";
import { describeExpression } from "@fabula/language";
import type { Timed, World } from "@fabula/model";
import type { OpenedStory, Read } from "../opened-story.js";
import type { AnswerSeed } from "./answer-seed.js";

export interface DriversAsk {
  readonly kind: "drivers";
  readonly question: string;
  readonly changes: readonly string[];
  /** Above 0: weights, bonds and trust are shaken, and count as parameters. */
  readonly jitter: number;
}

/** `[holds, [kind, name, value]...]` as JSON. */
export function driversSurvey(story: OpenedStory, ask: DriversAsk): Read<AnswerSeed> {
  const question = story.readQuestion(ask.question);
  if (!question.ok) return question;
  const changes = story.readChanges(ask.changes);
  if (!changes.ok) return changes;
  const asked = question.value.question;
  const timed: Timed =
    asked.kind === "timed"
      ? asked.timed
      : { kind: "at", condition: asked.expr, moment: { kind: "end" } };
  const { jitter } = ask;
  const value: AnswerSeed = (seed) => {
    const simulation = story.begin({ seed, changes: changes.value, jitter });
    const drawn: Feature[] = [];
    simulation.onDraw((purpose, who, nth, drawnValue) => {
      if (nth > 0) return;
      const names = who.map((one) => nameOf(story.world, one)).join(", ");
      const name = names === "" ? purpose : `${purpose} (${names})`;
      drawn.push({ kind: "draw", name, value: drawnValue });
    });
    const holds = judge(simulation, [timed], { toEnd: true })[0] === true;
    assertSound(simulation);
    const shaken = jitter > 0 ? parametersOf(simulation, seed) : [];
    const features = [...drawn, ...shaken, ...mindsOf(simulation)];
    return JSON.stringify([
      holds ? 1 : 0,
      ...features.map((one) => [one.kind, one.name, one.value]),
    ]);
  };
  return { ok: true, value, diagnostics: [...question.diagnostics, ...changes.diagnostics] };
}

export function readFeaturedRun(answer: string): FeaturedRun {
  const [holds, ...rows] = JSON.parse(answer) as [number, ...[Feature["kind"], string, number][]];
  return {
    holds: holds === 1,
    features: rows.map(([kind, name, value]) => ({ kind, name, value })),
  };
}

/** What was shaken, by the draw that shook it. */
function parametersOf({ world }: Simulation, seed: number): Feature[] {
  return world.wants.map((want) => {
    const claim = describeExpression(world, want.claim, [
      "self",
      ...want.binders.map((one) => one.name),
    ]);
    const value = keyedDraw(seed, "jitter want", [want.id], 0);
    return { kind: "parameter", name: `the weight of wanting ${claim}`, value };
  });
}

/** What persons chose and came to believe, each once. */
function mindsOf({ chronicle, world }: Simulation): Feature[] {
  const found = new Map<string, Feature>();
  for (let id = 0; id < chronicle.count; id += 1) {
    const decision = chronicle.decisionOf(id);
    const belief = chronicle.beliefOf(id);
    if (decision !== undefined && decision.chosen >= 0) {
      const deed = describeExpression(world, decision.chosen);
      note(
        found,
        "choice",
        `${decision.outcome === "silent" ? "keeps back" : decision.outcome} ${deed}`,
      );
    } else if (belief !== undefined) {
      const verb = belief.after > 0.5 ? "believes" : "doubts";
      const claim = describeExpression(world, belief.claim);
      note(found, "belief", `${nameOf(world, belief.holder)} ${verb} ${claim}`);
    }
  }
  return [...found.values()];
}

function note(found: Map<string, Feature>, kind: Feature["kind"], name: string): void {
  found.set(`${kind} ${name}`, { kind, name, value: 1 });
}

function nameOf(world: World, entity: number): string {
  return world.entities[entity]?.name ?? `#${entity}`;
}
