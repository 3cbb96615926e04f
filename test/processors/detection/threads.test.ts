import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LookAhead } from '../../../src/receivers/file-log/ahead/look-ahead.ts';
import type { ThreadWishes } from '../../../src/receivers/file-log/ahead/start-threads.ts';
import { ScannerHere } from '../../receivers/file-log/ahead/scanner-here.ts';
import { scanDetections } from './scan-detections.ts';
import { replayed, type Outcome, type ReplayWishes } from './scan-scene.ts';

const kinds = {
  watch: { verb: 'watch', objectRef: { resource: 'pods' } },
  pull: {
    verb: 'create',
    objectRef: { resource: 'events' },
    requestObject: { message: 'Pulling image "x"' },
  },
  read: { verb: 'get', objectRef: { resource: 'secrets' } },
};

function event(index: number, kind: keyof typeof kinds, pad: number): string {
  const [minute, second] = [Math.floor(index / 30) % 60, index % 30].map((n) => String(n).padStart(2, '0'));
  return JSON.stringify({
    ...kinds[kind],
    level: 'Request',
    user: { username: `u${index % 5}` },
    pad: 'x'.repeat(pad),
    stageTimestamp: `2026-04-12T11:${minute}:${second}.000000Z`,
  });
}

/** Most lines are events; some are what goes wrong in logs, some are longer than a stretch, or than a line may be. */
const line = fc.oneof(
  {
    weight: 60,
    arbitrary: fc.record({ kind: fc.constantFrom('watch', 'watch', 'pull', 'read'), pad: fc.nat(400) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('watch', 'pull'), pad: fc.nat(9_000) }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '',
      ' \t',
      'no event',
      '{"verb":"get"',
      '\0\0\0',
      '{"torn":"\0\0\0{"verb":1}',
      '{}\r',
    ),
  },
);
const log = fc
  .array(line, { minLength: 60, maxLength: 150 })
  .map((lines) =>
    lines.map((it, index) => (typeof it === 'string' ? it : event(index, it.kind as 'watch', it.pad))),
  );
const ended = fc.constantFrom('\n', '', '\r\n');
const logs = fc
  .array(fc.tuple(log, ended), { minLength: 1, maxLength: 3 })
  .map((all) =>
    Object.fromEntries(all.map(([lines, end], index) => [`${index}.log`, `${lines.join('\n')}${end}`])),
  );

/** Threads that scan stretches of so many bytes; `made` gets them. */
const threads =
  (
    count: number,
    stretchBytes: number,
    made: ScannerHere[],
    fails?: () => boolean,
  ): NonNullable<ReplayWishes['readAhead']> =>
  ({ order, files, maxLine }: ThreadWishes) => {
    if (order === undefined) return undefined;
    const scanners = Array.from({ length: count }, () => new ScannerHere(order.target, maxLine, fails));
    made.push(...scanners);
    return new LookAhead({ threads: scanners, files: () => files.all, open: order.open, stretchBytes });
  };

/** What must be the same: of a line that is malformed, a scanner may find out that it need not be looked at. */
function comparable({ records, read, found }: Outcome): object {
  const { evaluated = 0, malformed = 0, ...others } = found;
  const counted = Object.entries(others).map(([name, count]) => [
    name,
    name.endsWith('/unmatched') ? count + malformed : count,
  ]);
  return { records, read, lines: evaluated + malformed, counted: Object.fromEntries(counted) };
}

describe('with threads that read ahead', () => {
  test('records and counters are those without, however logs are spoilt and cut', async () => {
    let records = 0;
    let oversize = 0;
    let scanned = 0;
    await fc.assert(
      fc.asyncProperty(
        logs,
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 500, max: 20_000 }),
        async (given, count, size) => {
          const options = { scanner: 'auto', maxLogSize: '8KiB' } as const;
          const alone = await replayed(given, scanDetections, options);
          const made: ScannerHere[] = [];
          const helped = await replayed(given, scanDetections, {
            ...options,
            readAhead: threads(count, size, made),
          });
          expect(comparable(helped)).toEqual(comparable(alone));
          records += alone.records.length;
          oversize += alone.read['oversize'] ?? 0;
          scanned += made
            .flatMap(({ answered }) => answered.flat(2))
            .reduce((sum, { scan }) => sum + scan.lines, 0);
        },
      ),
      { seed: 17, numRuns: 8 },
    );
    expect(records).toBeGreaterThan(80);
    expect(oversize).toBeGreaterThan(2);
    expect(scanned).toBeGreaterThan(300);
  }, 60_000);

  const long = Array.from({ length: 3_000 }, (_, index) =>
    event(index, index % 40 === 7 ? 'pull' : index % 90 === 3 ? 'read' : 'watch', (index % 11) * 130),
  );
  const whole = `${long.join('\n')}\n`;

  test('they scan nearly all of a log', async () => {
    const made: ScannerHere[] = [];
    const helped = await replayed(whole, scanDetections, {
      scanner: 'auto',
      readAhead: threads(2, 300_000, made),
    });
    expect(helped).toEqual(await replayed(whole, scanDetections, { scanner: 'auto' }));
    const lines = made
      .flatMap(({ answered }) => answered.flat())
      .reduce((sum, { scan }) => sum + scan.lines, 0);
    expect(lines).toBeGreaterThan(2_900);
    expect(made.every(({ answered }) => answered.length > 1)).toBe(true);
  });

  test('nothing is lost if they die', async () => {
    const alone = await replayed(whole, scanDetections, { scanner: 'auto' });
    for (const survived of [0, 1, 3]) {
      let asked = 0;
      const made: ScannerHere[] = [];
      const fails = (): boolean => asked++ >= survived;
      const readAhead = threads(2, 200_000, made, fails);
      expect(await replayed(whole, scanDetections, { scanner: 'auto', readAhead })).toEqual(alone);
      expect(made.some(({ isReady }) => !isReady)).toBe(true);
    }
  });

  test('without a scanner there are none', async () => {
    const made: ScannerHere[] = [];
    await replayed(whole, scanDetections, { scanner: 'off', readAhead: threads(2, 200_000, made) });
    expect(made).toEqual([]);
  });
});
