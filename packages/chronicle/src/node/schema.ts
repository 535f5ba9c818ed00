/** Tables of a store. A number for every change of them: a newer store is refused. */

import type { Driver } from "./driver.js";
import { damaged, StoreFault } from "./store-fault.js";

/** "FABU": tells a store from any other database. */
const applicationId = 0x46414255;
export const schemaVersion = 1;

const tables = `
CREATE TABLE surveys(
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, story TEXT NOT NULL, asked TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE answers(
  survey TEXT NOT NULL REFERENCES surveys(id), seed INTEGER NOT NULL, answer TEXT NOT NULL,
  PRIMARY KEY(survey, seed)
) WITHOUT ROWID;
CREATE TABLE runs(
  id INTEGER PRIMARY KEY, story TEXT NOT NULL, place TEXT NOT NULL, world TEXT NOT NULL,
  seed INTEGER NOT NULL, changes TEXT NOT NULL, jitter REAL NOT NULL,
  occurrences INTEGER NOT NULL, ended INTEGER NOT NULL, hash TEXT NOT NULL
);
CREATE TABLE branches(
  run INTEGER PRIMARY KEY REFERENCES runs(id), parent INTEGER NOT NULL REFERENCES runs(id),
  shared INTEGER NOT NULL
);
CREATE TABLE occurrences(
  run INTEGER NOT NULL REFERENCES runs(id), id INTEGER NOT NULL, time INTEGER NOT NULL,
  kind TEXT NOT NULL, what TEXT NOT NULL, text TEXT NOT NULL, perceived TEXT NOT NULL,
  PRIMARY KEY(run, id)
) WITHOUT ROWID;
CREATE TABLE causes(
  run INTEGER NOT NULL REFERENCES runs(id), effect INTEGER NOT NULL, cause INTEGER NOT NULL,
  kind TEXT NOT NULL, PRIMARY KEY(run, effect, cause)
) WITHOUT ROWID;
CREATE TABLE beliefs(
  run INTEGER NOT NULL REFERENCES runs(id), occurrence INTEGER NOT NULL, holder TEXT NOT NULL,
  claim TEXT NOT NULL, before REAL NOT NULL, after REAL NOT NULL, source TEXT NOT NULL,
  told_by TEXT, PRIMARY KEY(run, occurrence)
) WITHOUT ROWID;
`;

/** Makes an empty file a store; checks any other. Throws a StoreFault. */
export function prepareSchema(driver: Driver, path: string): void {
  const count = numberOf(driver, "SELECT count(*) AS n FROM sqlite_schema");
  const id = numberOf(driver, "PRAGMA application_id");
  const version = numberOf(driver, "PRAGMA user_version");
  if (count === 0 && id === 0) {
    driver.transaction(() => {
      driver.exec(tables);
      driver.exec(`PRAGMA application_id = ${applicationId}`);
      driver.exec(`PRAGMA user_version = ${schemaVersion}`);
    });
    return;
  }
  if (id !== applicationId) throw damaged(path);
  if (version > schemaVersion) {
    throw new StoreFault(
      "FAB8005",
      `${path} was written by a newer Fabula (store ${version}; this one knows ${schemaVersion})`,
      "update Fabula, or name another file",
    );
  }
  const found = driver.all("PRAGMA quick_check(1)")[0];
  if (Object.values(found ?? {})[0] !== "ok") throw damaged(path);
}

function numberOf(driver: Driver, sql: string): number {
  const row = driver.all(sql)[0] ?? {};
  return Number(Object.values(row)[0] ?? 0);
}
