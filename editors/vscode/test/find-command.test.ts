/** Which `fabula` the extension starts. */
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { findCommand, type Surroundings } from "../src/find-command.js";

const folder = resolve("/home/anna/tales/harbour");
const installed = join(resolve("/home/anna/tales"), "node_modules", ".bin", "fabula");
const around: Surroundings = {
  setting: "",
  folders: [folder],
  isTrusted: true,
  platform: "linux",
  exists: () => false,
};
const lsp = ["lsp", "--stdio"];

describe("the command", () => {
  it("is the one in the PATH, where nothing is said", () => {
    expect(findCommand(lsp, around)).toEqual({ command: "fabula", args: lsp, shell: false });
  });

  it("is the one installed in the folder or above it, where that is trusted", () => {
    const exists = (file: string) => file === installed;
    expect(findCommand(lsp, { ...around, exists }).command).toBe(installed);
    expect(findCommand(lsp, { ...around, exists, isTrusted: false }).command).toBe("fabula");
  });

  it("is what the setting says before anything else; a script is run by node", () => {
    const exists = () => true;
    const told = { ...around, exists, setting: " /opt/fabula " };
    expect(findCommand(lsp, told)).toEqual({ command: "/opt/fabula", args: lsp, shell: false });
    const script = "/opt/fabula/apps/cli/bin/fabula.js";
    expect(findCommand(lsp, { ...told, setting: script })).toEqual({
      command: "node",
      args: [script, ...lsp],
      shell: false,
    });
  });

  it("goes through the shell on Windows, whose programs of npm are scripts of the shell", () => {
    const wanted = join(folder, "node_modules", ".bin", "fabula.cmd");
    const windows = { ...around, platform: "win32", exists: (file: string) => file === wanted };
    expect(findCommand(lsp, windows as Surroundings)).toEqual({
      command: `"${wanted}"`,
      args: lsp,
      shell: true,
    });
  });
});
