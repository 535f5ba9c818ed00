/** A told text that reads what moves by itself says how it is when it is told. */
import { describe, expect, it } from "vitest";
import { tellRun } from "../src/index.js";
import { openText } from "./small-world.js";

const lamp = (oil: number) => `story lamp "The lamp"
ends after 60 s

unit s of time

type person
  calls: number 0 .. 100 = 0
type lamp
  oil: quantity 0 .. 20 = 20
  topped: boolean
process burns for l: lamp
  while l.oil > 0
  l.oil falls by 1 per s

rule looks(l: lamp) for p: person
  every 4 s when p.calls < 10
  then p.calls rises by 1
  told "{p.calls}: {if l.oil > 10 then "full" else if l.oil > 0 then "low" else "out"}."
rule fills_up for l: lamp
  when l.oil <= 2 and not l.topped
  then
    l.topped
    l.oil = ${oil}
  told "Somebody fills it: {if l.oil > 10 then "full" else "hardly"}."

person ana "Ana"
lamp old "the old lamp"
at start
  old.oil = 15
`;

describe("quantities in told texts", () => {
  const told = (oil: number) => {
    const options = { seed: 1, changes: [], jitter: 0, eyes: -1, form: "prose" } as const;
    const { passages } = tellRun(openText(lamp(oil)), { ...options, voice: "name" });
    return passages.map(({ time, text }) => `${time / 1000} ${text.split(": ")[1]}`);
  };

  it("follow the line on which they move, and jump where they are written", () => {
    const before = ["4 full.", "8 low.", "12 low."];
    const full = ["13 full.", "16 full.", "20 full.", "24 low.", "28 low.", "32 low."];
    expect(told(20)).toEqual([...before, ...full, "36 out.", "40 out."]);
    const hardly = ["13 hardly.", "16 out.", "20 out.", "24 out.", "28 out.", "32 out."];
    expect(told(3)).toEqual([...before, ...hardly, "36 out.", "40 out."]);
  });
});
