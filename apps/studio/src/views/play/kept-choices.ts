/** Choices of a story half played, kept in this browser. */
import type { Choice } from "fabula";

const prefix = "fabula.play ";

export function keptChoices(name: string): readonly Choice[] {
  try {
    const kept: unknown = JSON.parse(window.localStorage.getItem(prefix + name) ?? "[]");
    return Array.isArray(kept) && kept.every(isChoice) ? kept : [];
  } catch {
    return [];
  }
}

export function keepChoices(name: string, choices: readonly Choice[]): void {
  try {
    if (choices.length === 0) window.localStorage.removeItem(prefix + name);
    else window.localStorage.setItem(prefix + name, JSON.stringify(choices));
  } catch {
    // A browser that keeps nothing: the choices last as long as the page.
  }
}

function isChoice(one: unknown): one is Choice {
  return one === "yes" || one === "no" || (Number.isInteger(one) && (one as number) >= -1);
}
