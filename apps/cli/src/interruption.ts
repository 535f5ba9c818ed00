/** Ctrl-C: the first asks the running command to stop in order, the second stops it. */
import { exitCode } from "./exit-code.js";

let interrupted = false;

export function watchForInterruption(): void {
  process.on("SIGINT", () => {
    if (interrupted) process.exit(exitCode.interrupted);
    interrupted = true;
    process.exitCode = exitCode.interrupted;
  });
}

export function isInterrupted(): boolean {
  return interrupted;
}

/** Lets a signal arrive: a loop that never waits never hears one. */
export function breathe(): Promise<void> {
  return new Promise((resume) => setImmediate(resume));
}
