/** The answer to `whatif` as a page: what is other stands out, and the rest is counted. */
import type { Following, WhatIfAnswer } from "fabula";
import { describe, expect, it } from "vitest";
import { whatIfLines } from "../src/what-if-text.js";

const text = { form: "text", all: false } as const;

function following(what: string, given: Partial<Following> = {}): Following {
  return { what, text: `${what}.`, happens: "now", time: 0, clock: "08:00", from: [], ...given };
}

function answer(given: Partial<WhatIfAnswer>): WhatIfAnswer {
  const clock = "08:00";
  return {
    firstDivergence: { time: 0, clock, base: "A.", now: "B.", baseValues: [], nowValues: [] },
    changed: [{ what: "ada.eats", base: [], now: [clock] }],
    same: [],
    shared: 3,
    followed: [],
    persons: [],
    untouched: [],
    before: [],
    anyway: [],
    hash: "",
    baseHash: "",
    ...given,
  };
}

const shown = (given: Partial<WhatIfAnswer>, all = false) =>
  whatIfLines(answer(given), ["change"], { ...text, all }).join("\n");

describe("the page of a what-if", () => {
  it("tells what is in both at another time in one place, counted by how much it is shifted", () => {
    const followed = [
      following("Ada eats", { happens: "no longer" }),
      ...[1, 2, 3, 4].map((second) =>
        following(`Ben takes step ${second}`, {
          happens: "later",
          later: 1000 * second,
          from: [0],
        }),
      ),
      following("Ben sings", { from: [4] }),
      following("Cai falls", { happens: "earlier", later: -90_000 }),
      following("Dan sits", { later: 0 }),
    ];
    const page = shown({ followed });
    expect(page).toContain(
      [
        "What followed, in one of the two runs alone (2):",
        "  08:00  (no longer) Ada eats.",
        "    08:00  Ben sings.",
        "",
        "In both, only at another time (5):",
        "  1 s to 4 s later: 4",
        "    08:00  Ben takes step 1.",
        "    08:00  Ben takes step 2.",
        "    and 2 more (--all lists them)",
        "  1 min 30 s earlier: 08:00  Cai falls.",
        "",
        "In both at the same time, but not quite alike (1):",
        "  08:00  Dan sits.",
      ].join("\n"),
    );
    expect(page).not.toContain("Changed");
    expect(shown({ followed }, true)).toContain("    08:00  Ben takes step 4.\n");
    expect(shown({ followed }, true)).toContain("Changed (1):");
  });

  it("shows of a long list how it begins and how it ends", () => {
    const followed = Array.from({ length: 60 }, (_, index) =>
      following(`Step ${index}`, { from: index === 0 ? [] : [index - 1] }),
    );
    const page = shown({ followed });
    expect(page).toContain("Step 0.");
    expect(page).toContain("Step 59.");
    expect(page).not.toContain("Step 30.");
    expect(page).toContain("and 36 more between the first and the last (--all lists them)");
    expect(shown({ followed }, true)).toContain("Step 30.");
  });

  it("names choices before beliefs, and of beliefs first what is not of one's own deeds", () => {
    const said = (what: string, source: string) => ({ clock: "08:00", text: what, source });
    const persons = [
      {
        who: "ada",
        name: "Ada",
        learned: [said("Ada knows she ate.", "did"), said("Ada knows he left.", "saw")],
        missed: [],
        chose: [
          { clock: "08:00", base: "Ada eats.", now: "Ada rests." },
          { clock: "08:01", base: "Ada sleeps.", now: null },
          { clock: "08:02", base: "Ada sleeps.", now: null },
        ],
      },
    ];
    expect(shown({ persons })).toContain(
      [
        "Ada:",
        "  08:00  now: Ada rests. (instead of: Ada eats.)",
        "  08:01  no longer: Ada sleeps. (2 times, the last at 08:02)",
        "  08:00  now: Ada knows he left.",
        "  and 1 belief more (--all lists them)",
      ].join("\n"),
    );
    expect(shown({ persons }, true)).toContain("now: Ada knows she ate.");
  });

  it("counts what was over before the runs part, and says by its end that an act began", () => {
    const untouched = ["ada.wakes", "ben.sit starts", "ben.sit", "ben.rest starts"];
    const page = shown({ untouched, before: ["ada.wakes"] });
    expect(page).toContain(
      "behind it (4):\n  1 before the two runs part (--all lists them)\n  ben.sit, ben.rest starts\n",
    );
    expect(shown({ untouched, before: ["ada.wakes"] }, true)).toContain("\n  ada.wakes\n");
  });
});
