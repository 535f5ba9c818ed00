/** The process behind `fabula`: its pipes, its signals, its exit code. */
import { watchForInterruption } from "./interruption.js";
import { offerKeptModules } from "./kept-modules.js";
import { endQuietlyOnBrokenPipe } from "./output.js";
import { runProgram } from "./program.js";

endQuietlyOnBrokenPipe();
watchForInterruption();
offerKeptModules();
process.exitCode = await runProgram(process.argv);
