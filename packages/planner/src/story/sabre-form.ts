/**
 * Sabre's printed form: a line an action, under it and indented with `| ` what each who consents
 * means to do next, ended by `goal(character, True)`; the whole ended by `goal(True)`.
 */
import { type Notation, plainNotation } from "../world/notation.js";
import type { Story, StoryStep } from "./story.js";

export function toSabreForm(story: Story): string {
  const lines: string[] = [];
  for (const step of story.steps) writeStep(step, "", lines);
  lines.push("goal(True)");
  return `${lines.join("\n")}\n`;
}

function writeStep(step: StoryStep, indent: string, lines: string[]): void {
  lines.push(indent + step.action);
  for (const { character, plan } of step.reasons) {
    for (const next of plan) writeStep(next, `${indent}| `, lines);
    lines.push(`${indent}| goal(${character}, True)`);
  }
}

/**
 * Reads a plan: one action a line or separated by `;`, or a tree in Sabre's form. A bare plan
 * gives steps without reasons, written in `notation`. Lines that start with `//` or `#` are left out.
 */
export function readPlan(text: string, notation: Notation = plainNotation): Story {
  const lines = text
    .split(/[;\n]/)
    .map((line) => line.trimEnd())
    .filter((line) => line.trim() !== "" && !/^\s*(\/\/|#)/.test(line));
  const parsed = lines.map((line) => {
    const marks = /^(\s*\|)*\s*/.exec(line)?.[0] ?? "";
    const step = line.slice(marks.length).trim();
    const isGoal = /^goal\(/.test(step);
    return { depth: marks.split("|").length - 1, text: isGoal ? step : notation.read(step) };
  });
  const cursor = { at: 0 };
  return { steps: readSteps(parsed, cursor, 0).steps };
}

interface Line {
  readonly depth: number;
  readonly text: string;
}

/** Steps at `depth` until a goal line or a shallower one; the goal's owner if there was one. */
function readSteps(lines: readonly Line[], cursor: { at: number }, depth: number) {
  const steps: StoryStep[] = [];
  for (let line = lines[cursor.at]; line !== undefined; line = lines[cursor.at]) {
    if (line.depth < depth) break;
    cursor.at += 1;
    const goal = /^goal\((?:(.*),\s*)?(?:True|False|[-\d.]+)\)$/.exec(line.text);
    if (goal !== null && line.depth === depth) return { steps, owner: goal[1]?.trim() };
    const reasons: { character: string; plan: StoryStep[] }[] = [];
    while ((lines[cursor.at]?.depth ?? 0) > depth) {
      const inner = readSteps(lines, cursor, depth + 1);
      if (inner.owner !== undefined) reasons.push({ character: inner.owner, plan: inner.steps });
    }
    steps.push({ action: line.text, reasons });
  }
  return { steps, owner: undefined };
}
