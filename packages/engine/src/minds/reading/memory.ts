/**
 * What a mind remembers of what happened: how often, and when last, for each kind of occurrence it
 * perceived. Read in one's own mind; another's memory is taken to be one's own.
 */
import type { EventPattern, EventPhase, ExprId } from "@fabula/model";
import { Special } from "../beliefs/atoms.js";
import { CERTAIN } from "../beliefs/odds.js";
import type { Evaluator } from "./evaluator.js";

const PHASES: readonly EventPhase[] = ["started", "ended", "interrupted", "failed"];

/** Names a kind of occurrence: [action 0 or rule 1, id, phase, ...args]. */
export function happeningKey(
  rule: boolean,
  id: number,
  phase: EventPhase,
  args: readonly number[],
): number[] {
  return [rule ? 1 : 0, id, PHASES.indexOf(phase), ...args];
}

/** How often, as this perspective's first person remembers. */
export function happenedTimes(reader: Evaluator, expr: ExprId, locals: number[]): number {
  let times = 0;
  eachMatch(reader, expr, locals, Special.happenedTimes, (value) => {
    times += value;
  });
  return times;
}

/** Seconds since the last; unknown where there was none. */
export function lastHappened(reader: Evaluator, expr: ExprId, locals: number[]): number {
  let last = Number.NaN;
  eachMatch(reader, expr, locals, Special.happenedLast, (value) => {
    if (Number.isNaN(last) || value > last) last = value;
  });
  reader.log.note(0);
  return (reader.now - last) / 1000;
}

function eachMatch(
  reader: Evaluator,
  expr: ExprId,
  locals: number[],
  kind: number,
  visit: (value: number) => void,
): void {
  const event = reader.code.events[expr] as EventPattern;
  if (event.kind !== "action" && event.kind !== "rule") return;
  const wanted = event.args.map((arg) => reader.evaluate(arg, locals));
  const rule = event.kind === "rule";
  const key = happeningKey(rule, event.id, rule ? "started" : event.phase, wanted);
  const parameters = rule
    ? reader.world.rules[event.id]?.parameters.length
    : reader.world.actions[event.id]?.parameters.length;
  const space = reader.space;
  const own = space.perspectives.root(space.perspectives.rootOf(reader.perspective));
  const exact = wanted.length === parameters && wanted.every((arg) => arg !== -1);
  if (exact) {
    visitHeld(reader, own, reader.atoms.special(kind, key), visit);
    return;
  }
  reader.log.note(1 + kind);
  for (const atom of reader.atoms.ofHappening(kind, key)) {
    if (fits(key, reader.atoms.argsOf(atom))) visitHeld(reader, own, atom, visit);
  }
}

/** Whether what happened is what is meant; -1 among the arguments means anything. */
export function fits(key: readonly number[], args: readonly number[]): boolean {
  for (let index = 3; index < key.length; index++) {
    if (key[index] !== -1 && key[index] !== args[index]) return false;
  }
  return true;
}

function visitHeld(
  reader: Evaluator,
  perspective: number,
  atom: number,
  visit: (value: number) => void,
): void {
  const key = reader.keyRead(perspective, atom);
  if (reader.space.odds(key) >= CERTAIN) visit(reader.space.value(key));
}
