/**
 * Resolves at the first SIGINT or SIGTERM with its name. At the second the process ends at once, as a shell would
 * report it: 128 and the signal's number.
 */
export function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let seen = false;
    for (const [signal, number] of [
      ['SIGINT', 2],
      ['SIGTERM', 15],
    ] as const) {
      process.on(signal, () => {
        if (seen) process.exit(128 + number);
        seen = true;
        resolve(signal);
      });
    }
  });
}
