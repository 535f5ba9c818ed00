/** The extension as built, with a `vscode` that is made up and a language server that is real. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compileFunction } from "node:vm";
import { afterEach, describe, expect, it } from "vitest";
import manifest from "../package.json" with { type: "json" };
import { createFakeVscode, documentOf, Position } from "./fake-vscode.js";

const bundle = join(import.meta.dirname, "..", manifest.main);
const fabula = join(import.meta.dirname, "../../../apps/cli/bin/fabula.js");
const folder = mkdtempSync(join(tmpdir(), "fabula-"));
const file = join(folder, "tale.fabula");
const text = `story tale "Tale 🪔"
use std
place yard "the yard"
person anna "🪔 Anna"
  at = yrd
`;

interface Extension {
  activate(context: { subscriptions: { dispose(): void }[] }): Promise<void>;
  deactivate(): Promise<void>;
}

/** What VS Code does with the file that the manifest names. */
function load(vscode: object): Extension {
  const module = { exports: {} as Extension };
  const node = createRequire(bundle);
  const given = (name: string) => (name === "vscode" ? vscode : node(name));
  const run = compileFunction(readFileSync(bundle, "utf8"), ["require", "module", "exports"]);
  run(given, module, module.exports);
  return module.exports;
}

describe("the extension", () => {
  let extension: Extension | undefined;
  afterEach(async () => {
    await extension?.deactivate();
    extension = undefined;
  });

  it("starts the server, shows what is wrong and answers what it is asked", async () => {
    writeFileSync(file, text);
    const document = documentOf(file, text);
    const fake = createFakeVscode({ command: fabula }, [document]);
    extension = load(fake.vscode);
    await extension.activate({ subscriptions: [] });
    expect(fake.errors).toEqual([]);
    const uri = document.uri.toString();
    await fake.until(() => fake.shown.has(uri));
    const wrong = fake.shown.get(uri)?.find(({ code }) => code === "FAB2001");
    expect(wrong?.message).toContain("yard");
    expect(wrong?.range.start).toEqual(new Position(4, 7));
    expect(wrong?.range.end).toEqual(new Position(4, 10));
    const onCancellationRequested = () => ({ dispose: () => undefined });
    const token = { isCancellationRequested: false, onCancellationRequested };
    const hovers = fake.providers.get("registerHoverProvider");
    const hover = await hovers?.provideHover?.(document, new Position(2, 7), token);
    expect(JSON.stringify(hover)).toContain("place yard");
  });

  it("registers the commands that its manifest names", async () => {
    const fake = createFakeVscode({ command: fabula }, []);
    extension = load(fake.vscode);
    await extension.activate({ subscriptions: [] });
    const named = manifest.contributes.commands.map(({ command }) => command);
    expect([...fake.commands.keys()].sort()).toEqual([...named].sort());
    await fake.commands.get("fabula.restart")?.();
    expect(fake.errors).toEqual([]);
  });

  it("says once what does not start", async () => {
    const fake = createFakeVscode({ command: join(folder, "no-such-program") }, []);
    extension = load(fake.vscode);
    await extension.activate({ subscriptions: [] });
    await fake.until(() => fake.errors.length > 0);
    expect(fake.errors).toEqual([expect.stringContaining("no-such-program lsp --stdio")]);
  });
});
