/**
 * Runs the directives of a case file (`//> directive => answer`) against the planner.
 * A directive is run from the start of the problem; questions are about the last `do`.
 */
import { readFileSync } from "node:fs";
import { readSabre } from "@fabula/language/sabre";
import type { DiscreteProblem, SeekLimits } from "@fabula/model";
import { ground } from "../../src/ground/ground.js";
import type { GroundProblem } from "../../src/ground/ground-problem.js";
import { seek } from "../../src/index.js";
import { lastGrade, Reasons } from "../../src/search/reasons.js";
import { EndlessTriggerError } from "../../src/search/transition.js";
import { World } from "../../src/search/world.js";

export interface Directive {
  readonly text: string;
  /** What Sabre answers. */
  readonly sabre: string;
  /** What the strict meaning answers where it differs, and why. */
  readonly ours?: string;
  readonly why?: string;
}

export interface Case {
  readonly problem: DiscreteProblem | undefined;
  readonly errors: readonly string[];
  readonly directives: readonly Directive[];
}

export function readCase(path: string): Case {
  const text = readFileSync(path, "utf8");
  const { problem, diagnostics } = readSabre(text, path);
  const directives = text
    .split("\n")
    .filter((line) => line.startsWith("//> "))
    .map((line) => {
      const [, head = "", answer = ""] = /^\/\/> (.*?) => (.*)$/.exec(line) ?? [];
      const [, sabre = answer, ours, why] = /^(.*?) \| ours: (.*) \| (.*)$/.exec(answer) ?? [];
      const base = { text: head, sabre: sabre.replace(/ @.*$/, "") };
      return ours === undefined || why === undefined ? base : { ...base, ours, why };
    });
  return { problem, errors: diagnostics.map(({ message }) => message), directives };
}

const wide: SeekLimits = {
  goal: 1,
  authorTemporalLimit: 5,
  characterTemporalLimit: 3,
  epistemicLimit: 3,
};

export class CaseRunner {
  private readonly ground: GroundProblem;
  private readonly world: World;
  private state: number;

  constructor(private readonly problem: DiscreteProblem) {
    const { diagnostics, ground: found } = ground(problem);
    if (found === undefined) throw new RangeError(diagnostics[0]?.message);
    this.ground = found;
    this.world = new World(found, { limits: wide, bytesMax: 1e8, mayGoOn: () => true });
    this.state = this.world.transitions.root;
  }

  run(directive: string): string {
    const [word = ""] = directive.split(" ");
    const rest = directive.slice(word.length).trim();
    switch (word) {
      case "do":
        return this.do(rest);
      case "ask":
        return this.ask(rest);
      case "util":
        return this.util(rest);
      case "solve":
        return this.solve(rest);
      case "actions":
        return this.ground.actions.map(({ name }) => name.replace("()", "()")).join(" ");
      case "fluents":
        return this.ground.fluents.map(({ name }) => name).join(" ");
      case "count": {
        const { actions, fluents, triggers } = this.ground;
        return `${fluents.length} fluents, ${actions.length} actions, ${triggers.length} triggers`;
      }
      case "branch":
        return this.branch(rest);
      default:
        throw new RangeError(`unknown directive ${word}`);
    }
  }

  private do(plan: string): string {
    const { transitions } = this.world;
    this.state = transitions.root;
    this.before = this.state;
    this.last = -1;
    for (const name of plan.split(";").map((part) => part.trim())) {
      if (name === "") continue;
      const action = this.ground.actions.findIndex((one) => one.name === name);
      if (action < 0) return "no such action";
      if (!transitions.isPossible(this.state, action)) return `impossible at ${name}`;
      this.before = this.state;
      this.last = action;
      try {
        this.state = transitions.step(this.state, action);
      } catch (error) {
        if (error instanceof EndlessTriggerError) return "endless";
        throw error;
      }
    }
    return "ok";
  }

  private before = 0;
  private last = -1;

  private ask(question: string): string {
    const [first = "", whose = ""] = question.split(" @ ");
    const believes = /^believes\((\w+), (.*)\)$/.exec(first);
    const fluent = believes?.[2] ?? first;
    const chain = [...whose.split(".").filter(Boolean), ...(believes ? [believes[1]!] : [])];
    const constant = this.ground.constants.get(fluent);
    if (constant !== undefined) return "constant";
    const index = this.ground.fluents.findIndex(({ name }) => name === fluent);
    if (index < 0) return "no such fluent";
    let mind = this.state;
    for (const who of chain) {
      mind = this.world.transitions.minds.inner(mind, this.ground.entityNames.indexOf(who));
    }
    return this.ground.values.text(this.world.transitions.reader.value(mind, index));
  }

  private util(who: string): string {
    const character = who === "" ? -1 : this.ground.entityNames.indexOf(who);
    const { minds } = this.world.transitions;
    const mind = character < 0 ? this.state : minds.inner(this.state, character);
    const utility = this.world.utility(mind, character);
    return Number.isNaN(utility) ? "?" : String(utility);
  }

  /** What a character imagines of the last action, and whether it has a reason for it. */
  private branch(who: string): string {
    const character = this.ground.entityNames.indexOf(who);
    const { transitions, meter } = this.world;
    const mind = transitions.minds.inner(this.before, character);
    const reasons = new Reasons(this.world, meter);
    const found = reasons.find(character, mind, this.last, 3, 2, lastGrade);
    this.state = transitions.step(mind, this.last);
    const utility = this.world.utility(this.state, character);
    return `utility ${utility} explained=${found >= 0}`;
  }

  private solve(text: string): string {
    const [goal, author, character, epistemic] = text.split(" ").map(Number);
    const limits: SeekLimits = {
      goal: goal!,
      authorTemporalLimit: author!,
      characterTemporalLimit: character!,
      epistemicLimit: epistemic!,
    };
    const result = seek(this.problem, { limits, shortest: true });
    if (result.found) return result.plan.join("; ");
    return result.outcome === "none" ? "none" : result.reason;
  }
}
