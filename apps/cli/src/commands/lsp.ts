/** `fabula lsp`: the language server, over stdin and stdout, for an editor that starts it. */
import type { Command } from "commander";
import { createCommand } from "./command.js";

export function createLspCommand(): Command {
  return createCommand(
    "lsp",
    "Serve an editor: diagnostics, completion, hover, definitions, rename, formatting, outline.",
    "lsp --stdio < /dev/null",
  )
    .option("--stdio", "speak over stdin and stdout (the only way; editors say it)")
    .action(async () => {
      const { serve } = await import("../language-server/server.js");
      await serve();
    });
}
