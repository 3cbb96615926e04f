import { describe, expect, test } from 'vitest';
import type { Expr } from '../../../src/detection/plan/expr.ts';
import { describeScan } from '../../../src/detection/scan/describe-scan.ts';
import { Scanner } from '../../../src/detection/scan/scanner.ts';
import { BatchMemory } from '../../../src/record/batch-memory.ts';
import { JsonObject, parseJson } from '../../../src/record/json.ts';
import { assert } from '../../../src/util/assert.ts';
import { Counter } from './counter.ts';
import { meaning } from './plain-path.ts';
import { Random } from './random.ts';
import { randomLine } from './random-line.ts';
import { ScanBench } from './scan-lines.ts';
import { audit } from './vocabulary.ts';

const equals = (name: string, ...values: string[]): Expr => ({
  kind: 'test',
  field: { name, arrays: 'hidden' },
  test: { op: 'equals', values, fold: false },
});
const exists = (name: string): Expr => ({
  kind: 'test',
  field: { name, arrays: 'hidden' },
  test: { op: 'exists' },
});
const lines = (...texts: string[]): Buffer[] => texts.map((text) => Buffer.from(text));

test('only wanted plans make a line a candidate', () => {
  const bench = new ScanBench([
    { id: 'a', where: exists('a') },
    { id: 'b', where: exists('b') },
  ]);
  const scan = (): readonly (readonly boolean[])[] =>
    bench.scan(lines('{"a":1}', '{"b":1}', '{"a":1,"b":1}', '{}')).map(({ plans }) => plans);
  const [none, a, b, both] = [
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ];
  expect(scan()).toEqual([a, b, both, none]);
  bench.scanner.want((plan) => plan === 1);
  expect(scan()).toEqual([none, b, b, none]);
  bench.scanner.want(() => false);
  expect(scan()).toEqual([none, none, none, none]);
  bench.scanner.want(() => true);
  expect(scan()).toEqual([a, b, both, none]);
});

test('a field that rules nothing out is no longer looked at, and the others still are', () => {
  const bench = new ScanBench([
    { id: 'a', where: { kind: 'and', items: [exists('level'), equals('a', 'x')] } },
    { id: 'b', where: { kind: 'and', items: [exists('level'), equals('b', 'x')] } },
  ]);
  const event = (value: string): Buffer => Buffer.from(`{"level":"M","a":"${value}","b":"${value}"}`);
  const batch = Array.from({ length: 1_000 }, (_, index) => event(index % 2 === 0 ? 'x' : 'y'));
  for (let round = 0; round < 20; round++) {
    const found = bench.scan(batch).map(({ plans }) => plans.every(Boolean));
    expect(found).toEqual(batch.map((_, index) => index % 2 === 0));
  }
  expect(bench.scanner.state.tuning?.modes).toEqual(['off', 'early', 'early']);
  expect(bench.scan(lines('{"a":"x"}')).map(({ plans }) => plans)).toEqual([[true, false]]);
});

test('what is wanted is so in every memory', () => {
  const scanner = Scanner.create([{ id: 'a', where: exists('a') }], meaning);
  scanner?.want(() => false);
  for (let index = 0; index < 2; index++) {
    const memory = new BatchMemory(16_777_216);
    const offset = memory.reserve(128, 64);
    memory.buffer.write('{"a":1}\n', offset);
    expect(scanner?.scan({ memory, offset, length: 8 }).count).toBe(0);
    scanner?.want(() => true);
    expect(scanner?.scan({ memory, offset, length: 8 }).count).toBe(1);
    scanner?.want(() => false);
  }
});

test('a scanner that is closed leaves its room to others, however many there are', () => {
  const memory = new BatchMemory(4_194_304);
  const offset = memory.reserve(128, 64);
  memory.buffer.write('{"a":1}\n{"b":1}\n', offset);
  const { length } = memory.largest(64);
  const countedBy = (scanner: Scanner | undefined): number | undefined =>
    scanner?.scan({ memory, offset, length: 16 }).count;
  let before = Scanner.create([{ id: 'a', where: exists('a') }], meaning);
  expect(countedBy(before)).toBe(1);
  const tables = length - memory.largest(64).length;
  for (let taken = 0; taken < 2 * length; taken += tables) {
    // At a reload the next one may be at work before the last one is closed.
    const next = Scanner.create([{ id: 'a', where: exists('a') }], meaning);
    expect(countedBy(next)).toBe(1);
    before?.close();
    before = next;
  }
  before?.close();
  expect(memory.largest(64).length).toBe(length);
});

test('a memory without room for the tables leaves every line to the plain path', () => {
  const scanner = Scanner.create([{ id: 'a', where: exists('a') }], meaning);
  const memory = new BatchMemory(65_536);
  const offset = memory.reserve(128, 64);
  memory.buffer.write('{"b":1}\n\n{"a":1}\n', offset);
  const found = scanner?.scan({ memory, offset, length: 17 });
  expect([found?.lines, found?.count, found?.start(1), found?.odd(0), found?.plans(1, 0)]).toEqual([
    2,
    2,
    9,
    true,
    1,
  ]);
  expect(scanner?.stampOf(0)).toBeUndefined();
});

