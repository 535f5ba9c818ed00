/** Ctrl-C: the first asks the running command to stop in order, the second stops it. */
import { exitCode } from "./exit-code.js";

let interrupted = false;
const callbacks: (() => void)[] = [];

/** Called at the first Ctrl-C. */
export function onInterruption(callback: () => void): void {
  callbacks.push(callback);
}

function interrupt(): void {
  if (interrupted) process.exit(exitCode.interrupted);
  interrupted = true;
  for (const callback of callbacks) callback();
  process.exitCode = exitCode.interrupted;
}

export function watchForInterruption(): void {
  process.on("SIGINT", interrupt);
}

/**
 * For what waits without giving way, as for a key: no handler is heard meanwhile, so the system ends
 * the process at once.
 */
export function endedByInterruption<T>(wait: () => T): T {
  const isWatched = process.listeners("SIGINT").includes(interrupt);
  process.off("SIGINT", interrupt);
  try {
    return wait();
  } finally {
    if (isWatched) process.on("SIGINT", interrupt);
  }
}

export function isInterrupted(): boolean {
  return interrupted;
}

/** Lets a signal arrive: a loop that never waits never hears one. */
export function breathe(): Promise<void> {
  return new Promise((resume) => setImmediate(resume));
}
