import fc from 'fast-check';
import { expect, test } from 'vitest';
import { documentsIn } from '../../src/envelope/documents-in.ts';

const documentsOf = (text: string): readonly string[] => [...documentsIn(Buffer.from(text))].map(String);

test.each([
  ['', []],
  [' \r\n\t[],', []],
  ['{}', ['{}']],
  ['{"a":"}"}{"b":{"c":[]}}', ['{"a":"}"}', '{"b":{"c":[]}}']],
  ['[{},\n {}]', ['{}', '{}']],
  ['text, more\n{}', ['text', 'more', '{}']],
  ['{}}\n{}', ['{}', '}', '{}']],
  ['{"a":"\n{}\n', ['{"a":"', '{}']],
  ['{"a":\n{"b":1}\n{"c":', ['{"a":', '{"b":1}', '{"c":']],
])('of %j: %j', (text, documents) => {
  expect(documentsOf(text)).toEqual(documents);
});

test('of any objects, however they stand behind each other, each is a document as it stands', () => {
  const separators = fc.constantFrom('', '\n', ' ', ',', ',\n', '\r\n\r\n');
  const objects = fc.array(fc.tuple(fc.dictionary(fc.string(), fc.jsonValue()), separators));
  let several = 0;
  fc.assert(
    fc.property(objects, (pairs) => {
      const texts = pairs.map(([object]) => JSON.stringify(object));
      const text = pairs.map(([, separator], index) => `${texts[index]}${separator}`).join('');
      expect(documentsOf(text)).toEqual(texts);
      if (texts.length > 1) several++;
    }),
    { seed: 43, numRuns: 300 },
  );
  expect(several).toBeGreaterThan(100);
});

test('many beginnings without an end take no longer than the bytes are long', () => {
  expect(documentsOf('{"a\n'.repeat(500_000))).toHaveLength(500_000);
});
