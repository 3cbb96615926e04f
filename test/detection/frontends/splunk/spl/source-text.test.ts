import { expect, test } from 'vitest';
import {
  joinedText,
  plainText,
  slicedText,
  textThrough,
  textWrittenAt,
  type SourceText,
} from '../../../../../src/detection/frontends/splunk/spl/source-text.ts';

const place = (source: SourceText, offset: number): string => {
  const { file, line, column, through } = source.at(offset);
  const calls = through.map((call) => ` < ${call.macro}@${call.file}:${call.line}:${call.column}`);
  return `${file}:${line}:${column}${calls.join('')}`;
};

test('a plain text counts lines and columns from where it begins', () => {
  const source = plainText('ab\n\ncd', 'a.yml', 7, 11);
  expect([0, 1, 2, 3, 4, 5].map((offset) => place(source, offset))).toEqual([
    'a.yml:7:11',
    'a.yml:7:12',
    'a.yml:7:13',
    'a.yml:8:1',
    'a.yml:9:1',
    'a.yml:9:2',
  ]);
});

test('behind the end is the last character, and before the beginning the first', () => {
  const source = plainText('ab', 'a.yml');
  expect(place(source, 99)).toBe('a.yml:1:2');
  expect(place(source, -1)).toBe('a.yml:1:1');
  expect(place(plainText('', 'a.yml', 3, 4), 0)).toBe('a.yml:3:4');
});

test('a joined text knows for each piece where it came from, empty pieces aside', () => {
  const source = joinedText([
    plainText('', 'x.yml'),
    plainText('ab', 'a.yml'),
    textWrittenAt('\n\t', { file: 'b.yml', line: 5, column: 6, through: [] }),
    plainText('', 'y.yml'),
    plainText('c', 'c.yml'),
  ]);
  expect(source.text).toBe('ab\n\tc');
  expect([0, 1, 2, 3, 4, 5].map((offset) => place(source, offset))).toEqual([
    'a.yml:1:1',
    'a.yml:1:2',
    'b.yml:5:6',
    'b.yml:5:6',
    'c.yml:1:1',
    'c.yml:1:1',
  ]);
});

test('a join of empty texts still has a place', () => {
  expect(place(joinedText([plainText('', 'a.yml', 2, 3)]), 0)).toBe('a.yml:2:3');
});

test('a slice keeps the places, and does not reach beyond itself', () => {
  const source = slicedText(plainText('a\nbcd', 'a.yml'), 2, 4);
  expect(source.text).toBe('bc');
  expect([0, 1, 2].map((offset) => place(source, offset))).toEqual(['a.yml:2:1', 'a.yml:2:2', 'a.yml:2:2']);
});

test('calls that a text came through are told innermost first', () => {
  const call = (macro: string) => ({ macro, file: 'a.yml', line: 1, column: 2 });
  const source = textThrough(plainText('x', 'm.yml'), [call('inner'), call('outer')]);
  expect(place(source, 0)).toBe('m.yml:1:1 < inner@a.yml:1:2 < outer@a.yml:1:2');
});
