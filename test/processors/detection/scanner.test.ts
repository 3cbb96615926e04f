import { describe, expect, test } from 'vitest';
import { scanDetections } from './scan-detections.ts';
import { replayed, type Outcome } from './scan-scene.ts';

/** One event; its message is as long as it takes for the line, with its newline, to have `bytes` bytes. */
function event(index: number, given: object, bytes = 0): string {
  const second = String(index % 60).padStart(2, '0');
  const minute = String(Math.floor(index / 60) % 60).padStart(2, '0');
  const text = (pad: string): string =>
    JSON.stringify({
      level: 'Request',
      verb: 'watch',
      user: { username: `u${index % 7}`, groups: ['a'] },
      objectRef: { resource: 'pods' },
      pad,
      stageTimestamp: `2026-04-12T11:${minute}:${second}.${String(index).padStart(6, '0')}Z`,
      ...given,
    });
  return text('x'.repeat(Math.max(0, bytes - 1 - text('').length)));
}

const pull = { requestObject: { message: 'Pulling image "x"' }, objectRef: { resource: 'events' } };
const read = { verb: 'get', objectRef: { resource: 'secrets' } };

/** The outcomes with and without a scanner, of which the second is to be compared with the first. */
async function both(log: string | Uint8Array, maxLogSize?: string): Promise<readonly [Outcome, Outcome]> {
  const options = maxLogSize === undefined ? {} : { maxLogSize };
  return [
    await replayed(log, scanDetections, { scanner: 'off', ...options }),
    await replayed(log, scanDetections, { scanner: 'auto', ...options }),
  ];
}

/** All lines of the receiver are accounted for; records are the same, and so are counters of valid logs. */
function expectSame([plain, scanned]: readonly [Outcome, Outcome], valid = true): void {
  expect(scanned.records).toEqual(plain.records);
  expect(scanned.read).toEqual(plain.read);
  if (valid) expect(scanned.found).toEqual(plain.found);
  for (const { read, found } of [plain, scanned]) {
    const { evaluated = 0, malformed = 0 } = found;
    expect(evaluated + malformed + (read['oversize'] ?? 0)).toBe(read['lines']);
  }
}

describe('the scanner makes no difference', () => {
  test('to a log of several reads and many blocks of the clock', async () => {
    const lines = Array.from({ length: 3_000 }, (_, index) =>
      event(index, index % 50 === 7 ? pull : index % 90 === 3 ? read : {}, 300 + (index % 11) * 130),
    );
    const outcomes = await both(`${lines.join('\n')}\n`);
    expectSame(outcomes);
    expect(outcomes[0].records.length).toBeGreaterThan(60);
  });

  for (const [what, bytes] of [
    ['2 MiB', 2_097_152],
    ['just what one read takes', 1_048_576],
    ['one byte more than one read takes', 1_048_577],
    ['16 MiB', 16_777_216],
  ] as const) {
    test(`to lines of ${what} between others`, async () => {
      const lines = [
        event(0, pull),
        event(1, pull, bytes + 1),
        event(2, read),
        event(60, {}, bytes),
        event(61, pull, bytes),
        event(180, read),
      ];
      const outcomes = await both(`${lines.join('\n')}\n`);
      expectSame(outcomes);
      expect(outcomes[0].found).toMatchObject({ evaluated: 6, 'detection/pulls/counted': 3 });
    });
  }

  test('to a line that is too long', async () => {
    const lines = [event(0, pull), event(1, pull, 2_000), event(2, pull, 70_000), event(3, read)];
    const outcomes = await both(`${lines.join('\n')}\n`, '1KiB');
    expectSame(outcomes);
    expect(outcomes[0].read).toMatchObject({ lines: 4, oversize: 2 });
  });

  test('to a log with blank lines, NULs, line ends of Windows, text and a torn end', async () => {
    const lines = [
      event(0, pull),
      '',
      ' \t',
      `${event(1, read)}\r`,
      '\0\0\0',
      'no event',
      `{"verb":"get"`,
      event(2, pull),
      '{"torn":"\0\0\0\0{"verb":1}',
      event(60, read),
    ];
    const outcomes = await both(`${lines.join('\n')}\n${event(61, pull)}`);
    expectSame(outcomes, false);
    expect(outcomes[0].found).toMatchObject({ malformed: 3, 'detection/pulls/counted': 2 });
  });

  test('wherever in a block of the clock, and of the reads, a line ends', async () => {
    // Lines of a length that has no divisor in common with the blocks' move by one byte from block to block.
    for (const length of [1_021, 65_537, 131_071]) {
      const lines = Array.from({ length: Math.ceil(2_400_000 / length) }, (_, index) =>
        event(index * 20, index % 5 === 0 ? pull : {}, length),
      );
      const outcomes = await both(`${lines.join('\n')}\n`);
      expectSame(outcomes);
      expect(outcomes[0].records.length).toBeGreaterThan(2);
    }
  });
});
