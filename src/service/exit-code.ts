/** How the process ends (design §9); documented in the README. */
export const exitCode = {
  done: 0,
  problemsFound: 1,
  usage: 2,
  storeInUse: 3,
  couldNotStart: 4,
  failed: 5,
  undelivered: 6,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
