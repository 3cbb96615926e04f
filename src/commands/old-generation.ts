import { setFlagsFromString } from 'node:v8';

/** By how many percent what has stayed may grow before V8 looks again for what nobody needs any more. */
const growth = 30;

/**
 * Has memory collected sooner. V8 lets a process grow to about three times what it needs before it looks, so a state of
 * 230 MB would take 890 MB; here it takes about 420 MB, for a look more often.
 *
 * To be called early. V8 reads the figure after each look.
 */
export function keepOldGenerationSmall(): void {
  setFlagsFromString(`--heap-growing-percent=${growth}`);
}
