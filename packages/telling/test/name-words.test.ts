import { describe, expect, it } from "vitest";
import { predicateOf, takesObject } from "../src/name-words.js";

describe("the words of a name", () => {
  it.each([
    ["flashes", false, { kind: "does", stem: "flash", singular: "flashes", rest: "" }],
    ["hurries", false, { kind: "does", stem: "hurry", singular: "hurries", rest: "" }],
    ["looks_at", true, { kind: "does", stem: "look", singular: "looks", rest: "at" }],
    ["sees_behind", false, { kind: "does", stem: "see", singular: "sees", rest: "behind" }],
    ["goes_on", false, { kind: "does", stem: "go", singular: "goes", rest: "on" }],
    ["was_promised", false, { kind: "auxiliary", verb: "was", rest: "promised" }],
    ["can_dodge", false, { kind: "auxiliary", verb: "can", rest: "dodge" }],
    ["dying", false, { kind: "is", rest: "dying" }],
    ["reckless", false, { kind: "is", rest: "reckless" }],
    ["conscious", false, { kind: "is", rest: "conscious" }],
    ["hands_full", false, { kind: "is", rest: "hands full" }],
  ])("%s is said or done", (name, hasObject, expected) => {
    expect(predicateOf(name, hasObject)).toEqual(expected);
  });

  it("take an object where they are verbs, end in -ing or in a preposition", () => {
    const names = ["thrusts_at", "shelters", "shaping", "weaned_by", "looking_into", "at"];
    expect(names.filter(takesObject)).toEqual(names);
    expect(["target", "why_asker", "left", "foe", "home"].filter(takesObject)).toEqual([]);
  });
});
