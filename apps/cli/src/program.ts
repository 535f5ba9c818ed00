/**
 * The commands as one program that runs in any process: it leaves its answer in the return value
 * and writes to stdout and stderr, nothing else of the process is touched.
 *
 * Bad input ends with diagnostics and exit code 2 and never with a stack; a stack means a defect of
 * ours, and says so.
 */
import { Command, CommanderError } from "commander";
import { StoryFault } from "fabula";
import { BadInput, badInput } from "./bad-input.js";
import { createAskCommand } from "./commands/ask.js";
import { createCheckCommand } from "./commands/check.js";
import { createCoverageCommand } from "./commands/coverage.js";
import { createDrivesCommand } from "./commands/drives.js";
import { createFmtCommand } from "./commands/fmt.js";
import { createImportCommand } from "./commands/import.js";
import { createLspCommand } from "./commands/lsp.js";
import { createNewCommand } from "./commands/new.js";
import { createOddsCommand } from "./commands/odds.js";
import { createPlayCommand } from "./commands/play.js";
import { createPublishCommand } from "./commands/publish.js";
import { createRunsCommand } from "./commands/runs.js";
import { createSeekCommand } from "./commands/seek.js";
import { createSiftCommand } from "./commands/sift.js";
import { createStudioCommand } from "./commands/studio.js";
import { createTellCommand } from "./commands/tell.js";
import { createTestCommand } from "./commands/test.js";
import { createWhatIfCommand } from "./commands/what-if.js";
import { createWhyCommand } from "./commands/why.js";
import { createWordsCommand } from "./commands/words.js";
import { createWorkerCommand } from "./commands/worker.js";
import { exitCode } from "./exit-code.js";
import { complain } from "./output.js";
import { isSystemError } from "./text-file.js";

/** `argv`: as Node has it. Returns the exit code. */
export async function runProgram(argv: readonly string[]): Promise<number> {
  process.exitCode = exitCode.done;
  try {
    await createProgram().parseAsync(argv);
    return Number(process.exitCode);
  } catch (error) {
    return codeFor(error);
  }
}

function createProgram(): Command {
  const program = new Command("fabula")
    .description("A story-world engine: describe a world in plain text, play it, ask it why.")
    .version("0.1.0")
    .addHelpText("after", "\nExample:\n  $ fabula play leaf/until-the-end\n")
    .showHelpAfterError("(add --help for what it takes)");
  const commands = [
    createNewCommand(),
    createPlayCommand(),
    createTellCommand(),
    createPublishCommand(),
    createAskCommand(),
    createWhyCommand(),
    createWhatIfCommand(),
    createOddsCommand(),
    createSeekCommand(),
    createImportCommand(),
    createTestCommand(),
    createCheckCommand(),
    createFmtCommand(),
    createWordsCommand(),
    createSiftCommand(),
    createCoverageCommand(),
    createDrivesCommand(),
    createRunsCommand(),
    createWorkerCommand(),
    createStudioCommand(),
    createLspCommand(),
  ];
  for (const command of [...commands, program]) {
    command.exitOverride().configureOutput({ outputError: (text, write) => write(text) });
  }
  for (const command of commands)
    program.addCommand(command.showHelpAfterError("(--help says more)"));
  return program;
}

/** Says what there is to say about it on stderr. */
function codeFor(error: unknown): number {
  if (error instanceof BadInput || error instanceof StoryFault) {
    complain(error.diagnostics);
    return exitCode.badInput;
  }
  if (error instanceof CommanderError) {
    // Help and version are no errors; what commander has to say it has said.
    return error.exitCode === 0 ? exitCode.done : exitCode.badInput;
  }
  if (isStoreFault(error)) {
    complain(error.diagnostics);
    return exitCode.badInput;
  }
  if (isSystemError(error)) {
    complain(badInput("FAB7003", `the system refused: ${error.message}`).diagnostics);
    return exitCode.badInput;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(
    `This is a defect of Fabula; please report it with the command and the seed.\n${stack}\n`,
  );
  return 70;
}

/** By its name: the store is loaded only where one is asked for. */
function isStoreFault(error: unknown): error is Error & Pick<BadInput, "diagnostics"> {
  return error instanceof Error && error.name === "StoreFault" && "diagnostics" in error;
}
