/** What VS Code calls: starts the language server, and again where another `fabula` is meant. */
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import * as vscode from "vscode";
import { type Command, findCommand } from "./find-command.js";
import { createLanguageClient, type FabulaClient } from "./language-client.js";
import { runInTerminal, terminalCommands } from "./run-in-terminal.js";

let client: FabulaClient | undefined;
/** One start or stop after the other. */
let turn: Promise<void> = Promise.resolve();

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel("Fabula");
  const restart = () => next(() => start(output));
  context.subscriptions.push(
    output,
    vscode.commands.registerCommand("fabula.restart", restart),
    ...terminalCommands.map((name) =>
      vscode.commands.registerCommand(`fabula.${name}`, () => runInTerminal(name, commandIn)),
    ),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("fabula.command")) void restart();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void restart()),
  );
  await restart();
}

export async function deactivate(): Promise<void> {
  await next(stop);
}

function next(what: () => Promise<void>): Promise<void> {
  turn = turn.then(what);
  return turn;
}

async function start(output: vscode.OutputChannel): Promise<void> {
  await stop();
  const text = vscode.window.activeTextEditor?.document.uri;
  const folder = text?.scheme === "file" ? dirname(text.fsPath) : undefined;
  const command = commandIn(["lsp", "--stdio"], folder);
  const started = createLanguageClient(command, output);
  client = started;
  try {
    await started.startWatched();
  } catch (error) {
    client = undefined;
    output.appendLine(error instanceof Error ? error.message : String(error));
    void explain(command);
  }
}

async function stop(): Promise<void> {
  const running = client;
  client = undefined;
  // One that has gone by itself cannot be stopped any more.
  await running?.dispose().catch(() => undefined);
}

function commandIn(args: readonly string[], folder?: string): Command {
  const open = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
  const folders = open.filter(({ scheme }) => scheme === "file").map(({ fsPath }) => fsPath);
  return findCommand(args, {
    setting: vscode.workspace.getConfiguration("fabula").get("command", ""),
    folders: folder === undefined ? folders : [folder, ...folders],
    isTrusted: vscode.workspace.isTrusted,
    platform: process.platform,
    exists: existsSync,
  });
}

/** Colours stay; what is said of mistakes does not come. */
async function explain({ command, args }: Command): Promise<void> {
  const settings = "Say Where It Is";
  const chosen = await vscode.window.showErrorMessage(
    `Fabula: \`${[command, ...args].join(" ")}\` does not start. Colours are all there is without it.`,
    settings,
  );
  if (chosen !== settings) return;
  await vscode.commands.executeCommand("workbench.action.openSettings", "fabula.command");
}
