import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Resolves with what `look` returns, or resolves with, as soon as that is neither undefined nor false; one look is over
 * before the next begins. Throws what `missing` says when it still is after `deadlineMs`: the reader of a failed test
 * wants to know what was there instead.
 */
export async function until<T>(
  look: () => T | undefined | false | Promise<T | undefined | false>,
  missing: () => string,
  deadlineMs = 15_000,
): Promise<T> {
  const deadline = performance.now() + deadlineMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > deadline) throw new Error(`not within ${deadlineMs} ms: ${missing()}`);
    await sleep(5);
  }
}
