import { describe, expect, test } from 'vitest';
import type { Expr } from '../../../src/detection/plan/expr.ts';
import { BatchMemory } from '../../../src/record/batch-memory.ts';
import { Scanner } from '../../../src/detection/scan/scanner.ts';
import { assert } from '../../../src/util/assert.ts';
import { meaning, plainPath } from './plain-path.ts';
import { Random } from './random.ts';
import { randomLine } from './random-line.ts';
import { PlanMaker } from './random-plan.ts';
import { ScanBench } from './scan-lines.ts';
import { audit, literals } from './vocabulary.ts';

const wanted: Expr = {
  kind: 'test',
  field: { name: 'requestObject.b', arrays: 'hidden' },
  test: { op: 'equals', values: ['literal'], fold: false },
};
const plans = [{ id: 'plan', where: wanted }];

interface Scanned {
  readonly starts: readonly number[];
  readonly lines: number;
  readonly odd: readonly boolean[];
}

const scanText = (text: string): Scanned => newScan()(text);

/** Scans one text after another with one scanner. */
function newScan(): (text: string) => Scanned {
  const memory = new BatchMemory(134_217_728);
  const scanner = Scanner.create(plans, meaning);
  assert(scanner, 'the kernel is built');
  return (text) => scanned(scanner, memory, text);
}

function scanned(scanner: Scanner, memory: BatchMemory, text: string): Scanned {
  const bytes = Buffer.from(text);
  const offset = memory.reserve(bytes.length + 128, 64);
  memory.bytes.set(bytes, offset);
  const found = scanner.scan({ memory, offset, length: bytes.length });
  assert(scanner.state.tuning, 'the tables fit');
  const indices = Array.from({ length: found.count }, (_, index) => index);
  return {
    starts: indices.map((index) => found.start(index)),
    odd: indices.map((index) => found.odd(index)),
    lines: found.lines,
  };
}

describe('what has to be found does not depend on', () => {
  const random = new Random(7);
  const lines = Array.from({ length: 200 }, () => randomLine(random, audit));
  const maker = new PlanMaker(random, audit);

  test('where in memory a batch lies, or what lies around it', () => {
    const bench = new ScanBench(maker.plans(40));
    const first = bench.scan(lines);
    for (let shift = 1; shift < 64; shift++) {
      expect(bench.scan(lines, shift, random.pick(['\n', '"', '{"a":"', '\\']))).toEqual(first);
    }
  });

  test('how the lines are cut into batches', () => {
    for (const made of [maker.plans(3), new PlanMaker(random, literals).literalPlans()]) {
      const bench = new ScanBench(made);
      const held = lines.map(plainPath(made));
      for (let split = 0; split <= lines.length; split++) {
        const verdicts = [
          ...bench.scan(lines.slice(0, split)),
          ...bench.scan(lines.slice(split), split % 64),
        ];
        const missed = lines.filter((_, index) =>
          held[index]?.some((holds, plan) => holds && !verdicts[index]?.plans[plan]),
        );
        expect(missed).toEqual([]);
      }
    }
  });

  test('where the slices that a large batch is looked at in meet', () => {
    const scan = newScan();
    const line = '{"c":[1,"]"],"requestObject":{"b":"literal"}}';
    for (let shift = -70; shift < 70; shift++) {
      const before = `{"c":"${'.'.repeat(262_144 - 9 + shift)}"}`;
      const text = `${before}\n${line}\n${line}\n`;
      expect(scan(text).starts).toEqual([before.length + 1, before.length + line.length + 2]);
    }
  });
});

describe('a line of', () => {
  for (const [what, length, odd] of [
    ['1 MiB', 1_048_576, false],
    ['16 MiB', 16_777_216 - 64, false],
    ['more than 16 MiB', 16_777_217, true],
  ] as const) {
    test(what, () => {
      const long = (value: string): string =>
        `{"c":"${'.'.repeat(length)}","requestObject":{"b":"${value}"}}`;
      const text = `${long('literal')}\n${long('other')}\n{"requestObject":{"b":"literal"}}\n`;
      const { odd: oddness, lines } = scanText(text);
      expect(oddness).toEqual(odd ? [true, true, false] : [false, false]);
      expect(lines).toBe(3);
    });
  }
});

test('a batch without an end of its last line is a batch, and what stands behind it stays', () => {
  const memory = new BatchMemory(16_777_216);
  const scanner = Scanner.create(plans, meaning);
  const offset = memory.reserve(1_024, 64);
  memory.buffer.write('{"requestObject":{"b":"literal"}}#{"requestObject":{"b":"literal"}}\n', offset);
  const found = scanner?.scan({ memory, offset, length: 33 });
  expect([found?.count, found?.lines, found?.end(0)]).toEqual([1, 1, 33]);
  expect(memory.buffer.toString('latin1', offset + 32, offset + 35)).toBe('}#{');
});

test('blank lines are none, and a carriage return belongs to the end of a line', () => {
  const text = '\n\r\n \t\v\r\n{"requestObject":{"b":"literal"}}\r\n\n\r\r\nx\n';
  const { starts, lines, odd } = scanText(text);
  expect({ starts, lines, odd }).toEqual({ starts: [8, 47], lines: 2, odd: [false, true] });
});

test('nothing is found in nothing', () => {
  expect(scanText('')).toEqual({ starts: [], lines: 0, odd: [] });
  expect(scanText('\n')).toEqual({ starts: [], lines: 0, odd: [] });
});

test('more candidates than there is room for at once are all found', () => {
  const line = '{"requestObject":{"b":"literal"}}';
  const { starts, lines } = scanText(`${line}\n`.repeat(50_000));
  expect(lines).toBe(50_000);
  expect(starts).toEqual(Array.from({ length: 50_000 }, (_, index) => index * (line.length + 1)));
});
