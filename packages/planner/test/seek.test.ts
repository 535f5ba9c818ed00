/** What `seek` says when there is no story, when it is stopped, and when the world is at fault. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readSabre, readSabreCondition } from "@fabula/language/sabre";
import type { DiscreteProblem } from "@fabula/model";
import { describe, expect, it } from "vitest";
import {
  checkPlan,
  explain,
  readPlan,
  type SeekLimits,
  seek,
  tellStory,
  toSabreForm,
  withGoal,
} from "../src/index.js";

function problemOf(name: string): DiscreteProblem {
  const path = join(import.meta.dirname, "cases", name);
  return readSabre(readFileSync(path, "utf8"), name).problem!;
}

function read(text: string): DiscreteProblem {
  const { diagnostics, problem } = readSabre(text, "test");
  expect(diagnostics).toEqual([]);
  return problem!;
}

const limits: SeekLimits = {
  goal: 1,
  authorTemporalLimit: 3,
  characterTemporalLimit: 3,
  epistemicLimit: 3,
};

describe("seek", () => {
  it("keeps fluents of many arguments apart", () => {
    const names = Array.from({ length: 9 }, (_, index) => `T${index}`);
    const problem = read(`type t; ${names.map((name) => `entity ${name} : t;`).join(" ")}
entity A : character; property p(a : t, b : t, c : t, d : t) : boolean;
action set() { effect: p(T0, T0, T0, T1); };
utility(): if(p(T0, T0, T0, T1) & !p(T0, T0, T0, T2)) 1 else 0;`);
    expect(seek(problem, { limits }).plan).toEqual(["set()"]);
  });

  it("tells a story with wrong beliefs", () => {
    const problem = problemOf("t17_wrong_belief_plan.sabre");
    const result = seek(problem, { limits });
    expect(result.plan).toEqual(["swap()", "eat()"]);
    const { steps } = explain(problem, result.story!, result.limits);
    expect(steps[1]!.reasons[0]).toMatchObject({
      character: "A",
      utility: { now: 1, hoped: 2 },
      wrong: [{ fluent: "poison()", from: "False", to: "True" }],
    });
    expect(tellStory(explain(problem, result.story!, result.limits))).toContain(
      "A is wrong: believes poison() = False, in truth it is True.",
    );
  });

  it("prints Sabre's form and reads it back", () => {
    const result = seek(problemOf("t19_epistemic_limit.sabre"), { limits });
    const text = toSabreForm(result.story!);
    expect(text).toBe(
      "ask()\n| help()\n| | goal(B, True)\n| finish()\n| goal(A, True)\ngoal(True)\n",
    );
    expect(readPlan(text)).toEqual(result.story);
  });

  it("says who has no reason when there is no story", () => {
    const result = seek(problemOf("t31_noise.sabre"), { limits });
    expect(result.outcome).toBe("none");
    expect(result.nearest?.refused).toMatchObject({
      action: "noise()",
      character: "A",
      why: "has no reason",
    });
  });

  it("says so when a belief is in the way", () => {
    const short = { ...limits, authorTemporalLimit: 1 };
    const result = seek(problemOf("t16_belief_precondition.sabre"), { limits: short });
    expect(result.outcome).toBe("none");
    expect(result.nearest?.refused).toMatchObject({
      character: "A",
      why: "believes it impossible",
    });
  });

  it("says so when the goal is out of reach whatever anybody wants", () => {
    const result = seek(problemOf("t27_goal_default.sabre"), { limits: { ...limits, goal: 100 } });
    expect(result.outcome).toBe("none");
    expect(result.reason).toContain("out of reach within 3");
  });

  it("says so when the goal is reached at the start already", () => {
    const problem = problemOf("t05_effects.sabre");
    const { condition } = readSabreCondition("a() == P & b() == Q", "goal", problem);
    const result = seek(withGoal(problem, condition!), { limits });
    expect(result.outcome).toBe("none");
    expect(result.reason).toContain("it is so at the start already");
    expect(result.nearest).toBeUndefined();
  });

  it("takes the next whole number as the goal", () => {
    const result = seek(problemOf("t27_goal_default.sabre"), {
      limits: { authorTemporalLimit: 5 },
    });
    expect(result.limits.goal).toBe(2);
    expect(result.plan).toEqual(["inc()"]);
  });

  it("takes a condition as the goal", () => {
    const problem = problemOf("t05_effects.sabre");
    const { condition } = readSabreCondition("a() == Q & b() == P", "goal", problem);
    const result = seek(withGoal(problem, condition!), { limits });
    expect(result.plan).toEqual(["swap()"]);
  });

  it("ends when it may not go on", () => {
    const flags = Array.from({ length: 12 }, (_, i) => {
      const flip = `if(p${i}()) !p${i}() else p${i}()`;
      return `property p${i}() : boolean; action a${i}() { effect: ${flip}; };`;
    });
    const problem = read(`entity A : character; entity B : character; ${flags.join("\n")}
      property left() : boolean; property right() : boolean; property end() : boolean;
      action goLeft() { effect: left() & !right(); };
      action goRight() { effect: right() & !left(); };
      action both() { precondition: left() & right(); effect: end(); };
      utility(): end();`);
    let asked = 0;
    const result = seek(problem, {
      limits: { ...limits, authorTemporalLimit: 20 },
      mayGoOn: ({ expanded }) => {
        expect(expanded).toBeGreaterThan(0);
        asked += 1;
        return asked < 3;
      },
    });
    expect(result.outcome).toBe("interrupted");
    expect(asked).toBe(3);
    expect(result.found).toBe(false);
  });

  it("ends in words when memory is short", () => {
    const result = seek(problemOf("t34_wrong_nested.sabre"), { limits, bytesMax: 1000 });
    expect(result.outcome).toBe("memory");
    expect(result.reason).toContain("out of memory");
  });

  it("names the trigger that never ends", () => {
    const result = seek(problemOf("t13_trigger_loop.sabre"), { limits });
    expect(result.outcome).toBe("fault");
    expect(result.diagnostics[0]).toMatchObject({ code: "FAB4134" });
    expect(result.reason).toContain("forever()");
  });

  it("names division by zero", () => {
    const problem = read(`entity A : character; entity B : character;
      property n() : number; property m() : number;
      action a() { effect: n() = n() / m(); }; action b() { effect: m() = m() + 1; };
      utility(): n();`);
    expect(seek(problem, { limits }).diagnostics[0]).toMatchObject({ code: "FAB4132" });
  });

  it("refuses contradicting effects with the action's name", () => {
    const result = seek(problemOf("t06_conflict.sabre"), { limits });
    expect(result.outcome).toBe("fault");
    expect(result.diagnostics[0]).toMatchObject({ code: "FAB4130" });
    expect(result.diagnostics[0]!.message).toContain("clash(P, Q)");
  });

  it("refuses a problem that is too big", () => {
    const entities = Array.from({ length: 80 }, (_, i) => `entity E${i} : thing;`).join("\n");
    const problem = read(`entity A : character; ${entities}
      property p(x : thing) : boolean;
      action a(x : thing, y : thing, z : thing) { effect: p(x) & p(y) & p(z); };
      utility(): p(E0);`);
    expect(seek(problem, { limits }).diagnostics[0]).toMatchObject({ code: "FAB4131" });
  });
});

describe("checkPlan", () => {
  const cases: [string, string, SeekLimits, string][] = [
    ["t15_equal_utility.sabre", "act()", limits, "no reason"],
    ["t28_leak.sabre", "prepare(); luck(); thanks()", limits, "no reason"],
    ["t31_noise.sabre", "noise()", limits, "no reason"],
    ["t33_noise_worse.sabre", "noise()", limits, "no reason"],
    [
      "t38_author_leak_and_soft_limits.sabre",
      "s1()",
      { ...limits, characterTemporalLimit: 2 },
      "no reason",
    ],
    ["t22_minimality.sabre", "noise(); achieve()", limits, "not minimal"],
    ["t22_minimality.sabre", "bonus()", limits, "impossible"],
    ["t22_minimality.sabre", "noise()", limits, "goal"],
    ["t22_minimality.sabre", "dance()", limits, "unknown action"],
    ["t16_belief_precondition.sabre", "enter()", limits, "not believed possible"],
  ];
  for (const [file, plan, within, kind] of cases) {
    it(`${file}: "${plan}" is refused: ${kind}`, () => {
      const { failures } = checkPlan(problemOf(file), readPlan(plan), within);
      expect(failures.map((failure) => failure.kind)).toEqual([kind]);
    });
  }

  it("names an action that there is not, behind one without a reason", () => {
    const { failures } = checkPlan(
      problemOf("t31_noise.sabre"),
      readPlan("noise(); nose()"),
      limits,
    );
    expect(failures).toMatchObject([
      { step: 1, kind: "unknown action", message: "there is no action nose()" },
    ]);
  });

  it("accepts a good plan and finds its reasons", () => {
    const plan = readPlan("ask()");
    const { story, valid } = checkPlan(problemOf("t19_epistemic_limit.sabre"), plan, limits);
    expect(valid).toBe(true);
    expect(story.steps[0]!.reasons[0]!.plan.map(({ action }) => action)).toEqual([
      "help()",
      "finish()",
    ]);
  });

  it("refuses a tree whose reason is too deep", () => {
    const tree = readPlan("ask()\n| help()\n| | goal(B, True)\n| finish()\n| goal(A, True)\n");
    const problem = problemOf("t19_epistemic_limit.sabre");
    expect(checkPlan(problem, tree, limits).valid).toBe(true);
    const { failures } = checkPlan(problem, tree, { ...limits, epistemicLimit: 0 });
    expect(failures.map((failure) => failure.kind)).toEqual(["too deep"]);
  });
});
