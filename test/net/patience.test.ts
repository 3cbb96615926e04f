import { expect, test } from 'vitest';
import { aborted } from '../../src/net/aborted.ts';
import { Patience } from '../../src/net/patience.ts';

const isAborted = (signal: AbortSignal): Promise<boolean> => aborted(signal).then(() => signal.aborted);

test('runs out after its time, for each by itself', async () => {
  const patience = new Patience(1);
  expect(await patience.with(isAborted)).toBe(true);
  expect(await patience.with(async (signal) => signal.aborted)).toBe(false);
});

test('is over for those who wait, and for those who come later', async () => {
  const patience = new Patience(60_000);
  const waiting = patience.with(isAborted);
  patience.over();
  expect(await waiting).toBe(true);
  expect(await patience.with(async (signal) => signal.aborted)).toBe(true);
});
