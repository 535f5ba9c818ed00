import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { type RunningServer, startServer, versionOf } from "../src/index.js";

let folder: string;
let server: RunningServer;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "fabula-server-"));
  server = await startServer({ port: 0, folder, studio: join(folder, "no-studio") });
});

afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const at = (path: string) => `${server.url}${path}`;
const put = (path: string, text: string, base: string) =>
  fetch(at(`api/files/${path}`), {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ text, base }),
  });

describe("texts", () => {
  it("are on the disk when the answer says so, and come back", async () => {
    const answer = await put("a.fabula", "story a\n", "");
    expect(answer.status).toBe(200);
    expect(readFileSync(join(folder, "a.fabula"), "utf8")).toBe("story a\n");
    const all = await (await fetch(at("api/files"))).json();
    expect(all.files).toEqual([
      { path: "a.fabula", text: "story a\n", version: versionOf("story a\n") },
    ]);
  });

  it("are not written over what changed meanwhile; the answer has both", async () => {
    await put("a.fabula", "one", "");
    writeFileSync(join(folder, "a.fabula"), "from elsewhere");
    const answer = await put("a.fabula", "two", versionOf("one"));
    expect(answer.status).toBe(409);
    expect((await answer.json()).current.text).toBe("from elsewhere");
    expect(readFileSync(join(folder, "a.fabula"), "utf8")).toBe("from elsewhere");
  });

  it("keep what they were, also when taken away", async () => {
    await put("a.fabula", "one", "");
    await put("a.fabula", "two", versionOf("one"));
    await fetch(at(`api/files/a.fabula?base=${versionOf("two")}`), { method: "DELETE" });
    const past = await (await fetch(at("api/history/a.fabula"))).json();
    expect(past.map((one: { number: number }) => one.number)).toEqual([2, 1]);
    const first = await (await fetch(at("api/versions/1/a.fabula"))).json();
    expect(first.text).toBe("one");
    expect((await fetch(at("api/files/a.fabula"))).status).toBe(404);
  });

  it("stay in the folder", async () => {
    const out = mkdtempSync(join(tmpdir(), "fabula-out-"));
    symlinkSync(out, join(folder, "away"));
    for (const path of [
      "..%2Fx.fabula",
      "a/..%2F..%2Fx.fabula",
      ".hidden.fabula",
      "away/x.fabula",
      "x.txt",
    ]) {
      expect((await put(path, "x", "")).status, path).toBe(400);
    }
    rmSync(out, { recursive: true });
  });

  it("have a largest size", async () => {
    expect((await put("a.fabula", "x".repeat(2_000_001), "")).status).toBe(400);
    const huge = await put("a.fabula", "x".repeat(9_000_000), "").catch(() => undefined);
    expect([413, undefined]).toContain(huge?.status);
    expect((await fetch(at("api/health"))).status).toBe(200);
  });
});

describe("access", () => {
  const ask = (headers: Record<string, string>) =>
    new Promise<number>((resolve, reject) => {
      const asked = request(at("api/files"), { headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      });
      asked.on("error", reject);
      asked.end();
    });

  it("is for its own address only, whatever name leads there", async () => {
    expect(await ask({})).toBe(200);
    expect(await ask({ host: `localhost:${server.port}` })).toBe(200);
    expect(await ask({ host: "evil.example" })).toBe(403);
    expect(await ask({ host: `evil.example:${server.port}` })).toBe(403);
  });

  it("is for its own pages only", async () => {
    expect(await ask({ origin: `http://127.0.0.1:${server.port}` })).toBe(200);
    expect(await ask({ origin: "http://evil.example" })).toBe(403);
    expect(await ask({ origin: "null" })).toBe(403);
  });

  it("needs a token where others can reach it", async () => {
    const open = { host: "0.0.0.0", port: 0, folder, studio: "" };
    await expect(startServer(open)).rejects.toThrow(RangeError);
    const guarded = await startServer({ ...open, token: "0123456789abcdef" });
    const base = `http://127.0.0.1:${guarded.port}/api/health`;
    expect((await fetch(base)).status).toBe(401);
    expect((await fetch(`${base}?token=0123456789abcdeX`)).status).toBe(401);
    const authorization = "Bearer 0123456789abcdef";
    expect((await fetch(base, { headers: { authorization } })).status).toBe(200);
    await guarded.close();
  });
});

describe("a server that nobody uses", () => {
  it("closes itself, but not while a page is open", async () => {
    // Long enough for a page to be opened on a machine that does much else.
    const idleMs = 4_000;
    const idle = await startServer({ port: 0, folder, studio: "", idleMs });
    const socket = new WebSocket(`${idle.url}api/live`.replace("http", "ws"));
    await new Promise((resolve, reject) => {
      socket.addEventListener("open", resolve);
      socket.addEventListener("error", () => reject(new Error("no page could be opened")));
    });
    await new Promise((resolve) => setTimeout(resolve, idleMs + 500));
    expect((await fetch(`${idle.url}api/health`)).status).toBe(200);
    socket.close();
    await idle.closed;
    await expect(fetch(`${idle.url}api/health`)).rejects.toThrow();
  });
});

describe("news", () => {
  it("come over a WebSocket when a text changes on disk", async () => {
    const socket = new WebSocket(at("api/live").replace("http", "ws"));
    await new Promise((resolve) => socket.addEventListener("open", resolve));
    const told = new Promise((resolve) => socket.addEventListener("message", resolve));
    writeFileSync(join(folder, "new.fabula"), "story new\n");
    const event = (await told) as { data: unknown };
    expect(JSON.parse(String(event.data))).toEqual({ type: "files" });
    socket.close();
  });
});
