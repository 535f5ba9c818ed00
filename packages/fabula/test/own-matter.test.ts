/** What is one's own matter: told to whom one wants to believe it, unless an act of its own says it. */
import { expect, it } from "vitest";
import { askRun } from "../src/index.js";
import { openText, take } from "./small-world.js";

const story = (want: string, act = "", more = "") => `story matter "The matter"
begins day 1 08:00
ends after 2 min
unit s of time
unit min = 60 s
type person
  took_it: boolean
    private
    felt by self
  read(l: person): boolean
  note: claim
    private
mind of p: person
  able means true
  trust(other: person) means 50
  together(other: person) means true
action tell(hearer: person, what: claim) by p: person
  needs hearer != p
  speech to hearer
  takes 2 s
  says what
  heard
${act}person anna "Anna"
  took_it
${want}person ben "Ben"
${more}`;

function answer(text: string, question: string): string {
  const opened = openText(text);
  const at = Number.POSITIVE_INFINITY;
  const read = take(opened.readQuestion(question));
  return askRun(opened, read, { seed: 1, changes: [], jitter: 0, at, as: -1 }).text;
}

const told = "count of anna.tell(ben, any) > 0";
const believes = "ben believes anna.took_it";

it("is told by who wants it known", () => {
  const text = story("  wants ben believes took_it weight 2\n");
  expect(answer(text, told)).toBe("yes");
  expect(answer(text, believes)).toBe("yes");
});

it("is kept by who wants nothing of it, or wants it hidden", () => {
  expect(answer(story(""), told)).toBe("no");
  expect(answer(story("  wants not (ben believes took_it) weight 2\n"), told)).toBe("no");
});

it("is said only by the act that names it, where there is one", () => {
  const act = `action own_up(hearer: person) by p: person
  needs hearer != p and p.took_it
  speech to hearer
  takes 2 s
  says p.took_it
  heard
`;
  const text = story("  wants ben believes took_it weight 2\n", act);
  expect(answer(text, told)).toBe("no");
  expect(answer(text, "count of anna.own_up(ben) > 0")).toBe("yes");
});

it("is not believed where nothing is said", () => {
  const text = story(
    "",
    "",
    `at 10 s
  ben believes anna.note
  ben believes ben.note times 4
  ben forgets anna.note
`,
  );
  expect(answer(text, believes)).toBe("no");
});
