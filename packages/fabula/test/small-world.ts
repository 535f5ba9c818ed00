/** Worlds of a few lines, and reading them. */
import { type OpenedStory, type Read, readStory } from "../src/index.js";

export function openText(text: string): OpenedStory {
  return take(readStory({ name: "small.fabula", text }, () => []));
}

export function take<T>(read: Read<T>): T {
  if (!read.ok) throw new Error(read.diagnostics.map((one) => one.message).join("\n"));
  return read.value;
}

/** Three bells that ring and may crack, each by itself; two of them together raise the alarm. */
export const bells = `story bells "Bells"
begins day 1 08:00
ends after 1 min

unit s of time
unit min = 60 s
unit % = 0.01
type world
type thing
type bell is thing
  wait: number 1 .. 30 = 1 .. 20
  rung: boolean
  cracked: boolean
world has
  seconds: quantity 0 .. 1000 = 0
  alarmed: boolean
process ticks for w: world
  while seconds < 1000
  seconds rises by 1 per s
rule rings for b: bell
  when seconds > b.wait
  then
    b.rung
    with chance 40%
      b.cracked
  told "{b} rings."
rule alarm for w: world
  when one_bell.rung and two_bell.rung
  then alarmed
  told "Everybody wakes."

bell one_bell "the first bell"
bell two_bell "the second bell"
bell far_bell "the far bell"
`;
