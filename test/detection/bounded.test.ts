import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bounded } from '../../src/detection/bounded.ts';
import type { Value } from '../../src/record/value.ts';

test('leaves what is short enough as it is, without a mark', () => {
  const attributes = { text: 'a'.repeat(1_024), list: Array.from({ length: 64 }, String), map: { n: 1 } };
  expect(bounded(attributes)).toEqual(attributes);
});

test('cuts a long text and names it', () => {
  const { text, 'riskpipe.cut': cut } = bounded({ text: 'a'.repeat(1_025), short: 'b' });
  expect(text).toBe('a'.repeat(1_024));
  expect(cut).toEqual(['text']);
});

test('never cuts a character in half', () => {
  const { text } = bounded({ text: `${'a'.repeat(1_023)}😀` });
  expect(text).toBe('a'.repeat(1_023));
});

test('keeps both ends of a long list: the last address is the one to trust', () => {
  const chain = Array.from({ length: 250 }, (_, at) => `10.0.0.${at}`);
  const { chain: kept, 'riskpipe.cut': cut } = bounded({ chain });
  expect(kept).toHaveLength(64);
  expect(kept).toEqual([...chain.slice(0, 32), ...chain.slice(-32)]);
  expect(cut).toEqual(['chain']);
});

test('looks into maps and lists, and names the attribute they are in', () => {
  const { fields, 'riskpipe.cut': cut } = bounded({ fields: { a: ['x', 'y'.repeat(2_000)], b: 'z' } });
  expect(fields).toEqual({ a: ['x', 'y'.repeat(1_024)], b: 'z' });
  expect(cut).toEqual(['fields']);
});

test('keeps the names of what was cut before', () => {
  const { 'riskpipe.cut': cut } = bounded({ b: 'x'.repeat(2_000), 'riskpipe.cut': ['c'] }, ['a']);
  expect(cut).toEqual(['a', 'b', 'c']);
});

test('whatever goes in, no text and no list is too long, and what was cut is named exactly then', () => {
  const text = fc.oneof(
    fc.string(),
    fc.nat(4_000).map((length) => '𝕏'.repeat(length)),
  );
  const value: fc.Arbitrary<Value> = fc.oneof(
    text,
    fc.integer(),
    fc.array(text, { maxLength: 3 }),
    fc.nat(200).map((length) => Array.from({ length }, () => 'x')),
    fc.dictionary(fc.string(), text, { maxKeys: 3 }),
  );
  const seen = { cut: 0, whole: 0 };
  fc.assert(
    fc.property(value, (given) => {
      const { value: kept, 'riskpipe.cut': cut } = bounded({ value: given });
      expect(cut === undefined).toBe(JSON.stringify(kept) === JSON.stringify(given));
      expect(tooLong(kept ?? null)).toBe(false);
      expect(bounded({ value: kept ?? null })).toEqual({ value: kept });
      seen[cut === undefined ? 'whole' : 'cut']++;
    }),
    { seed: 7, numRuns: 300 },
  );
  expect(seen.cut).toBeGreaterThan(20);
  expect(seen.whole).toBeGreaterThan(20);
});

function tooLong(value: Value): boolean {
  if (typeof value === 'string') return value.length > 1_024;
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return false;
  const items: Value[] = Object.values(value);
  return (Array.isArray(value) && value.length > 64) || items.some(tooLong);
}
