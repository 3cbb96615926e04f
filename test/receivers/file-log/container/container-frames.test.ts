import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ContainerFrames } from '../../../../src/receivers/file-log/container/container-frames.ts';
import { partsOf, wrapped, writeCri, writeDocker, type WritePart, type Written } from './container-log.ts';

/** What came out of a log, each with the offset behind it, and how much of it was not complete. */
interface Seen {
  readonly lines: readonly (readonly [text: string, end: number])[];
  readonly others: readonly string[];
  readonly left: number;
}

/** Reads `log` as a receiver does, `size` bytes at once; `anew`: it begins again behind every frame. */
function readThrough(container: ContainerFrames, log: string, size: number, anew = false): Seen {
  const bytes = Buffer.from(log);
  const lines: [string, number][] = [];
  const others: string[] = [];
  let offset = 0;
  for (let length = size; offset < bytes.length;) {
    const base = offset;
    const chunk = Buffer.from(bytes.subarray(base, base + length));
    for (const frame of container.frames(chunk)) {
      offset = base + frame.end;
      if (frame.kind !== 'lines') {
        others.push(`${frame.kind} ${'length' in frame ? frame.length : frame.end - frame.start}`);
        continue;
      }
      for (let index = 0; index < frame.spans.length; index += 2) {
        const from = frame.start + (frame.spans[index] ?? 0);
        const to = frame.start + (frame.spans[index + 1] ?? 0);
        lines.push([chunk.toString('utf8', from, to), base + to + 1]);
      }
      if (anew) break;
    }
    if (offset > base) length = size;
    else if (base + length >= bytes.length) break;
    else length *= 2;
  }
  return { lines, others, left: bytes.length - offset };
}

const textsOf = ({ lines }: Seen): readonly string[] => lines.map(([text]) => text);
const frames = (maxLine = 1_000): ContainerFrames => new ContainerFrames(undefined, maxLine);

/** A line as it stands in the log, and behind which of them it is complete. */
interface Step {
  readonly text: string;
  readonly ends: string | undefined;
}

/** Lines of two streams whose parts alternate, as `turns` has it; lines of nobody between them. */
function interleaved(
  written: readonly Written[],
  size: number,
  write: WritePart,
  turns: readonly number[],
): readonly Step[] {
  const queueOf = (stream: Written['stream']): Step[] =>
    written
      .filter((line) => line.stream === stream)
      .flatMap((line) => {
        const parts = partsOf(line, size, write);
        return parts.map((text, at) => ({ text, ends: at === parts.length - 1 ? line.text : undefined }));
      });
  const queues = [queueOf('stdout'), queueOf('stderr')] as const;
  const steps: Step[] = [];
  for (let at = 0; queues[0].length + queues[1].length > 0; at++) {
    const turn = turns[at % turns.length] ?? 0;
    if (turn === 2) steps.push({ text: 'klog\n', ends: 'klog' });
    const next = queues[turn === 0 ? 0 : 1].shift() ?? queues[0].shift() ?? queues[1].shift();
    if (next) steps.push(next);
  }
  return steps;
}

test('lines are what was wrapped, in whatever parts, streams, formats and chunks', () => {
  const seen = { alternating: 0, apart: 0 };
  const line = fc.record({
    stream: fc.constantFrom<Written['stream']>('stdout', 'stdout', 'stderr'),
    text: fc.string({ unit: fc.constantFrom('a', 'b', '"', '{', ' x', 'é'), minLength: 1, maxLength: 40 }),
  });
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 50 }),
      fc.constantFrom(writeCri, writeDocker),
      fc.array(fc.constantFrom(0, 0, 1, 1, 2), { minLength: 1, maxLength: 9 }),
      fc.integer({ min: 1, max: 600 }),
      fc.boolean(),
      (given, size, write, turns, chunk, anew) => {
        const written = given.filter(({ text }) => text.trim() !== '');
        const steps = interleaved(written, size, write, turns);
        const log = steps.map(({ text }) => text).join('');
        const result = readThrough(frames(), log, chunk, anew);
        expect(textsOf(result)).toEqual(steps.flatMap(({ ends }) => ends ?? []));
        expect(result).toMatchObject({ others: [], left: 0 });
        // The same bytes end lines at the same places, however they were read.
        expect(result.lines).toEqual(readThrough(frames(), log, log.length * 2).lines);
        const isWhole = steps.every(({ ends }) => ends !== undefined);
        seen[isWhole ? 'apart' : 'alternating']++;
      },
    ),
    { seed: 16, numRuns: 2_000 },
  );
  expect(Math.min(seen.alternating, seen.apart)).toBeGreaterThan(200);
});

test('a line ends where its last part does, so that no offset leads into the middle of one', () => {
  const log = wrapped(['{"a":1}', '{"b":"0123456789"}'], 10);
  const { lines } = readThrough(frames(), log, 1_000);
  expect(lines).toEqual([
    ['{"a":1}', log.indexOf('\n') + 1],
    ['{"b":"0123456789"}', log.length],
  ]);
});

