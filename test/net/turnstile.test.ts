import { expect, test } from 'vitest';
import { Turnstile } from '../../src/net/turnstile.ts';

const never = new AbortController().signal;

test('so many come in, the others in their order as those leave', async () => {
  const turnstile = new Turnstile(2);
  const inside: number[] = [];
  const enter = async (who: number): Promise<void> => {
    if (await turnstile.enter(never)) inside.push(who);
  };
  const all = [1, 2, 3, 4].map(enter);
  await Promise.all(all.slice(0, 2));
  expect(inside).toEqual([1, 2]);
  turnstile.leave();
  await all[2];
  expect(inside).toEqual([1, 2, 3]);
  turnstile.leave();
  await all[3];
  expect(inside).toEqual([1, 2, 3, 4]);
});

test('who gives up waiting takes no place, then or later', async () => {
  const turnstile = new Turnstile(1);
  const patience = new AbortController();
  expect(await turnstile.enter(never)).toBe(true);
  const waiting = turnstile.enter(patience.signal);
  patience.abort();
  expect(await waiting).toBe(false);
  expect(await turnstile.enter(patience.signal)).toBe(false);
  turnstile.leave();
  expect(await turnstile.enter(patience.signal)).toBe(true);
});
