/**
 * Names that several things share (`guest "a guest" times 3`) told apart: the first keeps its name,
 * the next is `a second guest`, `the second guest`. What stands in one place without a number is
 * `another guest`.
 */
import { ordinalOf } from "./sentence.js";

/**
 * Which of those that share a name are told apart: none, as in prose; those of which there are few,
 * so that no army is numbered through; those that are declared, whose number is the same in every
 * run; or all, those that came to be in the run too.
 */
export type Apart = "none" | "few" | "declared" | "all";

/** Of one name. */
export const fewMax = 12;

/** `rank`: from 1, the first of those called so. */
export function numberedName(name: string, rank: number): string {
  if (rank === 1) return name;
  const [, article, noun] = /^(an?|the) (.+)$/.exec(name) ?? [];
  if (noun === undefined) return `${name} ${rank}`;
  const ordinal = ordinalOf(rank);
  if (article === "the") return `the ${ordinal} ${noun}`;
  return `${/^(eighth|8|11th|18th)/.test(ordinal) ? "an" : "a"} ${ordinal} ${noun}`;
}

/** After one of the name was named in the same sentence. */
export function otherName(name: string): string {
  const [, article, noun] = /^(an?|the) (.+)$/.exec(name) ?? [];
  if (noun === undefined) return name;
  return article === "the" ? `the other ${noun}` : `another ${noun}`;
}
