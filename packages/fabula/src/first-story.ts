/** The text a story of one's own begins with: small, complete, and something happens in it. */

/** `name`: an identifier. */
export function firstStory(name: string, title: string): string {
  const shown = title.replaceAll("\n", " ").replaceAll('"', "'");
  return `// Two people on an old bridge at night; one of them is bleeding.
//
// This is how it begins. What follows is what the two choose: change a number, a belief or a want,
// play it again, and see what comes of it.
story ${name} "${shown}"
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
