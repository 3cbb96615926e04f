import { expect, test } from 'vitest';
import { Patience } from '../../src/net/patience.ts';

const aborted = (signal: AbortSignal): Promise<boolean> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(true);
    else signal.addEventListener('abort', () => resolve(true), { once: true });
  });

test('runs out after its time, for each by itself', async () => {
  const patience = new Patience(1);
  expect(await patience.with(aborted)).toBe(true);
  expect(await patience.with(async (signal) => signal.aborted)).toBe(false);
});

test('is over for those who wait, and for those who come later', async () => {
  const patience = new Patience(60_000);
  const waiting = patience.with(aborted);
  patience.over();
  expect(await waiting).toBe(true);
  expect(await patience.with(async (signal) => signal.aborted)).toBe(true);
});
