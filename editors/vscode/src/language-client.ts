/** The language server, `fabula lsp --stdio`, and what VS Code shows of what it says. */
import type { OutputChannel } from "vscode";
import {
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  type ServerOptions,
} from "vscode-languageclient/node.js";
import type { Command } from "./find-command.js";

export function createLanguageClient(command: Command, output: OutputChannel): FabulaClient {
  return new FabulaClient("fabula", "Fabula", serverOptions(command), clientOptions(output));
}

export class FabulaClient extends LanguageClient {
  #isWatched = false;

  /** For who says why it does not start; that it did not is in the output all the same. */
  async startWatched(): Promise<void> {
    this.#isWatched = true;
    try {
      await this.start();
    } finally {
      this.#isWatched = false;
    }
  }

  override error(message: string, data?: unknown, show?: boolean | "force"): void {
    super.error(message, data, this.#isWatched ? false : show);
  }
}

function serverOptions({ command, args, shell }: Command): ServerOptions {
  return { command, args: [...args], options: { shell } };
}

/** Texts on disk, and new ones. Changes on disk the server asks for itself. */
function clientOptions(outputChannel: OutputChannel): LanguageClientOptions {
  return {
    documentSelector: [
      { language: "fabula", scheme: "file" },
      { language: "fabula", scheme: "untitled" },
    ],
    outputChannel,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
  };
}
