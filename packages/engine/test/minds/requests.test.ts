import { describe, expect, it } from "vitest";
import { Special } from "../../src/minds/beliefs/atoms.js";
import { CERTAIN } from "../../src/minds/beliefs/odds.js";
import { Hooks } from "../../src/minds/choosing/hooks.js";
import { Requests } from "../../src/minds/choosing/requests.js";
import { Wants } from "../../src/minds/choosing/wants.js";
import { Carrying } from "../../src/minds/foresight/carrying.js";
import { ForeseenState } from "../../src/minds/foresight/foreseen-state.js";
import { Foresight } from "../../src/minds/foresight/foresight.js";
import { bench } from "./fake-host.js";
import { deedType, ModelBuilder, nowhere, number } from "./model-builder.js";

/** h is set on going; s wants h to stay; h wants s to promise what takes the going for granted. */
function farewell() {
  const m = new ModelBuilder();
  const person = m.type("person", [], true);
  const P = { kind: "entity", type: person } as const;
  const leaving = m.fluent("leaving", person);
  const vowed = m.fluent("vowed", person);
  const [s, h] = ["s", "h"].map((name) => m.entity(name, person)) as [number, number];
  const [self, other] = [m.local(0, P), m.local(1, P)];
  const stay = m.action("stay", [["p", P]], {
    askable: true,
    needs: m.of(leaving, self),
    atEnd: [m.set(leaving, [self], m.no)],
  });
  const vow = m.action(
    "vow",
    [
      ["p", P],
      ["to", P],
    ],
    {
      askable: true,
      presupposes: [{ claim: m.of(leaving, other), negated: false, span: nowhere }],
      atEnd: [m.set(vowed, [self], m.yes)],
      reluctance: m.num(0.4),
    },
  );
  const ways = ["beg", "argue"].map((name) =>
    m.action(
      name,
      [
        ["s", P],
        ["h", P],
        ["plan", deedType],
      ],
      {
        hearer: 1,
        requests: { deed: m.deed(stay, m.local(1, P)), strength: m.num(1) },
      },
    ),
  );
  m.want({ entity: s }, m.not(m.of(leaving, m.one(h))), 6);
  m.mind({ care: m.op("mul", m.num(2), m.local(2, number)) });
  const t = bench(m.world());
  const wants = new Wants(t.reader);
  const state = new ForeseenState(t.reader, t.writer, t.learning);
  const carrying = new Carrying(t.reader, state);
  const foresight = new Foresight(t.reader, wants, carrying, state);
  const requests = new Requests(t.reader, t.writer, foresight, carrying, new Hooks(t.reader));
  const deedOf = (action: number, ...who: number[]) =>
    carrying.deedOf(m.deed(action, ...who.map((one) => m.one(one))));
  const forGood = (body: () => void) =>
    t.writer.forGood({ source: "told", by: -1, cause: 0 }, body);
  t.know(t.mind(s), m.of(leaving, m.one(h)));
  return { ...t, s, h, requests, stay: deedOf(stay, h), vow: deedOf(vow, s, h), ways, forGood };
}

describe("requests", () => {
  it("CHOICE-3 each asking moves the strength three fifths of the way to what is shown", () => {
    const { requests, forGood, reader, mind, s, h, vow } = farewell();
    const atom = reader.atoms.special(Special.strength, [h, s, vow.id]);
    forGood(() => requests.note(mind(s), h, s, vow.id, 1));
    expect(reader.numberHeld(mind(s), atom)).toBeCloseTo(0.6);
    forGood(() => requests.note(mind(s), h, s, vow.id, 1));
    expect(reader.numberHeld(mind(s), atom)).toBeCloseTo(0.84);
    expect(requests.weigh(mind(s), h, vow).care).toBeCloseTo(1.68);
    expect(requests.weigh(mind(s), h, vow).reluctance).toBeCloseTo(0.4);
  });

  it("CHOICE-4 what was refused at some margin is believed only at a better one", () => {
    const { requests, forGood, mind, s, h, stay } = farewell();
    const likely = (margin: number) => requests.likelihood(mind(s), s, h, stay.id, margin);
    expect(likely(0)).toBeCloseTo(0.5);
    expect(likely(3)).toBe(1);
    forGood(() => requests.teach(mind(s), s, h, stay.id, 0));
    expect(likely(0)).toBeCloseTo(0.05);
    expect(likely(1.5)).toBeCloseTo(0.1 * 0.75 + 0.9 * 0.5);
    forGood(() => requests.teach(mind(s), s, h, stay.id, -1));
    expect(likely(0)).toBeCloseTo(0.0375);
  });

  it("CHOICE-6 granting what takes for granted what one pleads against costs the hope", () => {
    const { requests, forGood, reader, writer, mind, s, h, vow, stay, ways } = farewell();
    expect(requests.weigh(mind(s), h, vow).concession).toBe(0);
    const asked = reader.atoms.special(Special.asked, [s, h, stay.id]);
    forGood(() => writer.put(mind(s), asked, CERTAIN, 1));
    // Nothing said yet: hope is the likelihood of a yes (0.5), and it is worth 6.
    expect(requests.weigh(mind(s), h, vow).concession).toBeCloseTo(3);
    const begged = reader.atoms.special(Special.happenedTimes, [0, ways[0] as number, 1, s, h, 0]);
    forGood(() => writer.put(mind(s), begged, CERTAIN, 1));
    expect(requests.weigh(mind(s), h, vow).concession).toBeCloseTo(1.5);
    // A no to what was said is none to what has not been said yet.
    forGood(() => requests.teach(mind(s), s, h, stay.id, 0));
    expect(requests.weigh(mind(s), h, vow).concession).toBeCloseTo(1.5);
  });

  it("CHOICE-3 what is out of one's power is refused", () => {
    const { requests, know, mind, h, s, stay, reader } = farewell();
    const pool = reader.world.expressions;
    know(
      mind(h),
      pool.intern(
        { op: "not", args: [pool.get(stay.id).op === "deed" ? leavingOf(pool, h) : 0] },
        { kind: "boolean" },
      ),
    );
    expect(requests.weigh(mind(h), s, stay).margin).toBeLessThanOrEqual(-3);
  });
});

function leavingOf(pool: ModelBuilder["pool"], person: number): number {
  const owner = pool.intern({ op: "entity", entity: person }, { kind: "entity", type: 1 });
  return pool.intern({ op: "fluent", fluent: 0, args: [owner] }, { kind: "boolean" });
}
