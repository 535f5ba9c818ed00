/** Commands of the command line over the text in front, in a terminal of VS Code. */
import { basename, dirname } from "node:path";
import * as vscode from "vscode";
import type { Command } from "./find-command.js";

/** What becomes of a file: `play FILE`, or `studio FOLDER`. */
const commands = {
  play: (file: string) => ["play", file],
  test: (file: string) => ["test", file],
  studio: (file: string) => ["studio", dirname(file)],
} as const;

export type TerminalCommand = keyof typeof commands;
export const terminalCommands = Object.keys(commands) as readonly TerminalCommand[];

/** `find`: with arguments, for a file in that folder. */
export async function runInTerminal(
  name: TerminalCommand,
  find: (args: readonly string[], folder: string) => Command,
): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (document?.languageId !== "fabula") return;
  if (document.uri.scheme !== "file") {
    await vscode.window.showWarningMessage("Save the text to a file first.");
    return;
  }
  if (!(await document.save())) return;
  const file = document.uri.fsPath;
  const folder = dirname(file);
  const task = taskOf(name, find(commands[name](file), folder), basename(file), folder);
  await vscode.tasks.executeTask(task);
}

function taskOf(
  name: TerminalCommand,
  { command, args }: Command,
  file: string,
  cwd: string,
): vscode.Task {
  const quoted = (value: string) => ({ value, quoting: vscode.ShellQuoting.Strong });
  const task = new vscode.Task(
    { type: "fabula", command: name, file },
    vscode.TaskScope.Workspace,
    `${name} ${file}`,
    "fabula",
    new vscode.ShellExecution(quoted(command.replaceAll('"', "")), args.map(quoted), { cwd }),
  );
  task.presentationOptions = { clear: true, focus: true };
  return task;
}
