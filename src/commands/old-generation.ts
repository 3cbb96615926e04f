import { setFlagsFromString } from 'node:v8';

/** By what part of itself what has stayed may grow before V8 looks again for what nobody needs any more. */
const growth = 0.3;

/**
 * Has memory collected sooner. V8 lets a process grow to about three times what it needs before it looks, so a state of
 * 230 MB would take 890 MB; here it takes about 420 MB, for a look more often.
 *
 * To be called early. V8 reads the figure after each look.
 */
export function keepOldGenerationSmall(): void {
  letOldGenerationGrowBy(growth);
}

/** Lets it grow by more than it is kept to, by such a part of itself; V8 never takes more than fourfold. */
export function letOldGenerationGrowBy(part: number): void {
  setFlagsFromString(`--heap-growing-percent=${Math.ceil(Math.max(part, growth) * 100)}`);
}
