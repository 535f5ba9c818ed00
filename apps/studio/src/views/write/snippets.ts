/** Pieces of text to begin from. */
export const snippets: readonly { readonly name: string; readonly text: string }[] = [
  { name: "a person", text: 'person name "Name"\n  pronoun = she\n  at = somewhere' },
  { name: "a place", text: 'place somewhere "the place"' },
  {
    name: "a rule",
    text: 'rule happens for p: person\n  when p.awake\n  then p.lying\n  told "{p} lie{p.s} down."',
  },
  {
    name: "an action",
    text: 'action wave_to(other: person) by p: person\n  needs p.can_act and p.near(other)\n  takes 1 s\n  seen when observer.sees(p)\n  said as "wave to {other}"\n  told "{p} wave{p.s} to {other}."',
  },
  { name: "an expectation", text: 'expect E1 "what should hold"\n  somebody.alive at end' },
  {
    name: "a what-if",
    text: 'whatif X1 "what is different"\n  set somebody.field = value\n  expect somebody.alive at end',
  },
];
