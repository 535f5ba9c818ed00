/** What a reader sees who looks round, in lines; with words, only what has those words in it. */
import type { Look } from "fabula";

/** Of what is known besides. */
const knownMax = 8;

export function lookLines(look: Look, words: string): string[] {
  const wanted = words.toLowerCase();
  const fits = (text: string) => text.toLowerCase().includes(wanted);
  const self = look.self.filter(fits);
  const here = look.here
    .map(({ name, notes }) => ({ name, notes: fits(name) ? notes : notes.filter(fits) }))
    .filter(({ name, notes }) => fits(name) || notes.length > 0);
  const known = look.known.filter(({ text }) => fits(text));
  const shown = wanted === "" ? known.slice(0, knownMax) : known;
  const lines = self.length === 0 ? [] : [self.join(" ")];
  for (const { notes } of here) if (notes.length > 0) lines.push(notes.join(" "));
  const others = here.filter(({ notes }) => notes.length === 0).map(({ name }) => name);
  if (others.length > 0) lines.push(`Here besides: ${others.join(", ")}.`);
  if (shown.length > 0)
    lines.push("You know:", ...shown.map((one) => `  ${one.clock}  ${one.text}`));
  const more = known.length - shown.length;
  if (more > 0) lines.push(`  and ${more} more (look WORD tells what has that word in it)`);
  if (lines.length > 0) return lines;
  return [
    wanted === "" ? "You perceive nothing." : `Nothing that you know of has "${words}" in it.`,
  ];
}
