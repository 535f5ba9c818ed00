/** The language server among files: on disk and not, in folders and outside, changed elsewhere. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Editor } from "./editor.js";
import { makeFolder } from "./run-fabula.js";

const folder = makeFolder();
const elsewhere = makeFolder();

function place(name: string, at = folder): string {
  return pathToFileURL(join(at, name)).href;
}

function write(name: string, text: string, at = folder): string {
  writeFileSync(join(at, name), text);
  return text;
}

/** Line and character of a passage, `into` characters into it. */
function find(text: string, passage: string, into = 0) {
  const before = text.slice(0, text.indexOf(passage) + into).split("\n");
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

function codesIn(message: { readonly params?: { diagnostics: { code: string }[] } }): string[] {
  return message.params?.diagnostics.map(({ code }) => code) ?? [];
}

const types = `module sea.types
type place
type ship
  berth: place
  leaks: boolean
`;
const harbour = `module sea.harbour
use sea.types
place quay "the quay"
ship ark "the Ark"
  berth = quay
`;
const story = `story flood "The flood"
use sea
ship ark
  leaks
`;
const other = `story drought "The drought"
use sea.harbour,
  sea.types
ship raft "the raft"
  leaks
`;

describe("fabula lsp among files", () => {
  const editor = new Editor(folder);

  beforeAll(async () => {
    mkdirSync(join(folder, "sea"));
    write("sea/types.fabula", types);
    write("sea/harbour.fabula", harbour);
    write("flood.fabula", story);
    write("drought.fabula", other);
    await editor.request("initialize", {
      processId: null,
      rootUri: pathToFileURL(folder).href,
      capabilities: { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } },
    });
    editor.notify("initialized", {});
  });

  it("asks to be told of files that change, and lives on where that is refused", async () => {
    const asked = await editor.hears(({ method }) => method === "client/registerCapability");
    expect(JSON.stringify(asked.params)).toContain("**/*.fabula");
    editor.refuse(asked);
    const { result } = await editor.request("textDocument/hover", {
      textDocument: { uri: place("nowhere.fabula") },
      position: { line: 0, character: 0 },
    });
    expect(result).toBeNull();
  });

  it("finds the modules of a world from one of them", async () => {
    const uri = place("sea/harbour.fabula");
    expect(codesIn(await editor.open(uri, harbour))).toEqual([]);
    const { result } = await editor.request("textDocument/definition", {
      textDocument: { uri },
      position: find(harbour, "berth"),
    });
    expect(result[0]).toMatchObject({
      uri: place("sea/types.fabula"),
      range: { start: find(types, "berth") },
    });
    editor.notify("textDocument/didClose", { textDocument: { uri } });
  });

  it("knows a name in the stories that use it, whichever text is open", async () => {
    const uri = place("sea/types.fabula");
    await editor.open(uri, types);
    const asked = { textDocument: { uri }, position: find(types, "leaks", 2) };
    const places = async (includeDeclaration: boolean) => {
      const context = { includeDeclaration };
      const { result } = await editor.request("textDocument/references", { ...asked, context });
      return result.map((one: { uri: string }) => one.uri).sort();
    };
    const uses = [place("drought.fabula"), place("flood.fabula")];
    expect(await places(false)).toEqual(uses);
    expect(await places(true)).toEqual([...uses, uri]);
    const renamed = await editor.request("textDocument/rename", { ...asked, newName: "sinks" });
    expect(Object.keys(renamed.result.changes).sort()).toEqual([...uses, uri]);
    const taken = await editor.request("textDocument/rename", { ...asked, newName: "raft" });
    expect(taken.error?.message).toContain("FAB2009");
    editor.notify("textDocument/didClose", { textDocument: { uri } });
  });

  it("reads a module anew that changed on disk, was opened or was closed", async () => {
    const uri = place("flood.fabula");
    const unknown = "FAB2001";
    expect(codesIn(await editor.open(uri, story))).not.toContain(unknown);
    write("sea/types.fabula", types.replace("leaks", "sails"));
    const changes = [{ uri: place("sea/types.fabula"), type: 2 }];
    editor.notify("workspace/didChangeWatchedFiles", { changes });
    await editor.diagnosed(uri, { has: unknown });
    const module = { uri: place("sea/types.fabula"), languageId: "fabula", version: 1 };
    editor.notify("textDocument/didOpen", { textDocument: { ...module, text: types } });
    await editor.diagnosed(uri, { lacks: unknown });
    editor.notify("textDocument/didClose", { textDocument: { uri: module.uri } });
    await editor.diagnosed(uri, { has: unknown });
    write("sea/types.fabula", types);
    editor.notify("textDocument/didClose", { textDocument: { uri } });
  });

  it("counts as editors do, in texts that are not saved and hold signs of two units", async () => {
    const uri = "untitled:Untitled-1";
    const text = 'story new "🪔"\nuse sea\nship skiff "the 🪔🪔 skiff"\n  berth = quai // 🪔\n';
    const { params } = await editor.open(uri, text);
    const wrong = params.diagnostics.find(({ code }: { code: string }) => code === "FAB2001");
    expect(wrong.range).toEqual({ start: find(text, "quai"), end: find(text, "quai", 4) });
    const { result } = await editor.request("textDocument/documentSymbol", {
      textDocument: { uri },
    });
    expect(result[0].selectionRange.start).toEqual(find(text, "skiff"));
    editor.notify("textDocument/didClose", { textDocument: { uri } });
  });

  it("renames nothing that comes with Fabula, outside of every folder too", async () => {
    const uri = place("away from home é.fabula", elsewhere);
    const text = 'story away "Away"\nuse std\nperson ben "Ben"\n';
    await editor.open(uri, text);
    const asked = { textDocument: { uri }, position: find(text, "person") };
    const prepared = await editor.request("textDocument/prepareRename", asked);
    expect(prepared.error?.message).toContain("comes with Fabula");
    const renamed = await editor.request("textDocument/rename", { ...asked, newName: "human" });
    expect(renamed.error?.message).toContain("comes with Fabula");
    const own = { textDocument: { uri }, position: find(text, "ben"), newName: "bert" };
    const { result } = await editor.request("textDocument/rename", own);
    expect(Object.keys(result.changes)).toEqual([uri]);
  });

  it("leaves the ends of lines as they are", async () => {
    const uri = place("lines.fabula");
    const text = 'story lines "Lines"\r\nuse sea\r\nship ark\r\n      leaks\r\n';
    await editor.open(uri, text);
    const { result } = await editor.request("textDocument/formatting", {
      textDocument: { uri },
      options: { tabSize: 2, insertSpaces: true },
    });
    expect(result[0].newText).toBe(text.replace("      leaks", "  leaks"));
  });

  it("stops what is not wanted any more", async () => {
    const uri = place("flood.fabula");
    await editor.open(uri, story);
    const params = {
      textDocument: { uri },
      position: find(story, "leaks"),
      context: { includeDeclaration: true },
    };
    const answer = await editor.requestAndCancel("textDocument/references", params);
    expect(answer.error?.code).toBe(-32_800);
  });

  afterAll(async () => {
    await editor.request("shutdown", null);
    const ended = editor.ended();
    editor.notify("exit", null);
    expect(await ended).toBe(0);
  });
});

describe("fabula lsp", () => {
  it.each([
    ["is told to exit without being told to shut down", (one: Editor) => one.notify("exit", null)],
    ["hears no more", (one: Editor) => one.hangUp()],
  ])("ends with 1 where it %s", async (_, part) => {
    const editor = new Editor(folder);
    await editor.request("initialize", { capabilities: {}, processId: null });
    const ended = editor.ended();
    part(editor);
    expect(await ended).toBe(1);
  });
});
