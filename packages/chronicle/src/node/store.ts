/**
 * Runs and answers on disk: what is reported as stored is there, whatever happens to the process.
 * Each method is one transaction. Faults of the file or the disk are StoreFaults.
 */
import type { CauseKind, OccurrenceId } from "../occurrence.js";
import { type Driver, type DriverName, openDriver, type Row } from "./driver.js";
import { takeOwnership } from "./ownership.js";
import { prepareSchema } from "./schema.js";
import { StoreFault, storeFaultOf } from "./store-fault.js";

/** A survey by the hash of all that its answers depend on. */
export interface StoredSurvey {
  readonly id: string;
  readonly kind: string;
  readonly story: string;
  /** JSON. */
  readonly asked: string;
}

export interface RunHeader {
  readonly story: string;
  /** As it was named: a file or a bundled name. */
  readonly place: string;
  /** Hash of its texts. */
  readonly world: string;
  readonly seed: number;
  readonly changes: readonly string[];
  readonly jitter: number;
  readonly occurrences: number;
  /** Milliseconds since the epoch of the story. */
  readonly ended: number;
  readonly hash: string;
}

export interface StoredRun extends RunHeader {
  readonly id: number;
  /** The run it branches from, and how many occurrences they share. */
  readonly branch?: { readonly parent: number; readonly shared: number };
}

export interface StoredOccurrence {
  readonly id: OccurrenceId;
  readonly time: number;
  readonly kind: string;
  readonly what: string;
  readonly text: string;
  readonly perceived: readonly string[];
  readonly causes: readonly { readonly from: OccurrenceId; readonly kind: CauseKind }[];
  readonly belief?: StoredBelief;
}

export interface StoredBelief {
  readonly holder: string;
  readonly claim: string;
  readonly before: number;
  readonly after: number;
  readonly source: string;
  readonly by: string | null;
}

export interface StoreOptions {
  readonly driver?: DriverName;
  /** Pages of 4 KiB the file may grow to; absent: as the disk allows. */
  readonly pagesMax?: number;
}

export class Store {
  readonly #driver: Driver;
  readonly #giveBack: () => void;

  private constructor(
    readonly path: string,
    driver: Driver,
    giveBack: () => void,
  ) {
    this.#driver = driver;
    this.#giveBack = giveBack;
  }

  /** Opens or makes it. Throws a StoreFault: in use, damaged, newer, not to be written. */
  static open(path: string, options: StoreOptions = {}): Store {
    return guarded(path, () => {
      const giveBack = takeOwnership(path);
      let driver: Driver | undefined;
      try {
        driver = openDriver(path, options.driver);
        prepareSchema(driver, path);
        if (options.pagesMax !== undefined) {
          driver.all(`PRAGMA max_page_count = ${options.pagesMax}`);
        }
        return new Store(path, driver, giveBack);
      } catch (error) {
        close(driver);
        giveBack();
        throw error;
      }
    });
  }

  get driver(): DriverName {
    return this.#driver.name;
  }

