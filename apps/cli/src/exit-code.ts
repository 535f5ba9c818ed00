/** What the process answers to whoever called it. Scripts rely on these four numbers. */
export const exitCode = {
  /** Done; the answer is yes; every expectation holds. */
  done: 0,
  /** The answer is no; an expectation failed. */
  no: 1,
  /** Bad input: there are diagnostics on stderr and nothing was written. */
  badInput: 2,
  /** Interrupted by the person at the keyboard. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
