import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { YamlFile } from '../../../src/util/yaml/yaml-file.ts';

const placesOf = (text: string) => {
  const file = new YamlFile({ path: 'f.yaml', text });
  expect(file.problems).toEqual([]);
  const value = String(file.treeAt(['k'])?.value);
  const places = file.placesIn(['k']);
  /** What the file holds where the character at `index` of the value is said to stand. */
  const written = (index: number, length = 1): string => {
    const { line, column } = places(index);
    return (text.split('\n')[line - 1] ?? '').slice(column - 1, column - 1 + length);
  };
  return { value, places, written };
};

describe('each word of a scalar is found where it is written', () => {
  test.each([
    ['plain', 'k: one two three\n'],
    ['plain over several lines', 'a: 1\nk: one\n  two\n\n  three\n'],
    ['single quotes', "k: 'one two three'\n"],
    ['single quotes with quotes inside', "k: 'it''s one '' two three'\n"],
    ['single quotes over several lines', "k: 'one\n  two\n\n\n  three'\n"],
    ['double quotes', 'k: "one two three"\n'],
    ['double quotes with escapes', 'k: "\\u00e9\\x41 \\"one\\" \\n\\ttwo \\U0001F600 \\\\ three"\n'],
    ['double quotes over several lines', 'k: "one  \n   two\n\n\n three"\n'],
    ['double quotes with an escaped line break', 'k: "on\\\n   e \\\n  two\\\n \\ three"\n'],
    ['a literal block', 'k: |\n  one\n    two\n\n  three\n'],
    ['a literal block with a comment, chomped', 'k: |- # why\n    one\n      two\n    three\n\n\nj: 1\n'],
    ['a literal block that keeps its end', 'k: |+\n  one\n  two\n  three\n\n\nj: 1\n'],
    ['a literal block with its own indentation', 'k: |2\n     one\n    two\n  three\n'],
    ['a folded block', 'k: >\n  one\n  two\n\n\n  three\n'],
    ['a folded block with deeper lines', 'k: >-\n  one\n    two\n   - two\n  three\n'],
    ['lines that end in CR LF', 'k: |\r\n  one\r\n   two\r\n  three\r\n'],
    ['an anchor before', 'k: &a |\n  one\n  two\n  three\n'],
    ['an alias', 'x: &a "one \\t two three"\nk: *a\n'],
    ['a list around', '- 1\n'.replace('- 1\n', 'l: [1]\nk: one two three\n')],
    ['a byte order mark', '\ufeffk: one two three\n'],
  ])('%s', (_, text) => {
    const { value, written } = placesOf(text);
    for (const word of ['two', 'three']) expect(written(value.indexOf(word), word.length)).toBe(word);
  });
});

test('blanks of a literal block stand where they are written', () => {
  const { value, places } = placesOf('k: |\n    a  b \n      c\n');
  expect(value).toBe('a  b \n  c\n');
  expect(Array.from(value, (_, index) => places(index))).toEqual([
    ...[5, 6, 7, 8, 9, 10].map((column) => ({ line: 2, column })),
    ...[5, 6, 7, 8].map((column) => ({ line: 3, column })),
  ]);
});

test('an escape stands where its backslash does', () => {
  const { value, places } = placesOf('k: "a\\u0041b"\n');
  expect(value).toBe('aAb');
  expect([0, 1, 2].map((index) => places(index).column)).toEqual([5, 6, 12]);
});

test('behind its end a text stands where its last character does', () => {
  const { places } = placesOf('k: abc\n');
  expect(places(99)).toEqual({ line: 1, column: 6 });
});

test('what is no text stands where the value does', () => {
  const file = new YamlFile({ path: 'f.yaml', text: 'k:  [1]\nn: 5\n' });
  expect(file.placesIn(['k'])(3)).toEqual({ line: 1, column: 5 });
  expect(file.placesIn(['n'])(0)).toEqual({ line: 2, column: 4 });
  expect(file.placesIn(['gone'])(0)).toEqual({ line: 1, column: 1 });
});

test('every character that is no blank and no escape is found, in order, in any style', () => {
  const seen = { broken: 0, whole: 0 };
  const piece = fc.constantFrom(
    'a',
    'b1',
    '.',
    ' ',
    '  ',
    '\n',
    '\n\n',
    "'",
    'é',
    '😀',
    '|',
    '#x',
    '{}',
    '\t',
  );
  const style = fc.constantFrom<(text: string) => string>(
    (text) => JSON.stringify(text),
    (text) => `'${text.replaceAll("'", "''").replaceAll(/[ \t]*\n[ \t]*/g, '\n\n  ')}'`,
    (text) => `|-\n${text.replaceAll(/^/gm, '   ')}`,
    (text) => `>+\n${text.replaceAll(/^/gm, '  ')}`,
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), style, (pieces, write) => {
      const content = `x${pieces.join('')}x`;
      const file = `top: 1\nk: ${write(content)}\n`;
      const { value, places } = placesOf(file);
      seen[value.includes('\n') ? 'broken' : 'whole']++;
      let before = -1;
      const lines = file.split('\n');
      const starts = lines.map((_, index) => lines.slice(0, index).join('\n').length + (index > 0 ? 1 : 0));
      for (let index = 0; index < value.length; index++) {
        const { line, column } = places(index);
        const offset = (starts[line - 1] ?? 0) + column - 1;
        expect(offset).toBeGreaterThanOrEqual(before);
        before = offset;
        const char = value[index] ?? '';
        if (!/\s/.test(char)) expect(file[offset]).toBe(char);
      }
    }),
    { seed: 3, numRuns: 1_500 },
  );
  expect(Math.min(seen.broken, seen.whole)).toBeGreaterThan(200);
});
