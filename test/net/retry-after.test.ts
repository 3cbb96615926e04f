import { describe, expect, test } from 'vitest';
import { retryAfterMs } from '../../src/net/retry-after.ts';
import { fromMillis } from '../../src/record/time.ts';

const now = fromMillis(Date.UTC(2026, 3, 12, 12, 0, 0));

describe('Retry-After', () => {
  test.each([
    ['0', 0],
    ['7', 7_000],
    [' 7 ', 7_000],
    ['999999999999', 600_000],
    ['Sun, 12 Apr 2026 12:00:30 GMT', 30_000],
    ['Sun, 12 Apr 2026 11:00:00 GMT', 0],
    ['Sun, 12 Apr 2027 12:00:00 GMT', 600_000],
    ['-5', undefined],
    ['1.5', undefined],
    ['soon', undefined],
    ['2026-04-12T12:00:30Z', undefined],
    ['Sun, 99 Apr 2026 12:00:30 GMT', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%s means %s ms', (header, ms) => expect(retryAfterMs(header, now)).toBe(ms));
});