  close(): void {
    close(this.#driver);
    this.#giveBack();
  }

  // ---- surveys

  /** Makes it known; nothing where it is known already. */
  putSurvey({ id, kind, story, asked }: StoredSurvey): void {
    this.#write(() => {
      this.#driver.run("INSERT OR IGNORE INTO surveys VALUES(?, ?, ?, ?)", [
        id,
        kind,
        story,
        asked,
      ]);
    });
  }

  /** Answers of seeds, each once: one that is there stays. */
  putAnswers(survey: string, answers: Iterable<readonly [seed: number, answer: string]>): void {
    this.#write(() => {
      for (const [seed, answer] of answers) {
        this.#driver.run("INSERT OR IGNORE INTO answers VALUES(?, ?, ?)", [survey, seed, answer]);
      }
    });
  }

  /** By seed, ascending, of the seeds `from` .. `to` - 1. */
  answersOf(survey: string, seeds: { readonly from: number; readonly to: number }) {
    const sql = "SELECT seed, answer FROM answers WHERE survey = ? AND seed >= ? AND seed < ?";
    const rows = this.#read(`${sql} ORDER BY seed`, [survey, seeds.from, seeds.to]);
    return new Map(rows.map((row) => [Number(row.seed), String(row.answer)]));
  }

  surveys(): (StoredSurvey & { readonly answers: number })[] {
    const rows = this.#read(
      `SELECT id, kind, story, asked, (SELECT count(*) FROM answers WHERE survey = id) AS n
       FROM surveys ORDER BY story, kind, id`,
    );
    return rows.map((row) => ({
      id: String(row.id),
      kind: String(row.kind),
      story: String(row.story),
      asked: String(row.asked),
      answers: Number(row.n),
    }));
  }

  // ---- runs

  /** Stores a run whole; the same run again is the one that is there. Returns its number. */
  putRun(
    header: RunHeader,
    occurrences: Iterable<StoredOccurrence>,
    branch?: { readonly parent: number; readonly shared: number },
  ): number {
    return this.#write(() => {
      const known = this.runs().find((run) => isSameRun(run, header));
      if (known !== undefined) return known.id;
      const last = this.#driver.all("SELECT max(id) AS id FROM runs")[0]?.id;
      const id = Number(last ?? 0) + 1;
      const { story, place, world, seed, changes, jitter, hash, ended } = header;
      this.#driver.run("INSERT INTO runs VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [
        ...[id, story, place, world, seed, JSON.stringify(changes), jitter],
        ...[header.occurrences, ended, hash],
      ]);
      if (branch !== undefined) {
        const { parent, shared } = branch;
        this.#driver.run("INSERT INTO branches VALUES(?, ?, ?)", [id, parent, shared]);
      }
      for (const occurrence of occurrences) this.#putOccurrence(id, occurrence);
      return id;
    });
  }

  runs(): StoredRun[] {
    const rows = this.#read(
      `SELECT runs.*, branches.parent AS parent, branches.shared AS shared
       FROM runs LEFT JOIN branches ON branches.run = runs.id ORDER BY runs.id`,
    );
    return rows.map(runOf);
  }

  /** In order of happening; [] where there is no such run. */
  occurrencesOf(run: number): StoredOccurrence[] {
    const causes = new Map<number, { from: number; kind: CauseKind }[]>();
    for (const row of this.#read("SELECT * FROM causes WHERE run = ? ORDER BY cause", [run])) {
      const all = causes.get(Number(row.effect)) ?? [];
      all.push({ from: Number(row.cause), kind: String(row.kind) as CauseKind });
      causes.set(Number(row.effect), all);
    }
    const beliefs = new Map(
      this.#read("SELECT * FROM beliefs WHERE run = ?", [run]).map((row) => [
        Number(row.occurrence),
        beliefOf(row),
      ]),
    );
    return this.#read("SELECT * FROM occurrences WHERE run = ? ORDER BY id", [run]).map((row) => {
      const id = Number(row.id);
      const belief = beliefs.get(id);
      return {
        id,
        time: Number(row.time),
        kind: String(row.kind),
        what: String(row.what),
        text: String(row.text),
        perceived: JSON.parse(String(row.perceived)) as string[],
        causes: causes.get(id) ?? [],
        ...(belief === undefined ? {} : { belief }),
      };
    });
  }

  #putOccurrence(run: number, one: StoredOccurrence): void {
    const { id, time, kind, what, text, perceived, causes, belief } = one;
    this.#driver.run("INSERT INTO occurrences VALUES(?, ?, ?, ?, ?, ?, ?)", [
      ...[run, id, time, kind, what, text, JSON.stringify(perceived)],
    ]);
    for (const cause of causes) {
      this.#driver.run("INSERT INTO causes VALUES(?, ?, ?, ?)", [run, id, cause.from, cause.kind]);
    }
    if (belief === undefined) return;
    const { holder, claim, before, after, source, by } = belief;
    this.#driver.run("INSERT INTO beliefs VALUES(?, ?, ?, ?, ?, ?, ?, ?)", [
      ...[run, id, holder, claim, before, after, source, by],
    ]);
  }

  #write<T>(body: () => T): T {
    return guarded(this.path, () => this.#driver.transaction(body));
  }

  #read(sql: string, values: readonly (number | string)[] = []): Row[] {
    return guarded(this.path, () => this.#driver.all(sql, values));
  }
}

function runOf(row: Row): StoredRun {
  const { parent, shared } = row;
  return {
    id: Number(row.id),
    story: String(row.story),
    place: String(row.place),
    world: String(row.world),
    seed: Number(row.seed),
    changes: JSON.parse(String(row.changes)) as string[],
    jitter: Number(row.jitter),
    occurrences: Number(row.occurrences),
    ended: Number(row.ended),
    hash: String(row.hash),
    ...(parent === null || parent === undefined
      ? {}
      : { branch: { parent: Number(parent), shared: Number(shared) } }),
  };
}

function isSameRun(run: RunHeader, other: RunHeader): boolean {
  return (
    run.place === other.place &&
    run.world === other.world &&
    run.seed === other.seed &&
    run.jitter === other.jitter &&
    run.hash === other.hash &&
    JSON.stringify(run.changes) === JSON.stringify(other.changes)
  );
}

function beliefOf(row: Row): StoredBelief {
  return {
    holder: String(row.holder),
    claim: String(row.claim),
    before: Number(row.before),
    after: Number(row.after),
    source: String(row.source),
    by: row.told_by === null ? null : String(row.told_by),
  };
}

function guarded<T>(path: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    const fault = error instanceof StoreFault ? error : storeFaultOf(path, error);
    throw fault ?? error;
  }
}

function close(driver: Driver | undefined): void {
  try {
    driver?.close();
  } catch {
    // Nothing is written on closing: every method was a transaction of its own.
  }
}
