/** Worlds in Fabula's language as discrete problems: what each thing becomes, what is refused. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { explain, memberNotation, seek, tellStory } from "../src/index.js";
import { discreteWorld, readWorld } from "./support/world-of.js";

const people = `
type place
type person
  at: place
  awake: boolean = true
mind of p: person
  able means p.awake
place hall
place yard
person anna
  at = hall
person ben
  at = yard
`;

function solve(text: string, goal: string, more = {}) {
  const { problem, reading } = readWorld(`story test "Test"\n${text}`, goal);
  if (problem === undefined) throw new RangeError(JSON.stringify(reading.diagnostics));
  return seek(problem, { shortest: true, ...more });
}

function codes(text: string): string[] {
  return discreteWorld(text).diagnostics.map(({ code }) => code);
}

const example = (name: string) =>
  readFileSync(join(import.meta.dirname, "../../../worlds/examples", `${name}.fabula`), "utf8");

describe("a discrete world in Fabula's language", () => {
  it("lets people act who want it and can", () => {
    const text = `${people}
action go(to: place) by p: person
  needs p.at != to
  at end
    p.at = to
person carl
  at = yard
  awake = false
  wants carl.at = hall
person dora
  at = yard
  wants dora.at = hall
`;
    expect(solve(text, "dora.at = hall").plan).toEqual(["go(dora, hall)"]);
    expect(solve(text, "carl.at = hall").outcome).toBe("none");
    expect(solve(text, "anna.at = yard").outcome).toBe("none");
  });

  it("begins with what each of a type starts with", () => {
    const text = `${people}
type thing
  holder: person
  opens(what: place): boolean
type key is thing
  opens(yard)
type old_key is key
  not opens(yard)
person has
  inside: place
  wants inside = yard
action open(where: place, using: thing) by p: person
  needs using.opens(where) and p.inside = unknown
  at end
    p.inside = where
thing stick
old_key rusty
key bright
`;
    expect(solve(text, "anna.inside = yard").plan).toEqual(["open(anna, yard, bright)"]);
    const goal = "anna.inside = yard";
    expect(solve(`${text}key has\n  not opens(yard)\n`, goal).outcome).toBe("none");
  });

  it("keeps numbers to their steps, or says that it cannot", () => {
    const coins = (value: string) => `${people}
person has
  coins: number 0 .. 100 = 2.5
    in steps of 1
  owes: number 0 .. 100 = 1
  wants self.coins = 5
action earn by p: person
  at end
    p.coins = ${value}
`;
    const goal = "anna.coins = 5";
    expect(solve(coins("p.coins + 2"), goal).plan).toEqual(["earn(anna)"]);
    expect(codes(coins("p.coins + 2"))).toEqual([]);
    expect(codes(coins("p.coins / 2"))).toEqual(["FAB4202"]);
    expect(codes(coins("p.coins + p.owes"))).toEqual(["FAB4202"]);
    expect(codes(coins("4.6"))).toEqual([]);
  });

  it("takes actions of the world for the author's, and its wants for the goal", () => {
    const text = `${people}
world has
  raining: boolean
  wants raining
action rain_falls by w: world
  needs not raining
  at end
    raining
  seen
`;
    const { problem } = readWorld(`story test "Test"\n${text}`);
    expect(problem?.actions[0]?.consenting).toEqual([]);
    expect(seek(problem!).plan).toEqual(["rain_falls()"]);
  });

  it("asks everybody who consents", () => {
    const text = (wants: string) => `${people}
action dance(other: person) by p: person with other
  needs p != other
  at end
    p.at = yard
    other.at = yard
  seen
person eve
  at = hall
  wants eve.at = yard
person finn
  at = hall
${wants}
`;
    expect(solve(text("  wants finn.at = yard"), "finn.at = yard").length).toBe(1);
    expect(solve(text("  wants finn.at = hall"), "finn.at = yard").outcome).toBe("none");
  });

  it("lets people see what can be seen, and nobody else", () => {
    const text = (clause: string) => `${people}
type lamp
  lit: boolean
    ${clause}
lamp one
action light by w: world
  needs not one.lit
  at end
    one.lit
`;
    const seen = (clause: string) => solve(text(clause), "ben believes one.lit").found;
    expect(seen("seen")).toBe(true);
    expect(seen("seen when observer.at = yard")).toBe(true);
    expect(seen("seen when observer.at = hall")).toBe(false);
    expect(seen("seen by ben")).toBe(true);
    expect(seen("seen by anna")).toBe(false);
  });

  it("keeps numbers within their bounds", () => {
    const text = `${people}
world has
  gold: number 0 .. 3 = 2
action find by w: world
  needs gold < 3
  at end
    gold rises by 5
`;
    expect(solve(text, "gold = 3").found).toBe(true);
    expect(solve(text, "gold > 3").outcome).toBe("none");
  });

  it("computes what is computed, through other fields too", () => {
    const text = `${people}
type place is thing
type thing
type ring
  bearer: person
  abroad means bearer.at = yard
ring one
action give(to: person) by w: world
  needs one.bearer != to
  at end
    one.bearer = to
`.replace("type place is thing\ntype thing\n", "");
    expect(solve(text, "one.abroad").plan).toEqual(["give(ben)"]);
    expect(solve(text, "one.bearer != unknown and not one.abroad").plan).toEqual(["give(anna)"]);
  });

  it("starts minds as the story says, nested ones too", () => {
    const text = `${people}
world has
  flag: boolean
  knows: boolean
action tell by w: world
  needs anna believes ben believes flag
  needs not (anna believes flag)
  at end
    knows
person gus
  at = hall
`.replace("person ben\n  at = yard", "person ben\n  at = yard\n  believes flag");
    expect(solve(text, "knows").outcome).toBe("none");
    const told = text.replace(
      "person anna\n  at = hall",
      "person anna\n  at = hall\n  believes ben believes flag",
    );
    expect(solve(told, "knows").plan).toEqual(["tell()"]);
  });

  it("gives private fields away to nobody", () => {
    const text = (line: string) => `${people}
person has
  loves(other: person): boolean
    ${line}
world has
  out: boolean
action shout by w: world
  needs ben believes anna.loves(ben)
  at end
    out
facts
  anna.loves(ben)
`;
    expect(solve(text('said as "{self} love{self.s} {other}"'), "out").found).toBe(true);
    expect(solve(text("private"), "out").outcome).toBe("none");
  });

  it("tells stories in the words of the language", () => {
    const notation = memberNotation(new Set(["raining", "rain_falls"]));
    expect(notation.write("go(anna, hall); rain_falls(); believes raining() = True")).toBe(
      "anna.go(hall); rain_falls; believes raining = true",
    );
    expect(notation.write("True")).toBe("true");
    expect(notation.read("anna.go(hall)")).toBe("go(anna, hall)");
    expect(notation.read("rain_falls")).toBe("rain_falls()");
    expect(notation.read("anna.wake")).toBe("wake(anna)");
  });
});

describe("what a discrete world cannot say", () => {
  it.each([
    ["a quantity", "person has\n  blood: quantity 0 .. 5\n"],
    ["a length", "action a by p: person\n  takes 5 s\n  at end\n    not p.awake\n"],
    ["a process", "process x for p: person\n  while p.awake\n  p.n rises by 1 per s\n"],
    ["an expectation", "expectation x by p: person\n  when p.awake\n  then not p.awake\n"],
    ["a clock", "rule x for p: person\n  every 5 s when p.awake\n  then not p.awake\n"],
    ["what comes from outside", "at 5 s\n  anna.at = yard\n"],
  ])("%s: FAB4201", (_, text) => {
    const world = `unit s of time\n${people}person has\n  n: quantity 0 .. 9\n${text}`;
    expect(new Set(codes(world))).toEqual(new Set(["FAB4201"]));
  });

  it.each([
    ["chance", "    with chance 50%\n      not p.awake"],
    ["a new thing", "    create place there"],
    ["evidence", "    anna believes ben.awake times 3"],
    ["how sure", "    if anna.sure_of(ben.awake) > 0.5\n      not p.awake"],
  ])("%s: FAB4202", (_, effect) => {
    const text = `unit % = 0.01\n${people}action a by p: person\n  at end\n${effect}\n`;
    expect(codes(text)).toEqual(["FAB4202"]);
  });

  it("effects whose order counts: FAB4203", () => {
    const action = (effects: string, needs = "p.awake") =>
      codes(`${people}action a(q: person) by p: person\n  needs ${needs}\n  at end\n${effects}\n`);
    expect(action("    p.at = q.at\n    q.at = p.at")).toEqual(["FAB4203"]);
    expect(action("    p.at = hall\n    q.at = yard")).toEqual(["FAB4203"]);
    expect(action("    p.at = hall\n    q.at = yard", "p != q")).toEqual([]);
    const every = (body: string) => action(`    every o: person where ${body}`);
    expect(every("o.at = p.at\n      o.at = q.at")).toEqual(["FAB4203"]);
    expect(every("o != p\n      p.at = o.at")).toEqual(["FAB4203"]);
    expect(every("o.awake\n      not o.awake")).toEqual([]);
    expect(every("o.at = p.at\n      o believes not p.awake")).toEqual([]);
    expect(every("o.awake\n      q believes not p.awake")).toEqual([]);
    expect(every("o.awake\n      q.at = hall")).toEqual([]);
    const kinds = `${people}type guard is person\ntype cook is person\n`;
    const either = (needs: string) =>
      codes(
        `${kinds}action a(q: guard) by p: person\n  needs ${needs}\n  at end\n    p.at = hall\n    q.at = yard\nguard gus "Gus"\n`,
      );
    expect(either("p.awake")).toEqual(["FAB4203"]);
    expect(either("not (p is guard)")).toEqual([]);
    expect(either("p is cook")).toEqual([]);
    expect(action("    if p.awake\n      p.at = hall\n    else\n      p.at = yard")).toEqual([]);
  });

  it("calculating with a number that is never known: FAB4207, at the fact", () => {
    const text = (more: string, wants = "wants purse.coins > 3") =>
      `${people}type bag\n  coins: number\naction earn by p: person\n  at end\n    purse.coins rises by 1\n${more}bag purse\n  coins = unknown\nperson carl\n  ${wants}\n`;
    const [found] = discreteWorld(text("")).diagnostics;
    expect(found).toMatchObject({
      code: "FAB4207",
      span: { line: text("").split("\n").indexOf("  coins = unknown") + 2 },
    });
    expect(codes(text("", "wants carl.awake"))).toEqual([]);
    expect(codes(text("action count by p: person\n  at end\n    purse.coins = 1\n"))).toEqual([]);
    expect(
      codes(text("", "wants other.coins > 3").replace("bag purse", "bag other\nbag purse")),
    ).toEqual([]);
    const needs =
      "action pay by p: person\n  needs purse.coins - 1 >= 0\n  at end\n    not p.awake\n";
    expect(codes(text(needs, "wants carl.awake"))).toEqual(["FAB4207"]);
  });

  it("beliefs that are no state of things: FAB4204", () => {
    const action = (belief: string) =>
      codes(`${people}action a(q: person) by p: person\n  at end\n    p believes ${belief}\n`);
    expect(action("q.at != hall")).toEqual(["FAB4204"]);
    expect(action("(q.at = hall or q.at = yard)")).toEqual(["FAB4204"]);
    expect(action("q.at = p.at")).toEqual(["FAB4204"]);
    expect(action("q.at = unknown")).toEqual([]);
  });

  it("a rule that would fire again: FAB4206, a warning", () => {
    const rule = (when: string) => `${people}
action go(to: place) by p: person
  at end
    p.at = to
rule sends_home for p: person
  when ${when}
  then p.at = hall
`;
    const { diagnostics, problem } = discreteWorld(rule("p.awake"));
    expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([
      ["FAB4206", "warning"],
    ]);
    expect(problem).toBeDefined();
    expect(codes(rule("p.awake and p.at != hall"))).toEqual([]);
  });
});

describe("the examples", () => {
  it("the-ford: he walks into a trap that he believes elsewhere", () => {
    const text = example("the-ford");
    const { problem } = readWorld(text, "wick.caught");
    const result = seek(problem!, { shortest: true });
    expect(result).toMatchObject({ found: true, valid: true, isShortest: true });
    expect(result.plan).toEqual(["go(wick, market)", "go(wick, ford)", "arrest(hale, wick)"]);
    const { steps } = explain(problem!, result.story!, result.limits);
    const wrong = steps[1]!.reasons[0]!.wrong.map(({ fluent, from, to }) => [fluent, from, to]);
    expect(wrong).toContainEqual(["at(hale)", "bridge", "ford"]);
    const knowing = text.replace("believes hale.at = bridge", "believes hale.at = ford");
    expect(knowing).not.toBe(text);
    const none = seek(readWorld(knowing, "wick.caught").problem!, { shortest: true });
    expect(none.outcome).toBe("none");
  });

  it("the-false-alarm: a lie sends the guard away", () => {
    const { problem } = readWorld(example("the-false-alarm"));
    const result = seek(problem!, { shortest: true });
    expect(result).toMatchObject({ found: true, valid: true, isShortest: true });
    expect(result.plan).toEqual([
      "cry_fire(dorn, gate, pell)",
      "go(pell, gate)",
      "take(dorn, crown)",
    ]);
    const explanation = explain(problem!, result.story!, result.limits);
    expect(explanation.steps[0]!.misled).toMatchObject([
      { character: "pell", wrong: [{ fluent: "burning(gate)", from: "True", to: "False" }] },
    ]);
    expect(tellStory(explanation)).toContain(
      "Now pell is wrong: believes burning(gate) = True, in truth it is False.",
    );
  });
});