test('a plan that can hold for no line has no candidate, one that holds for every line has all', () => {
  const bench = new ScanBench([
    { id: 'never', where: { kind: 'or', items: [] } },
    { id: 'always', where: { kind: 'and', items: [] } },
    { id: 'two fields', where: { kind: 'or', items: [equals('a', 'x'), equals('b', 'x')] } },
  ]);
  expect(bench.scan(lines('{"a":"y"}')).map(({ plans }) => plans)).toEqual([[false, true, true]]);
});

describe('a field that does not stand in the event', () => {
  for (const [source, expected] of [
    ['event', false],
    ['line', true],
    ['elsewhere', true],
  ] as const) {
    test(`rules nothing out if it stands in the ${source}`, () => {
      const memory = new BatchMemory(16_777_216);
      const scanner = Scanner.create([{ id: 'a', where: equals('host', 'x') }], {
        ...meaning,
        sourceOf: () => source,
      });
      const offset = memory.reserve(128, 64);
      memory.buffer.write('{"host":"y"}\n', offset);
      expect(scanner?.scan({ memory, offset, length: 13 }).count === 1).toBe(expected);
    });
  }
});

describe('the stamp of a line', () => {
  const stampOf = (line: string): string | undefined => {
    const bench = new ScanBench([{ id: 'a', where: exists('a') }]);
    bench.scan(lines('{"stageTimestamp":"not this"}', line, '{"stageTimestamp":"nor this"}'));
    return bench.scanner.stampOf(30);
  };
  for (const [what, line, expected] of [
    ['is plain to see', '{"stageTimestamp":"T"}', 'T'],
    ['stands anywhere', ' { "a" : {"stageTimestamp":"x"} , "stageTimestamp" : "T" } \r', 'T'],
    ['is the first of several', '{"stageTimestamp":"T","stageTimestamp":"U"}', 'T'],
    ['is not that of another key', '{"stageTimestamps":"T"}', undefined],
    ['is not there', '{}', undefined],
    ['is no text', '{"stageTimestamp":1}', undefined],
    ['holds an escape', String.raw`{"stageTimestamp":"\u0054"}`, undefined],
    ['may stand behind an escaped key', String.raw`{"\u0073":1,"stageTimestamp":"T"}`, undefined],
    ['is none in a broken line', '{"stageTimestamp":"T"', undefined],
    ['is none before something else', '{"stageTimestamp":"T"} x', undefined],
  ] as const) {
    test(what, () => expect(stampOf(line)).toBe(expected));
  }

  test('is what the plain path finds, or is left to it', () => {
    const random = new Random(11);
    const bench = new ScanBench([{ id: 'a', where: exists('a') }]);
    const seen = new Counter();
    for (let round = 0; round < 2_000; round++) {
      const line = randomLine(random, { ...audit, keys: ['stageTimestamp', 'a', 'b'] });
      bench.scan([line]);
      const stamp = bench.scanner.stampOf(0);
      seen.add(stamp === undefined ? 'left' : 'found');
      if (stamp === undefined) continue;
      const event = parseJson(line.toString());
      assert(event instanceof JsonObject, 'a line with a stamp can be parsed');
      expect(event.get('stageTimestamp')).toBe(stamp);
    }
    expect(Math.min(seen.of('found'), seen.of('left'))).toBeGreaterThan(100);
  });
});

test('what a scanner does can be read', () => {
  const bench = new ScanBench([
    {
      id: 'literal',
      where: { kind: 'and', items: [equals('requestObject.b', 'a literal'), exists('requestObject.c')] },
    },
    { id: 'anything', where: { kind: 'or', items: [exists('a'), exists('b')] } },
  ]);
  expect(describeScan(bench.scanner)).toEqual([
    '2 plans, 2 columns',
    '  requestObject.b (arrays hidden): 1 plan, 1 condition',
    '  requestObject.c (arrays hidden): 1 plan, 1 condition',
    'literals: "a literal"',
    'no line can be ruled out for anything',
    'nothing has been scanned yet',
  ]);
  bench.scan(
    lines(
      '{"c":1,"requestObject":{"b":"a literal"}}',
      '{"requestObject":{"b":"x"}}',
      '{"a":1',
      '{"requestObject":1,"requestObject":2,"x":"a literal"}',
    ),
  );
  const text = describeScan(bench.scanner);
  expect(text[1]).toBe(
    '  requestObject.b (arrays hidden): 1 plan, 1 condition; early, 2 looked up, 0.00 % known, plans taken away 1 times, 0 lines (0.00 %) ruled out, table emptied 0 times',
  );
  expect(text.at(-1)).toBe(
    '4 lines (100.00 %) for the plain path, 2 of them odd: not valid JSON 1, a repeated key 1',
  );
});
