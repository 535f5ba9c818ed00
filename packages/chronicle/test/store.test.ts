import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { availableDrivers, Store, type StoredOccurrence, StoreFault } from "@fabula/chronicle/node";
import { afterEach, describe, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "fabula-store-"));
const open: Store[] = [];
let count = 0;

afterEach(() => {
  for (const store of open.splice(0)) store.close();
});

function newPath(): string {
  count += 1;
  return join(folder, `${count}.store`);
}

const survey = { id: "abc", kind: "odds", story: "s", asked: "{}" };
const header = {
  story: "s",
  place: "s.fabula",
  world: "w",
  seed: 1,
  changes: ["forbid x.y"],
  jitter: 0,
  occurrences: 2,
  ended: 60_000,
  hash: "0123456789abcdef",
};
const occurrences: StoredOccurrence[] = [
  { id: 0, time: 0, kind: "beginning", what: "b", text: "B.", perceived: [], causes: [] },
  {
    id: 1,
    time: 4503599627370496,
    kind: "belief",
    what: "“ü",
    text: "Ü.",
    perceived: ["ada"],
    causes: [{ from: 0, kind: "revealed" }],
    belief: { holder: "ada", claim: "x", before: 0.5, after: 1, source: "told", by: "ben" },
  },
];

describe.each(availableDrivers())("a store on %s", (driver) => {
  const openStore = (path: string, pagesMax?: number): Store => {
    const store = Store.open(path, { driver, ...(pagesMax === undefined ? {} : { pagesMax }) });
    open.push(store);
    return store;
  };
  const reopen = (path: string) => {
    for (const store of open.splice(0)) store.close();
    return openStore(path);
  };

  it("keeps answers by seed, each once", () => {
    const path = newPath();
    const store = openStore(path);
    store.putSurvey(survey);
    store.putSurvey(survey);
    store.putAnswers("abc", [
      [2, "b"],
      [1, "a"],
    ]);
    store.putAnswers("abc", [[2, "other"]]);
    const again = reopen(path);
    expect([...again.answersOf("abc", { from: 0, to: 9 })]).toEqual([
      [1, "a"],
      [2, "b"],
    ]);
    expect([...again.answersOf("abc", { from: 2, to: 9 }).keys()]).toEqual([2]);
    expect(again.surveys()).toEqual([{ ...survey, answers: 2 }]);
  });

  it("keeps runs whole, with causes, beliefs and branches, and each once", () => {
    const path = newPath();
    const store = openStore(path);
    const parent = store.putRun({ ...header, changes: [] }, occurrences);
    const branch = store.putRun(header, occurrences, { parent, shared: 1 });
    expect(store.putRun(header, occurrences)).toBe(branch);
    const again = reopen(path);
    expect(again.runs()).toEqual([
      { ...header, changes: [], id: parent },
      { ...header, id: branch, branch: { parent, shared: 1 } },
    ]);
    expect(again.occurrencesOf(branch)).toEqual(occurrences);
    expect(again.occurrencesOf(99)).toEqual([]);
  });

  it("writes all of a run or nothing", () => {
    const path = newPath();
    const store = openStore(path);
    const broken = () =>
      store.putRun(
        header,
        (function* () {
          yield occurrences[0] as StoredOccurrence;
          throw new Error("the run went wrong");
        })(),
      );
    expect(broken).toThrow("the run went wrong");
    expect(reopen(path).runs()).toEqual([]);
  });

  it("says that the disk is full, and keeps what it had", () => {
    const path = newPath();
    const store = openStore(path, 40);
    store.putSurvey(survey);
    store.putAnswers("abc", [[1, "a"]]);
    const fill = () => {
      for (let seed = 2; seed < 2000; seed += 1) {
        store.putAnswers("abc", [[seed, "x".repeat(500)]]);
      }
    };
    expect(faultOf(fill).diagnostics[0]?.code).toBe("FAB8001");
    const kept = reopen(path).answersOf("abc", { from: 0, to: 9999 });
    expect(kept.size).toBeGreaterThan(10);
    expect([...kept.keys()]).toEqual(Array.from({ length: kept.size }, (_, index) => index + 1));
  });

  it("refuses a newer store, another file and a damaged one, and changes none", () => {
    const newer = newPath();
    openStore(newer).close();
    const bytes = readFileSync(newer);
    bytes.writeUInt32BE(99, 60);
    writeFileSync(newer, bytes);
    const text = newPath();
    writeFileSync(text, "I am no store at all.\n".repeat(100));
    const torn = newPath();
    const store = openStore(torn);
    store.putSurvey(survey);
    const rows = Array.from({ length: 3000 }, (_, seed): [number, string] => [
      seed,
      "y".repeat(20),
    ]);
    store.putAnswers("abc", rows);
    store.close();
    const whole = readFileSync(torn);
    writeFileSync(torn, Buffer.concat([whole.subarray(0, 8192), Buffer.alloc(20_000, 7)]));
    for (const [path, code] of [
      [newer, "FAB8005"],
      [text, "FAB8004"],
      [torn, "FAB8004"],
    ] as const) {
      const before = readFileSync(path);
      const fault = faultOf(() => openStore(path));
      expect(fault.diagnostics[0]).toMatchObject({ code, severity: "error" });
      expect(readFileSync(path).equals(before)).toBe(true);
    }
  });

  it("refuses a folder that is not there", () => {
    const fault = faultOf(() => openStore(join(folder, "nowhere", "x.store")));
    expect(fault.diagnostics[0]?.code).toBe("FAB8002");
  });

  it("is one process's at a time, and a killed one holds nobody up", () => {
    const path = newPath();
    openStore(path);
    expect(faultOf(() => openStore(path)).diagnostics[0]?.code).toBe("FAB8003");
    for (const store of open.splice(0)) store.close();
    // No process has this number: Linux ends at 2^22.
    writeFileSync(`${path}.owner`, `99999999 ${hostname()}`);
    mkdirSync(`${path}.lock`);
    expect(openStore(path).surveys()).toEqual([]);
  });
});

function faultOf(body: () => unknown): StoreFault {
  try {
    body();
  } catch (error) {
    expect(error).toBeInstanceOf(StoreFault);
    return error as StoreFault;
  }
  throw new Error("no fault");
}
