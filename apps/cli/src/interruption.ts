/** Ctrl-C: the first asks the running command to stop in order, the second stops it. */
import { exitCode } from "./exit-code.js";

let interrupted = false;
const callbacks: (() => void)[] = [];

/** Called at the first Ctrl-C. */
export function onInterruption(callback: () => void): void {
  callbacks.push(callback);
}

export function watchForInterruption(): void {
  process.on("SIGINT", () => {
    if (interrupted) process.exit(exitCode.interrupted);
    interrupted = true;
    for (const callback of callbacks) callback();
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
