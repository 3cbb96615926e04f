import { expect, test } from 'vitest';
import { Standstill } from '../../../src/receivers/file-log/standstill.ts';
import { TestHost } from '../../pipeline/test-host.ts';

test('a reader that stands still for ten seconds is unhealthy until something is taken', () => {
  const host = new TestHost();
  let now = 0;
  const standstill = new Standstill(host.health, 'file_log', () => now);
  standstill.failed('the outbox is full');
  now += 9_999;
  standstill.failed('the outbox is full');
  expect(host.problems.size).toBe(0);
  now += 1;
  standstill.failed('the outbox is full');
  expect(host.problems.get('file_log')).toBe('reading stands still: the outbox is full');
  standstill.moved();
  expect(host.problems.size).toBe(0);
  now += 60_000;
  standstill.failed('again');
  expect(host.problems.size).toBe(0);
});
