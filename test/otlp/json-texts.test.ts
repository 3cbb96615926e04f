import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JsonTexts } from '../../src/otlp/json-texts.ts';

/** What is read of a string whose inside is that, with something behind it; undefined if it is not valid. */
function readOf(inside: Buffer): { readonly length: number; readonly text: string | undefined } | undefined {
  const texts = new JsonTexts(Buffer.concat([Buffer.from('"'), inside, Buffer.from('",1')]));
  const read = texts.read(1);
  if (read === undefined) return undefined;
  const bytes = texts.bytes(read);
  return { length: read.to - read.from, text: bytes && Buffer.from(bytes).toString() };
}

const meant = (inside: Buffer): string | undefined => {
  try {
    return JSON.parse(`"${inside.toString()}"`) as string;
  } catch {
    return undefined;
  }
};

test('reads what JSON.parse reads, unless UTF-8 cannot hold it', () => {
  const seen = { text: 0, invalid: 0, lone: 0, pair: 0 };
  const parts = ['a', 'bcd ', 'é', '😀', '\\n', '\\"', '\\\\', '\\/', '\\t', '\\u0041', '\\u00e9', '\\u20ac'];
  const odd = ['\\ud83d', '\\ude00', '\\uD83D\\uDE00', '\\x', '\\u12', '\n', '"', '\\', '\u0000'];
  const part = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...parts) }, fc.constantFrom(...odd));
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (given) => {
      const inside = Buffer.from(given.join(''));
      const expected = meant(inside);
      const read = readOf(inside);
      // It may end before: at a quote.
      if (expected === undefined) return void seen.invalid++;
      expect(read?.length).toBe(inside.length);
      expect(read?.text).toBe(expected.isWellFormed() ? expected : undefined);
      if (!expected.isWellFormed()) seen.lone++;
      else if (given.includes('\\uD83D\\uDE00')) seen.pair++;
      else seen.text++;
    }),
    { seed: 6, numRuns: 3_000 },
  );
  for (const [kind, count] of Object.entries(seen)) expect(count, kind).toBeGreaterThan(50);
});

test.each([
  ['an escape that is none', '\\x41'],
  ['half an escape', 'a\\'],
  ['too few digits', '\\u00e'],
  ['digits that are none', '\\u00g9'],
  ['a control character', 'a\nb'],
])('%s is no string', (_, inside) => {
  expect(readOf(Buffer.from(inside))).toBeUndefined();
});

test('a string without an end is none', () => {
  expect(new JsonTexts(Buffer.from('"abc')).read(1)).toBeUndefined();
});

test('of bytes that are no UTF-8 there is no text, and of the next string there is', () => {
  const texts = new JsonTexts(Buffer.from('"\u00ff","b\\n"', 'latin1'));
  const [bad, good] = [texts.read(1), texts.read(5)];
  expect(bad && [bad.to, texts.bytes(bad)]).toEqual([2, undefined]);
  expect(good && Buffer.from(texts.bytes(good) ?? []).toString()).toBe('b\n');
});
