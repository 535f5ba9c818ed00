/** What is shown as saved is on the disk; what is not stays a draft: against a server that errs. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FileStore, type Keeper } from "../src/files/file-store.js";
import type { DiskFile, Saved, ServerPort } from "../src/files/server-port.js";

class FakeServer implements ServerPort {
  readonly disk = new Map<string, string>();
  away = false;
  refuses = "";
  changed: () => void = () => {};
  lost: () => void = () => {};

  async files() {
    if (this.away) return undefined;
    const files = [...this.disk.keys()].map((path) => this.fileAt(path));
    return { folder: "/home", files, unread: [] };
  }

  async save(path: string, text: string, base: string): Promise<Saved> {
    if (this.away) return { kind: "away" };
    if (this.refuses !== "") return { kind: "refused", message: this.refuses };
    const there = this.disk.get(path);
    if ((there === undefined ? "" : versionOf(there)) !== base) {
      return { kind: "conflict", current: there === undefined ? undefined : this.fileAt(path) };
    }
    this.disk.set(path, text);
    return { kind: "saved", version: versionOf(text) };
  }

  async history() {
    return [];
  }

  async version() {
    return undefined;
  }

  listen(changed: () => void, lost: () => void) {
    this.changed = changed;
    this.lost = lost;
    return () => {};
  }

  fileAt(path: string): DiskFile {
    const text = this.disk.get(path) ?? "";
    return { path, text, version: versionOf(text) };
  }
}

function versionOf(text: string): string {
  return `v:${text}`;
}

class Memory implements Keeper {
  readonly kept = new Map<string, string>();
  full = false;
  read() {
    return new Map(this.kept);
  }
  keep(path: string, record: string) {
    if (!this.full) this.kept.set(path, record);
    return !this.full;
  }
  drop(path: string, record: string) {
    if (this.kept.get(path) === record) this.kept.delete(path);
  }
}

const quiet = () => vi.advanceTimersByTimeAsync(600);

describe("a store of files", () => {
  let server: FakeServer;
  let memory: Memory;
  beforeEach(() => {
    vi.useFakeTimers();
    server = new FakeServer();
    memory = new Memory();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  async function open(): Promise<FileStore> {
    const store = new FileStore(server, memory);
    await vi.advanceTimersByTimeAsync(0);
    return store;
  }

  it("saves what is edited once it is quiet; till then it is a draft that is kept", async () => {
    const store = await open();
    store.edit("mine/a.fabula", "one");
    store.edit("mine/a.fabula", "one two");
    expect(store.state.drafts["mine/a.fabula"]?.state.kind).toBe("saving");
    expect(memory.kept.get("mine/a.fabula")).toContain("one two");
    expect(server.disk.size).toBe(0);
    await quiet();
    expect(server.disk.get("a.fabula")).toBe("one two");
    expect(store.state.drafts).toEqual({});
    expect(memory.kept.size).toBe(0);
  });

  it("keeps drafts while the server is away, over a visit, and saves them when it is back", async () => {
    const store = await open();
    server.away = true;
    store.edit("mine/a.fabula", "one");
    await quiet();
    expect(store.state.drafts["mine/a.fabula"]?.state.kind).toBe("only here");
    expect(store.state.server).toBe("away");
    store.close();
    const next = await open();
    expect(next.state.own["mine/a.fabula"]).toBe("one");
    server.away = false;
    const last = await open();
    await quiet();
    expect(server.disk.get("a.fabula")).toBe("one");
    expect(last.state.drafts).toEqual({});
  });

  it("never writes over what changed meanwhile; the writer settles it", async () => {
    server.disk.set("a.fabula", "one");
    const store = await open();
    store.edit("mine/a.fabula", "mine");
    server.disk.set("a.fabula", "theirs");
    await quiet();
    expect(server.disk.get("a.fabula")).toBe("theirs");
    expect(store.state.drafts["mine/a.fabula"]?.state).toMatchObject({
      kind: "conflict",
      theirs: "theirs",
    });
    store.settle("mine/a.fabula", "mine");
    await quiet();
    expect(server.disk.get("a.fabula")).toBe("mine");
    store.edit("mine/a.fabula", "again");
    server.disk.set("a.fabula", "theirs again");
    await quiet();
    store.settle("mine/a.fabula", "theirs");
    await quiet();
    expect(store.state.own["mine/a.fabula"]).toBe("theirs again");
    expect(store.state.drafts).toEqual({});
  });

  it("says why a text was refused, and keeps it", async () => {
    const store = await open();
    server.refuses = "too large";
    store.edit("mine/a.fabula", "one");
    await quiet();
    expect(store.state.drafts["mine/a.fabula"]?.state).toEqual({
      kind: "refused",
      message: "too large",
    });
    expect(memory.kept.get("mine/a.fabula")).toContain("one");
  });

  it("leaves what another page of the browser keeps alone", async () => {
    server.refuses = "too large";
    const store = await open();
    const other = await open();
    store.edit("mine/a.fabula", "one");
    other.edit("mine/b.fabula", "two");
    await quiet();
    server.changed();
    await quiet();
    expect([...memory.kept.keys()]).toEqual(["mine/a.fabula", "mine/b.fabula"]);
    server.refuses = "";
    await open();
    other.edit("mine/b.fabula", "two and more");
    await quiet();
    expect(server.disk.get("b.fabula")).toBe("two");
    expect([...memory.kept.keys()]).toEqual(["mine/b.fabula"]);
    expect(memory.kept.get("mine/b.fabula")).toContain("two and more");
  });

  it("says of a draft that the browser has no room for it", async () => {
    server.away = true;
    memory.full = true;
    const store = await open();
    store.edit("mine/a.fabula", "one");
    expect(store.state.drafts["mine/a.fabula"]?.kept).toBe(false);
    memory.full = false;
    store.edit("mine/a.fabula", "one two");
    expect(store.state.drafts["mine/a.fabula"]?.kept).toBe(true);
  });

  it("keeps what was typed while it was being saved", async () => {
    const store = await open();
    const save = server.save.bind(server);
    server.save = async (path, text, base) => {
      if (text === "one") store.edit("mine/a.fabula", "one and more");
      return save(path, text, base);
    };
    store.edit("mine/a.fabula", "one");
    await quiet();
    await quiet();
    expect(server.disk.get("a.fabula")).toBe("one and more");
    expect(store.state.drafts).toEqual({});
  });

  it("is not hurt by what it kept going bad", async () => {
    for (const bad of ["no json", "[1]", '{"a":1}', '{"text":1,"base":""}', "null", '"text"']) {
      memory.kept.set("mine/a.fabula", bad);
      expect((await open()).state.drafts, bad).toEqual({});
    }
    memory.kept.set("elsewhere/a.fabula", '{"text":"one","base":""}');
    memory.kept.delete("mine/a.fabula");
    expect((await open()).state.drafts).toEqual({});
  });
});
