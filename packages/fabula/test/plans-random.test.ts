/** Plans of random small worlds, beside a search that looks at every state there is. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { openText, take } from "./small-world.js";

const flags = 10;
const stepsMax = 6;

type Literal = readonly [flag: number, holds: boolean];

interface Deed {
  readonly needs: readonly Literal[];
  readonly brings: readonly Literal[];
}

interface Room {
  readonly start: readonly boolean[];
  readonly goal: number;
  readonly deeds: readonly Deed[];
}

const literals = (minLength: number, maxLength: number) =>
  fc.uniqueArray(fc.tuple(fc.nat(flags - 1), fc.boolean()), {
    minLength,
    maxLength,
    selector: ([flag]) => flag,
  });

const rooms: fc.Arbitrary<Room> = fc.record({
  start: fc.array(
    fc.nat(3).map((one) => one === 0),
    { minLength: flags, maxLength: flags },
  ),
  goal: fc.nat(flags - 1),
  deeds: fc.array(fc.record({ needs: literals(1, 3), brings: literals(1, 2) }), {
    minLength: 12,
    maxLength: 20,
  }),
});

const literal = ([flag, holds]: Literal): string => `${holds ? "" : "not "}p.f${flag}`;

function textOf({ start, goal, deeds }: Room): string {
  const fields = start.map((_, flag) => `  f${flag}: boolean\n`).join("");
  const actions = deeds.map(
    ({ needs, brings }, index) => `action a${index} by p: person
  needs ${needs.map(literal).join(" and ")}
  takes 1 s
  at end
${brings.map((one) => `    ${literal(one)}\n`).join("")}`,
  );
  const facts = start.map((holds, flag) => (holds ? `  f${flag}\n` : "")).join("");
  return `story room "A room"
begins day 1 08:00
ends after 1 s
unit s of time
type person
${fields}mind of p: person
  floor means 0.01
  plans means ${stepsMax}
${actions.join("")}person anna
${facts}  wants f${goal} weight 5
`;
}

/** Least number of deeds until the goal holds; 0: it does, or not so many lead there. */
function shortest({ start, goal, deeds }: Room): number {
  if (start[goal] === true) return 0;
  const seen = new Set([start.join()]);
  let states = [start];
  for (let steps = 1; steps <= stepsMax; steps++) {
    const next: (readonly boolean[])[] = [];
    for (const state of states) {
      for (const { needs, brings } of deeds) {
        if (!needs.every(([flag, holds]) => state[flag] === holds)) continue;
        const after = state.slice();
        for (const [flag, holds] of brings) after[flag] = holds;
        if (after[goal] === true) return steps;
        if (seen.has(after.join())) continue;
        seen.add(after.join());
        next.push(after);
      }
    }
    states = next;
  }
  return 0;
}

/** Deeds of what anna chooses first; 0: she chooses nothing. */
function planned(room: Room): number {
  const story = openText(textOf(room));
  const run = story.begin({ seed: 1, changes: take(story.readChanges([])), jitter: 0 });
  run.run();
  for (let id = 0; id < run.chronicle.count; id++) {
    const { decision } = run.chronicle.get(id);
    const chosen = decision?.reasons.find((one) => one.deed === decision.chosen);
    if (chosen !== undefined) return 1 + (chosen.plan?.length ?? 0);
  }
  return 0;
}

it("PLAN-1 they are found where there are any, and none is longer than the shortest", () => {
  const lengths = new Map<number, number>();
  fc.assert(
    fc.property(rooms, (room) => {
      const length = shortest(room);
      lengths.set(length, (lengths.get(length) ?? 0) + 1);
      expect(planned(room)).toBe(length);
    }),
    { seed: 1, numRuns: 600 },
  );
  for (const length of [0, 1, 2, 3, 4]) expect(lengths.get(length)).toBeGreaterThan(0);
});
