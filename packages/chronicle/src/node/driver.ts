/**
 * SQLite behind five methods, with two drivers: `node:sqlite` where Node has it (22.13 and later),
 * else SQLite as WebAssembly, which needs no compiler. Files are the same either way.
 */
import { createRequire } from "node:module";

export type SqlValue = number | string | null;
export type Row = Readonly<Record<string, SqlValue>>;

export interface Driver {
  readonly name: DriverName;
  /** Any number of statements, without values. */
  exec(sql: string): void;
  /** One statement. */
  run(sql: string, values: readonly SqlValue[]): void;
  all(sql: string, values?: readonly SqlValue[]): Row[];
  /** All of it or none of it. */
  transaction<T>(body: () => T): T;
  close(): void;
}

export type DriverName = "node:sqlite" | "wasm";

const require = createRequire(import.meta.url);

/** The drivers this Node can use, best first. */
export function availableDrivers(): DriverName[] {
  return hasOwnSqlite() ? ["node:sqlite", "wasm"] : ["wasm"];
}

/** Throws what SQLite throws. */
export function openDriver(path: string, name = availableDrivers()[0] as DriverName): Driver {
  const database = name === "wasm" ? openWasm(path) : openOwn(path);
  const driver: Driver = {
    name,
    ...database,
    transaction: (body) => {
      database.exec("BEGIN IMMEDIATE");
      try {
        const result = body();
        database.exec("COMMIT");
        return result;
      } catch (error) {
        // A full disk rolls back by itself.
        try {
          database.exec("ROLLBACK");
        } catch {}
        throw error;
      }
    },
  };
  return driver;
}

function hasOwnSqlite(): boolean {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  return major > 22 || (major === 22 && minor >= 13);
}

type Database = Pick<Driver, "exec" | "run" | "all" | "close">;

interface OwnStatement {
  run(...values: SqlValue[]): unknown;
  all(...values: SqlValue[]): Row[];
}

interface OwnDatabase {
  exec(sql: string): void;
  prepare(sql: string): OwnStatement;
  close(): void;
}

function openOwn(path: string): Database {
  const warnings = process.listeners("warning");
  process.removeAllListeners("warning");
  const { DatabaseSync } = require("node:sqlite") as {
    DatabaseSync: new (path: string) => OwnDatabase;
  };
  for (const listener of warnings) process.on("warning", listener);
  const database = new DatabaseSync(path);
  const statements = new Map<string, OwnStatement>();
  const prepared = (sql: string) => {
    const statement = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  return {
    exec: (sql) => database.exec(sql),
    run: (sql, values) => {
      prepared(sql).run(...values);
    },
    all: (sql, values = []) =>
      prepared(sql)
        .all(...values)
        .map((row) => ({ ...row })),
    close: () => {
      statements.clear();
      database.close();
    },
  };
}

interface WasmStatement {
  run(values: readonly SqlValue[]): unknown;
  all(values: readonly SqlValue[]): Row[];
  finalize(): void;
}

interface WasmDatabase {
  exec(sql: string): void;
  prepare(sql: string): WasmStatement;
  close(): void;
}

function openWasm(path: string): Database {
  const { Database } = require("node-sqlite3-wasm") as {
    Database: new (path: string) => WasmDatabase;
  };
  const database = new Database(path);
  const statements = new Map<string, WasmStatement>();
  const prepared = (sql: string) => {
    const statement = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  return {
    exec: (sql) => database.exec(sql),
    run: (sql, values) => {
      prepared(sql).run(values);
    },
    all: (sql, values = []) =>
      prepared(sql)
        .all(values)
        .map((row) => ({ ...row })),
    close: () => {
      for (const statement of statements.values()) statement.finalize();
      database.close();
    },
  };
}
