/**
 * Changes and questions that are typed when a story is already compiled: they are read in its
 * scope and their expressions are added to its pool.
 */
import type {
  Diagnostic,
  EventPattern,
  ExprId,
  Intervention,
  SourceText,
  Timed,
  World,
} from "@fabula/model";
import { parseChanges, parseQuestion } from "../fragment.js";
import type { Expression, WhatIfLine } from "../generated/ast.js";
import { selectDiagnostics } from "../select-diagnostics.js";
import { type Compilation, compilationOf, hasErrors } from "./compile.js";
import { lowerEvent } from "./event.js";
import { lowerExpression } from "./expression.js";
import { Scope } from "./scope.js";
import { lowerTimed, speaksOfRun } from "./timed.js";
import { lowerIntervention, questionNamed, withAdded } from "./what-if.js";

export interface CompiledChanges {
  readonly changes?: readonly Intervention[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Lines of a what-if, in the scope of the story; `changes` only where nothing is wrong. */
export function compileChanges(world: World, lines: readonly SourceText[]): CompiledChanges {
  const compilation = compilationFor(world);
  const { context } = compilation;
  const { nodes, said } = parseTogether(lines, compilation);
  const changes = withAdded(context, () => nodes.map((node) => lowerIntervention(context, node)));
  const diagnostics = selectDiagnostics([...said, ...context.reporter.take()]);
  if (hasErrors(diagnostics)) return { diagnostics };
  return { changes: changes.filter((change) => change !== undefined), diagnostics };
}

/**
 * Lines are read together, so that one may speak of what another adds; where that goes wrong, each
 * by itself, so that a mistake has a place in its own line.
 */
function parseTogether(
  lines: readonly SourceText[],
  { context, loaded }: Compilation,
): { readonly nodes: readonly WhatIfLine[]; readonly said: readonly Diagnostic[] } {
  const [first] = lines;
  if (first === undefined) return { nodes: [], said: [] };
  const text = lines.map((line) => line.text.trim()).join("\n");
  const together = parseChanges({ name: first.name, text }, loaded, context.beginning);
  if (!hasErrors(together.diagnostics)) {
    return { nodes: together.lines, said: together.diagnostics };
  }
  const alone = lines.flatMap((line) => parseChanges(line, loaded, context.beginning).diagnostics);
  return { nodes: [], said: hasErrors(alone) ? alone : together.diagnostics };
}

export type Question =
  | { readonly kind: "value"; readonly expr: ExprId }
  | { readonly kind: "timed"; readonly timed: Timed };

export interface CompiledQuestion {
  /** A value at one moment (a condition is one), or a condition on the whole run. */
  readonly question?: Question;
  /**
   * What to look for when asked why: an action, a rule, somebody learning, or the condition
   * becoming true. Absent for values that are no condition and for other timed conditions.
   */
  readonly event?: EventPattern;
  readonly diagnostics: readonly Diagnostic[];
}

export function compileQuestion(world: World, text: SourceText): CompiledQuestion {
  const { context, loaded } = compilationFor(world);
  const parsed = parseQuestion(text, loaded, context.beginning);
  const { expression } = parsed;
  const found =
    expression === undefined || hasErrors(parsed.diagnostics)
      ? undefined
      : lowerQuestion({ context, loaded }, expression);
  const diagnostics = selectDiagnostics([...parsed.diagnostics, ...context.reporter.take()]);
  return hasErrors(diagnostics) || found === undefined
    ? { diagnostics }
    : { ...found, diagnostics };
}

function lowerQuestion(
  { context }: Compilation,
  node: Expression,
): Pick<CompiledQuestion, "question" | "event"> | undefined {
  const declared = questionNamed(node);
  const asked = declared?.asks ?? node;
  if (speaksOfRun(context, asked)) {
    const timed = lowerTimed(context, asked, { inWhatIf: false });
    if (timed === undefined) return undefined;
    const event = eventOf(timed);
    return { question: { kind: "timed", timed }, ...(event === undefined ? {} : { event }) };
  }
  const value = lowerExpression(context, Scope.empty(), asked);
  if (value === undefined) return undefined;
  const event =
    value.type.kind === "boolean" ? lowerEvent(context, Scope.empty(), asked) : undefined;
  return {
    question: { kind: "value", expr: value.id },
    ...(event === undefined ? {} : { event }),
  };
}

function eventOf(timed: Timed): EventPattern | undefined {
  if (timed.kind === "happens" || timed.kind === "ever") return timed.event;
  if (timed.kind === "before" || timed.kind === "after") return timed.event;
  if (timed.kind === "interrupted") return timed.event;
  return timed.kind === "at" ? { kind: "becomes", condition: timed.condition } : undefined;
}

function compilationFor(world: World): Compilation {
  const compilation = compilationOf(world);
  if (compilation !== undefined) return compilation;
  throw new TypeError("this world was not compiled here: compile its story again first");
}
