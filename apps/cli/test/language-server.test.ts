/** Speaks the protocol with the server as built, in a process of its own. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Editor } from "./editor.js";
import { makeFolder } from "./run-fabula.js";

const folder = makeFolder();
const uri = pathToFileURL(join(folder, "tale.fabula")).href;
const text = `story tale "Tale"
use garden

place yard
person anna "Anna"
  at = yard
  proud
person ben "Ben"
  at = yrd
`;
const garden = `module garden
type place
type person
  at: place
  // Holds the head high.
  proud: boolean
`;

/** Where the passage stands, `into` characters into it. */
function at(passage: string, into = 0) {
  const before = text.slice(0, text.indexOf(passage) + into).split("\n");
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

describe("fabula lsp", () => {
  const editor = new Editor(folder);
  const textDocument = { uri };

  beforeAll(async () => {
    writeFileSync(join(folder, "garden.fabula"), garden);
    const { result } = await editor.request("initialize", { capabilities: {}, processId: null });
    expect(result.capabilities).toMatchObject({ hoverProvider: true, definitionProvider: true });
    editor.notify("initialized", {});
    const opened = { uri, languageId: "fabula", version: 1, text };
    editor.notify("textDocument/didOpen", { textDocument: opened });
  });

  afterAll(async () => {
    await editor.request("shutdown", null);
    const ended = editor.ended();
    editor.notify("exit", null);
    expect(await ended).toBe(0);
  });

  it("says what is wrong, and that it is mended", async () => {
    const first = await editor.hears((one) => one.method === "textDocument/publishDiagnostics");
    expect(first.params).toMatchObject({ uri, version: 1 });
    const wrong = first.params.diagnostics.find((one: { code: string }) => one.code === "FAB2001");
    expect(wrong.range.start).toEqual(at("yrd"));
    expect(wrong.range.end).toEqual(at("yrd", 3));
    expect(wrong.message).toContain("yard");
    const range = { start: at("yrd"), end: at("yrd", 3) };
    editor.notify("textDocument/didChange", {
      textDocument: { uri, version: 2 },
      contentChanges: [{ range, text: "yard" }],
    });
    const second = await editor.hears((one) => one.params?.version === 2);
    const errors = second.params.diagnostics.filter((one: { severity: number }) => {
      return one.severity === 1;
    });
    expect(errors).toEqual([]);
  });

  it("completes, tells of a name, and finds where it is declared", async () => {
    const completed = await editor.request("textDocument/completion", {
      textDocument,
      position: at("at = yard", 5),
    });
    const labels = completed.result.map((one: { label: string }) => one.label);
    expect(labels).toContain("yard");
    const hover = await editor.request("textDocument/hover", {
      textDocument,
      position: at("proud", 1),
    });
    expect(hover.result.contents.value).toContain("proud: boolean");
    expect(hover.result.contents.value).toContain("Holds the head high.");
    const found = await editor.request("textDocument/definition", {
      textDocument,
      position: at("proud", 1),
    });
    expect(found.result).toEqual([
      {
        uri: pathToFileURL(join(folder, "garden.fabula")).href,
        range: { start: { line: 5, character: 2 }, end: { line: 5, character: 7 } },
      },
    ]);
  });

  it("renames everywhere, and says why it cannot", async () => {
    const position = at("place yard", 7);
    const renamed = await editor.request("textDocument/rename", {
      textDocument,
      position,
      newName: "court",
    });
    expect(renamed.result.changes[uri]).toHaveLength(3);
    const taken = await editor.request("textDocument/rename", {
      textDocument,
      position,
      newName: "anna",
    });
    expect(taken.error?.message).toContain("FAB2009");
  });

  it("lays a text out, and lists what it declares", async () => {
    const right = text.replace("yrd", "yard");
    editor.notify("textDocument/didChange", {
      textDocument: { uri, version: 3 },
      contentChanges: [
        { text: right.replace("  at = yard\n  proud", "      at = yard\n      proud") },
      ],
    });
    const options = { tabSize: 2, insertSpaces: true };
    const formatted = await editor.request("textDocument/formatting", { textDocument, options });
    expect(formatted.result.map((one: { newText: string }) => one.newText)).toEqual([right]);
    const listed = await editor.request("textDocument/documentSymbol", { textDocument });
    const names = listed.result.map((one: { name: string }) => one.name);
    expect(names).toEqual(["yard", "anna", "ben"]);
  });
});
