/** The text that `fabula new` writes: small, complete, and something happens in it. */

/** `name`: letters, digits and hyphens, as given to `fabula new`. */
export function firstStory(name: string): string {
  const words = name.replaceAll(/[-_]+/g, " ").trim();
  const title = words.slice(0, 1).toUpperCase() + words.slice(1);
  return `// Your own story: a beginning. What follows is what the people in it choose.
// Change a number, a belief or a want, play it again, and see what comes of it.
story ${name.replaceAll("-", "_")} "${title}"
use std

begins day 1 20:00
ends after 20 min

place here "the old bridge"

person ada "Ada"
  pronoun = she
  at = here
  bond(ben) = 0.8
  trust(ben) = 0.9
  touches(ben)

person ben "Ben"
  pronoun = he
  at = here
  bond(ada) = 0.8
  trust(ada) = 0.9
  touches(ada)

wound cut "the cut in Ben's arm"
  bearer = ben
  site = arm
  depth = 3.5 .. 6                               // drawn anew for every run

// Each line is tried with many seeds: \`fabula test\`.
expect D1 "somebody binds the cut" in 90% of 50 runs
  ada.bind(cut) or ben.bind(cut)

expect D2 "he lives" in 90% of 50 runs
  ben.alive at end

whatif X1 "nobody sees to it"
  forbid ada.bind
  forbid ben.bind
  forbid ada.press
  forbid ben.press
  expect ever ben.lost > 5%
`;
}
