import { describe, expect, test } from 'vitest';
import { YamlFile } from '../../../src/util/yaml/yaml-file.ts';
import { formatProblem } from '../../../src/util/problem.ts';

const read = (text: string): YamlFile => new YamlFile({ path: 'f.yaml', text });
const problems = (text: string): string[] => read(text).problems.map(formatProblem);

describe('a file that cannot be used is a problem, with its place', () => {
  test.each([
    ['a key that is there twice', 'a: 1\nb: 2\na: 3\n', 'f.yaml:3:1 this key is there twice'],
    ['a tab as indentation', 'a:\n\tb: 1\n', 'f.yaml:2:1 tabs cannot indent YAML'],
    ['a second document', 'a: 1\n---\nb: 2\n', 'f.yaml:2:1 only one document a file'],
    ['a merge key', 'a: &a {b: 1}\nc: {<<: *a}\n', 'f.yaml:2:5 merge keys ("<<") are not supported'],
    ['a tag', 'a: !secret x\n', 'f.yaml:1:4 tags are not supported'],
    ['an alias of nothing', 'a: *nobody\n', 'f.yaml:1:4 no anchor "nobody" before this alias'],
    ['a list as key', '? [a]\n: 1\n', 'f.yaml:1:3 this cannot be a key'],
    ['a key that objects have already', '__proto__: {a: 1}\n', 'f.yaml:1:1 this cannot be a key'],
    ['keys that are the same text', '1: a\n"1": b\n', 'f.yaml:2:1 the key "1" is there twice'],
    ['an open quote', 'a: "b\n', 'f.yaml:2:1 not valid YAML'],
    ['many brackets', `a: ${'['.repeat(100_000)}`, 'f.yaml:1:1 nested too deep'],
    ['many braces', `\n${'{a: '.repeat(100_000)}`, 'f.yaml:2:1 nested too deep'],
    ['many dashes', `${'- '.repeat(100_000)}x`, 'f.yaml:1:1 nested too deep'],
    [
      'many levels of indentation',
      Array.from({ length: 1_000 }, (_, level) => `${' '.repeat(level)}a:`).join('\n'),
      'f.yaml:102:1 nested too deep',
    ],
    ['an alias in itself', 'a: &a [*a]\n', 'f.yaml:1:7 nested deeper than 64 levels'],
    ['a text of megabytes', 'a'.repeat(2_000_000), 'f.yaml:1:1 the file is larger than'],
  ])('%s', (_, text, expected) => {
    expect(problems(text)[0]).toContain(expected);
    expect(read(text).value).toBeUndefined();
  });

  test('a billion laughs', () => {
    const levels = Array.from({ length: 12 }, (_, n) => `a${n + 1}: &a${n + 1} [${`*a${n}, `.repeat(9)}]`);
    expect(problems(`a0: &a0 [x]\n${levels.join('\n')}`)).toEqual([
      expect.stringContaining('too large once its aliases are written out'),
    ]);
  });

  test('ten thousand mistakes are twenty problems', () => {
    expect(problems('a: !x y\n- '.repeat(10_000)).length).toBeLessThanOrEqual(20);
  });
});

test('deep text inside quotes and comments is no nesting', () => {
  const brackets = '['.repeat(1_000);
  expect(read(`a: "${brackets}"\nb: '${brackets}' # ${brackets}\nc: |\n  ${brackets}\n`).failed).toBe(false);
});

test('a large JSON text on one line is no nesting', () => {
  const large = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`k${index}`, [{ a: index }]]));
  expect(read(JSON.stringify(large)).value).toEqual(large);
});

test('numbers and truth values keep the text that the file gives them', () => {
  const file = read('a: 1.10\nb: 0x1F\nc: true\nd: "007"\ne: 1e3\nf: [403.0]\n');
  expect(['a', 'b', 'c', 'd', 'e'].map((key) => file.textAt([key]))).toEqual([
    '1.10',
    '0x1F',
    'true',
    '007',
    '1e3',
  ]);
  expect(file.textAt(['f', 0])).toBe('403.0');
  expect(file.textAt(['g'])).toBe('');
});

test('a place is that of the value, of the key, or of what is around it', () => {
  const file = read('a:\n  b: [x, y]\n');
  expect(file.place(['a', 'b', 1])).toEqual({ line: 2, column: 10 });
  expect(file.place(['a', 'b'], 'key')).toEqual({ line: 2, column: 3 });
  expect(file.place(['a', 'missing'])).toEqual({ line: 1, column: 1 });
  expect(file.place(['missing', 'b'])).toEqual({ line: 1, column: 1 });
});

test('an alias stands where it is used', () => {
  const file = read('a: &x {b: 1}\nc: *x\n');
  expect(file.value).toEqual({ a: { b: 1 }, c: { b: 1 } });
});
