/** A rare outcome by splitting: what one seed and all that was split from it come to. */
import { isTrue, type Simulation } from "@fabula/engine";
import { matches, splitRun } from "@fabula/lab";
import type { EventPattern, Timed, World } from "@fabula/model";
import { type OpenedStory, type Read, readAll } from "../opened-story.js";
import type { AnswerSeed } from "./answer-seed.js";

export interface RareAsk {
  readonly kind: "rare";
  readonly question: string;
  /** Conditions, each on the way to the next. */
  readonly levels: readonly string[];
  /** At least 2. */
  readonly copies: number;
  readonly changes: readonly string[];
  readonly jitter: number;
}

export function rareSurvey(story: OpenedStory, ask: RareAsk): Read<AnswerSeed> {
  const question = story.readQuestion(ask.question);
  if (!question.ok) return question;
  const changes = story.readChanges(ask.changes);
  if (!changes.ok) return changes;
  const levels = readAll(ask.levels.map((level) => story.readQuestion(level)));
  if (!levels.ok) return levels;
  const asked = question.value.question;
  const holds =
    asked.kind === "timed"
      ? atEnd(story.world, asked.timed)
      : (simulation: Simulation) => isTrue(simulation.evaluate(asked.expr));
  if (holds === undefined) {
    return wrong(`"${ask.question}" hangs on the whole run, and a split run has many`, remedy);
  }
  const conditions: number[] = [];
  for (const [index, { question: level }] of levels.value.entries()) {
    if (level.kind === "timed") {
      return wrong(`--level "${ask.levels[index]}" is no condition of one moment`, "x.field > 3");
    }
    conditions.push(level.expr);
  }
  const options = { changes: changes.value, jitter: ask.jitter };
  const splitting = { levels: conditions, copies: ask.copies };
  const value: AnswerSeed = (seed) => {
    const { estimate, ends, hits } = splitRun(story.begin({ ...options, seed }), splitting, holds);
    return JSON.stringify([estimate, ends, hits]);
  };
  return { ok: true, value, diagnostics: [...question.diagnostics, ...changes.diagnostics] };
}

const remedy = "ask `x at end`, that something happens (`x.dies`), or `and`, `or`, `not` of these";

function wrong(message: string, remedy: string): Read<AnswerSeed> {
  return { ok: false, diagnostics: [{ code: "FAB6008", severity: "error", message, remedy }] };
}

/** What can be told at the end of a branch from its state and chronicle alone. */
function atEnd(world: World, timed: Timed): ((simulation: Simulation) => boolean) | undefined {
  switch (timed.kind) {
    case "at":
      if (timed.moment.kind !== "end") return undefined;
      return (simulation) => isTrue(simulation.evaluate(timed.condition));
    case "not": {
      const part = atEnd(world, timed.part);
      return part && ((simulation) => !part(simulation));
    }
    case "and":
    case "or": {
      const parts = timed.parts.map((part) => atEnd(world, part));
      const all = parts.filter((part) => part !== undefined);
      if (all.length < parts.length) return undefined;
      return timed.kind === "and"
        ? (simulation) => all.every((part) => part(simulation))
        : (simulation) => all.some((part) => part(simulation));
    }
    case "happens":
      return happens(world, timed.event);
    default:
      return undefined;
  }
}

function happens(
  world: World,
  event: EventPattern,
): ((simulation: Simulation) => boolean) | undefined {
  if (event.kind !== "action" && event.kind !== "rule") return undefined;
  return ({ chronicle }) => {
    for (let id = 0; id < chronicle.count; id += 1) {
      const kind = chronicle.kindOf(id);
      const isPhase = event.kind === "rule" ? kind === "rule" : kind === event.phase;
      if (isPhase && matches(world, event, chronicle.get(id))) return true;
    }
    return false;
  };
}
