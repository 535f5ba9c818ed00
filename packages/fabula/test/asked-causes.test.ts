/** Why a rule that asks a mind came about: by what the answer was worked out from. */
import { causesOf } from "@fabula/telling";
import { describe, expect, it } from "vitest";
import { RecordedRun, readStory } from "../src/index.js";

const text = `story watch "The watch"
ends after 60 s
unit s of time
type person
person has
  hurt: boolean
  bored: boolean
  loud: boolean
  upset: boolean
  in_danger means hurt
mind of p: person
  able means true
person ann "Ann"
person ben "Ben"
at 10 s
  ben.hurt
  ann believes ben.hurt
at 20 s
  ann believes ben.bored
at 30 s
  ben.loud
rule is_upset(other: person) for p: person where p != other
  when other.loud and p believes other.in_danger
  then p.upset
`;

describe("causes of what asks a mind", () => {
  it("CAUSE-3 are those of the beliefs that the answer was worked out from", () => {
    const read = readStory({ name: "watch", text }, () => []);
    if (!read.ok) throw new Error(read.diagnostics.map(({ message }) => message).join("\n"));
    const { chronicle, words } = RecordedRun.of(read.value, { seed: 1, changes: [], jitter: 0 });
    const all = Array.from({ length: chronicle.count }, (_, id) => chronicle.get(id));
    const upset = all.filter(({ kind }) => kind === "rule");
    expect(upset).toHaveLength(1);
    const causes = causesOf(chronicle, upset[0]!.id).map(({ from }) => chronicle.get(from));
    expect(causes.map(({ kind, time }) => `${kind} ${time / 1000}`).sort()).toEqual([
      "belief 10",
      "outside 30",
    ]);
    expect(words.sentence(causes.find(({ kind }) => kind === "belief")!)).toContain("hurt");
  });
});
