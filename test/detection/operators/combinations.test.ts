import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { combinationsOf, keyOf } from '../../../src/detection/operators/combinations.ts';
import { product, productSize } from '../../../src/detection/operators/product.ts';
import { Row } from '../../../src/detection/operators/row.ts';
import { parseJson } from '../../../src/record/json.ts';
import { DecodedLine } from '../../../src/record/line.ts';
import { noResource } from '../../../src/record/record.ts';
import { by, meaningless } from '../engine-fixture.ts';

const rowOf = (event: unknown): Row =>
  new Row(
    parseJson(JSON.stringify(event)) ?? null,
    new DecodedLine(new Uint8Array(), 0),
    { resource: noResource, attributes: {} },
    meaningless,
  );

const valuesOf = (
  event: unknown,
  limit: number,
  ...names: readonly string[]
): readonly (readonly string[])[] =>
  combinationsOf(
    rowOf(event),
    names.map((name) => by(name)),
    limit,
  )?.all.map(({ values }) => values) ?? [];

describe('the combinations of an event', () => {
  test('are the product of the values of its fields, in the order of the plan', () => {
    expect(valuesOf({ a: ['1', '2'], b: ['x', 'y'] }, 99, 'b', 'a')).toEqual([
      ['x', '1'],
      ['x', '2'],
      ['y', '1'],
      ['y', '2'],
    ]);
  });

  test('are none if a field is missing, but one with the default if it has one', () => {
    expect(combinationsOf(rowOf({ a: '1' }), [by('a'), by('b')], 9)).toBeUndefined();
    const found = combinationsOf(rowOf({ a: '1' }), [by('a'), by('b', '0')], 9);
    expect(found?.all).toEqual([{ key: '["1","0"]', values: ['1', '0'], times: 1 }]);
  });

  test('take empty text for a value', () => {
    expect(combinationsOf(rowOf({ a: '' }), [by('a', '0')], 9)?.all[0]?.values).toEqual(['']);
  });

  test('count a repeated value as often as it is there', () => {
    const found = combinationsOf(rowOf({ a: ['1', '1', '2'], b: ['x', 'x'] }), [by('a'), by('b')], 9);
    expect(found?.all.map(({ values, times }) => [...values, times])).toEqual([
      ['1', 'x', 4],
      ['2', 'x', 2],
    ]);
    expect(found?.lists).toEqual([['1', '2'], ['x']]);
    const alone = combinationsOf(rowOf({ a: ['1', '1'], b: 'x' }), [by('a'), by('b')], 9);
    expect(alone?.all).toEqual([{ key: '["1","x"]', values: ['1', 'x'], times: 2 }]);
  });

  test('begin with the trusted address, whatever a client puts before it', () => {
    const forged = Array.from({ length: 50 }, (_, index) => `10.0.0.${index}`);
    const event = { user: ['a', 'b'], sourceIPs: [...forged, '192.0.2.1'] };
    expect(valuesOf(event, 2, 'user', 'sourceIPs')).toEqual([
      ['a', '192.0.2.1'],
      ['b', '192.0.2.1'],
    ]);
    expect(combinationsOf(rowOf(event), [by('user'), by('sourceIPs')], 2)?.cut).toBe(true);
    expect(combinationsOf(rowOf(event), [by('user'), by('sourceIPs')], 102)?.cut).toBe(false);
  });

  test('have keys of bounded length that tell long values apart', () => {
    const long = 'x'.repeat(100_000);
    const found = combinationsOf(rowOf({ a: [`${long}1`, `${long}2`] }), [by('a')], 9);
    const keys = found?.all.map(({ key }) => key) ?? [];
    expect(new Set(keys).size).toBe(2);
    expect(Math.max(...keys.map((key) => key.length))).toBeLessThan(100);
    expect(Math.max(...(found?.all.map(({ values }) => values[0]?.length ?? 0) ?? []))).toBeLessThan(4_200);
  });

  test('have different keys for different values', () => {
    expect(keyOf(['a,b'])).not.toBe(keyOf(['a', 'b']));
    expect(keyOf(['a"', 'b'])).not.toBe(keyOf(['a', '"b']));
  });
});

test('an event counts for every choice of its values, as often as it can be made', () => {
  const outcomes = { single: 0, repeated: 0, chain: 0 };
  const list = fc.array(fc.constantFrom('1', '2', '3'), { minLength: 1, maxLength: 4 });
  const names = fc.constantFrom<readonly ('a' | 'b' | 'sourceIPs')[]>(
    ['a', 'b'],
    ['a', 'sourceIPs'],
    ['sourceIPs', 'a', 'b'],
  );
  fc.assert(
    fc.property(names, fc.record({ a: list, b: list, sourceIPs: list }), (chosen, event) => {
      const lists = chosen.map((name) => event[name]);
      const choices = lists.reduce<readonly (readonly string[])[]>(
        (tuples, values) => tuples.flatMap((tuple) => values.map((value) => [...tuple, value])),
        [[]],
      );
      const expected = new Map<string, number>();
      for (const choice of choices) expected.set(keyOf(choice), (expected.get(keyOf(choice)) ?? 0) + 1);
      const { all = [] } =
        combinationsOf(
          rowOf(event),
          chosen.map((name) => by(name)),
          999,
        ) ?? {};
      expect(all).toHaveLength(expected.size);
      expect(new Map(all.map(({ key, times }) => [key, times]))).toEqual(expected);
      expect(all.every(({ key, values }) => key === keyOf(values))).toBe(true);
      if (choices.length === 1) outcomes.single++;
      else if (choices.length > all.length) outcomes.repeated++;
      if (chosen.includes('sourceIPs') && event.sourceIPs.length > 1) outcomes.chain++;
    }),
    { seed: 17, numRuns: 400 },
  );
  expect(Math.min(...Object.values(outcomes))).toBeGreaterThan(10);
});

test('a product holds every tuple once, up to its limit', () => {
  const outcomes = { cut: 0, whole: 0 };
  const lists = fc.array(fc.uniqueArray(fc.nat(9), { maxLength: 4 }), { maxLength: 4 });
  fc.assert(
    fc.property(lists, fc.integer({ min: 1, max: 60 }), (given, limit) => {
      const expected = given.reduce<readonly (readonly number[])[]>(
        (tuples, list) => tuples.flatMap((tuple) => list.map((item) => [...tuple, item])),
        [[]],
      );
      outcomes[expected.length > limit ? 'cut' : 'whole']++;
      expect(productSize(given)).toBe(expected.length);
      expect([...product(given, limit)]).toEqual(expected.slice(0, limit));
    }),
    { seed: 16, numRuns: 400 },
  );
  expect(Math.min(outcomes.cut, outcomes.whole)).toBeGreaterThan(20);
});
