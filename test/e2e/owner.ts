import { afterAll } from 'vitest';

/** Is told what to clear away when a test is over, as `onTestFinished`, or a block of tests. */
export type Owner = (clear: () => void | Promise<void>) => void;

/**
 * The owner of what all tests of a block share: clears it away after the last of them, what came last first. To be
 * called in the block itself, not in a hook.
 */
export function ownedByBlock(): Owner {
  const clearing: (() => void | Promise<void>)[] = [];
  afterAll(async () => {
    for (const clear of clearing.splice(0).toReversed()) await clear();
  });
  return (clear) => void clearing.push(clear);
}