describe('what has no end yet', () => {
  const first = writeCri('stdout', '{"a":', false);
  for (const [what, behind, lines] of [
    ['waits for the rest of its parts', '', []],
    ['waits for the rest of its last part', writeCri('stdout', '1}', true).slice(0, -1), []],
    ['holds back what another stream says meanwhile', writeCri('stderr', 'x', true), []],
    [
      'comes first if it ends first',
      `${writeCri('stderr', 'x', false)}${writeCri('stdout', '1}', true)}`,
      [],
    ],
    ['is over with its last part', writeCri('stdout', '1}', true), ['{"a":1}']],
  ] as const) {
    test(what, () => {
      const log = first + behind;
      const result = readThrough(frames(), log, 1_000);
      expect(textsOf(result)).toEqual(lines);
      expect(result.left).toBe(lines.length === 0 ? log.length : 0);
    });
  }

  test('is a line as it is if nothing more comes', () => {
    const bytes = Buffer.from(first + writeCri('stderr', 'x', true) + writeCri('stderr', 'y', false));
    const lines = [...frames().frames(bytes, true)].flatMap((frame) =>
      frame.kind === 'lines' ? bytes.toString('utf8', frame.start, frame.end).trim().split('\n') : [],
    );
    expect(lines).toEqual(['x', '{"a":', 'y']);
  });
});

describe('a line that is too long', () => {
  test('may be so in one piece or in many, and only its payload counts', () => {
    const log = wrapped(['x'.repeat(100), 'y'.repeat(101), 'z'.repeat(99), 'w'.repeat(150)], 90);
    const result = readThrough(frames(100), log, 10_000);
    expect(textsOf(result)).toEqual(['x'.repeat(100), 'z'.repeat(99)]);
    expect(result).toMatchObject({ others: ['oversize 101', 'oversize 150'], left: 0 });
  });

  test('takes none with it that stand between its parts', () => {
    const between = writeCri('stderr', 'fine', true);
    const log = partsOf({ stream: 'stdout', text: 'x'.repeat(200) }, 90, writeCri).join(between) + between;
    const result = readThrough(frames(100), log, 10_000, true);
    expect(textsOf(result)).toEqual(['fine', 'fine', 'fine']);
    expect(result.others).toEqual(['oversize 200']);
  });

  test('is given up when it is longer than anything that is waited for, whatever else is open', () => {
    const container = frames(100);
    const part = writeCri('stdout', 'x'.repeat(16_384), false);
    const open = writeCri('stderr', 'begun, ', false);
    const log =
      part.repeat(5) +
      open +
      part.repeat(6) +
      writeCri('stderr', 'ended', true) +
      writeCri('stdout', 'x', true);
    expect(log.length).toBeGreaterThan(container.longest);
    // However much is read at once.
    const result = readThrough(container, log, container.longest + 2);
    expect(readThrough(container, log, 2 * log.length)).toEqual(result);
    expect(textsOf(result)).toEqual(['begun, ended']);
    expect(result.others).toEqual([`oversize ${5 * 16_384}`, `oversize ${6 * 16_384 + 1}`]);
    expect(result.left).toBe(0);
  });
});

describe('what is no line', () => {
  const nul = '\0'.repeat(5_000);
  test('leaves nothing to wait for without an end, not even beside the longest line of all', () => {
    const container = frames(100);
    const header = writeCri('stdout', '', false).length - 1;
    for (const more of [-1, 0, 1, 2]) {
      const part = writeCri('stdout', 'x'.repeat(container.longest - header + more), false).replace(
        '\n',
        '\r\n',
      );
      const result = readThrough(
        container,
        nul + part + writeCri('stdout', 'x', true),
        container.longest * 4,
      );
      expect(result.others).toEqual(['nul 5000', expect.stringMatching(/^oversize 131\d{3}$/)]);
      expect(result.left).toBe(0);
    }
  });

  test('ends what is open before it, and is skipped', () => {
    const log = `${writeCri('stdout', 'begun', false)}${nul}${writeCri('stdout', 'rest', true)}`;
    const result = readThrough(frames(), log, 10_000);
    expect(textsOf(result)).toEqual(['begun', 'rest']);
    expect(result).toMatchObject({ others: ['nul 5000'], left: 0 });
  });

  test('may tear a line, of which the payload counts', () => {
    const log = `${writeCri('stdout', '{"a":1}', true).slice(0, -1)}${nul}${writeCri('stdout', 'x', true)}`;
    const result = readThrough(frames(), log, 10_000);
    expect(textsOf(result)).toEqual(['x']);
    expect(result.others).toEqual(['torn 7', 'nul 5000']);
    expect(readThrough(frames(6), log, 10_000).others).toEqual(['oversize 7', 'nul 5000']);
  });
});

test('a blank line of any length is no line, and holds nothing up', () => {
  for (const length of [2_000, 133_120, 133_121, 400_000]) {
    const log = Buffer.from(`${' '.repeat(length)}\nplain\n`);
    const found = [...new ContainerFrames('containerd', 1_024).frames(log)];
    expect(found.map(({ kind }) => kind)).not.toContain('oversize');
    expect(found.at(-1)?.end).toBe(log.length);
  }
});
