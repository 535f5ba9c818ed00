import { describe, expect, it } from "vitest";
import { numberedName, otherName } from "../src/index.js";

describe("a name that several share", () => {
  it.each([
    ["a guest", 1, "a guest"],
    ["a guest", 2, "a second guest"],
    ["an old man", 8, "an eighth old man"],
    ["a guest", 11, "an 11th guest"],
    ["a guest", 22, "a 22nd guest"],
    ["the mask", 3, "the third mask"],
    ["Clone", 4, "Clone 4"],
  ])("%s is of the number %i %s", (name, rank, expected) => {
    expect(numberedName(name, rank)).toBe(expected);
  });

  it("is another one's where one was named before", () => {
    expect(otherName("a guest")).toBe("another guest");
    expect(otherName("the guard")).toBe("the other guard");
    expect(otherName("Anna")).toBe("Anna");
  });
});
