/** An explanation in lines of text. */
import type { Difference, ExplainedReason, ExplainedStep, Explanation } from "./explain.js";

export function tellStory(explanation: Explanation): string {
  const lines: string[] = [];
  explanation.steps.forEach((step, index) => {
    lines.push(`${index + 1}. ${step.action}`);
    if (step.reasons.length === 0) lines.push("   It happens; nobody decides it.");
    for (const reason of step.reasons) tellReason(reason, "   ", lines);
    for (const { character, wrong } of step.misled) {
      lines.push(`   Now ${character} is wrong: ${wrongText(wrong)}.`);
    }
  });
  const { after, before } = explanation.utility;
  lines.push(`The story ends as asked: ${before} became ${after}.`);
  return `${lines.join("\n")}\n`;
}

function tellReason(reason: ExplainedReason, indent: string, lines: string[]): void {
  const { character, plan, utility, wants, wrong } = reason;
  const aim = wants.map(({ fluent, to }) => `${fluent} = ${to}`).join(", ");
  const gain = `${utility.now} to ${utility.hoped}`;
  const text = aim === "" ? `to be better off (${gain})` : `${aim} (${gain})`;
  lines.push(`${indent}${character} wants ${text}.`);
  if (plan.length > 0) {
    lines.push(`${indent}${character} counts on ${plan.map(({ action }) => action).join("; ")}.`);
  }
  if (wrong.length > 0) lines.push(`${indent}${character} is wrong: ${wrongText(wrong)}.`);
  for (const step of plan) tellOthers(step, character, `${indent}   `, lines);
}

function tellOthers(step: ExplainedStep, owner: string, indent: string, lines: string[]): void {
  for (const reason of step.reasons) {
    lines.push(`${indent}As ${owner} sees it, for ${step.action}:`);
    tellReason(reason, `${indent}   `, lines);
  }
}

function wrongText(wrong: readonly Difference[]): string {
  return wrong
    .map(({ fluent, from, to }) => `believes ${fluent} = ${from}, in truth it is ${to}`)
    .join("; ");
}
