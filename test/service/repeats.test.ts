import { expect, test } from 'vitest';
import { Repeats } from '../../src/service/repeats.ts';

test('equal messages pass five times, then are held back until ten seconds are over, and counted', () => {
  let now = 0;
  const repeats = new Repeats(() => now);
  const say = (text: string): number | undefined => repeats.pass('otlp_http', text);
  const passed = Array.from({ length: 8 }, (_, index) => say(`cannot deliver, ${index} records wait`));
  expect(passed).toEqual([0, 0, 0, 0, 0, undefined, undefined, undefined]);
  expect(say('another message')).toBe(0);
  now = 10_000;
  expect(say('cannot deliver, 9 records wait')).toBe(3);
  expect(say('cannot deliver, 9 records wait')).toBe(0);
});

test('one component does not hold back another', () => {
  const repeats = new Repeats(() => 0);
  for (let index = 0; index < 9; index++) repeats.pass('a', 'same');
  expect([repeats.pass('a', 'same'), repeats.pass('b', 'same')]).toEqual([undefined, 0]);
});
