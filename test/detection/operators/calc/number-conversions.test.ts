import { describe, expect, test } from 'vitest';
import { call, column, missing, run, yes, no } from './run-calc.ts';

describe('numbers and texts', () => {
  for (const [name, calc, expected] of [
    // Search Reference, "Conversion functions".
    ['tonumber("0A4", 16)', call('tonumber', '0A4', 16), 164],
    ['tonumber of a decimal', call('tonumber', '-1.50'), -1.5],
    ['tonumber of a text that is none', call('tonumber', '5 apples'), null],
    ['tonumber of an empty text', call('tonumber', ''), null],
    ['tonumber of a digit that the base lacks', call('tonumber', '12', 2), null],
    ['tonumber of a point in another base', call('tonumber', '1.1', 2), null],
    ['tonumber with 0x', call('tonumber', '-0xff', 16), -255],
    ['tonumber in base 36', call('tonumber', 'Zz', 36), 1_295],
    ['tonumber in a base that there is not', call('tonumber', '1', 37), null],
    ['tonumber of null', call('tonumber', missing), null],
    ['tonumber of several', call('tonumber', column('numbers')), null],
    ['tonumber of a number', call('tonumber', 1.5), 1.5],
    ['tostring(15, "hex")', call('tostring', 15, 'hex'), '0xF'],
    ['tostring of a negative number, hex', call('tostring', -255, 'hex'), '-0xFF'],
    ['tostring(9, "binary")', call('tostring', 9, 'binary'), '1001'],
    ['tostring(12345.6789, "commas")', call('tostring', 12_345.678_9, 'commas'), '12,345.68'],
    ['tostring of a whole number, commas', call('tostring', 1_234_567, 'commas'), '1,234,567'],
    ['tostring of a small number, commas', call('tostring', -999, 'commas'), '-999'],
    ['tostring(615, "duration")', call('tostring', 615, 'duration'), '00:10:15'],
    ['tostring of days, duration', call('tostring', 93_784, 'duration'), '1+02:03:04'],
    ['tostring of a fraction, duration', call('tostring', 1.5, 'duration'), '00:00:01.500000'],
    ['tostring of nearly a second, duration', call('tostring', 59.999_999_9, 'duration'), '00:01:00'],
    ['tostring of a text that is a number, commas', call('tostring', '1000', 'commas'), '1,000'],
    ['tostring of a text that is none, commas', call('tostring', 'abc', 'commas'), 'abc'],
    ['tostring in a format that there is not', call('tostring', 1, 'roman'), null],
    ['tostring of a number', call('tostring', 1.5), '1.5'],
    ['tostring(1==1)', call('tostring', call('=', 1, 1)), 'True'],
    ['tostring(1==2)', call('tostring', call('=', 1, 2)), 'False'],
    ['tostring(null())', call('tostring', call('null')), 'Null'],
    // Search Reference, "Informational functions".
    ['typeof(12)', call('typeof', 12), 'Number'],
    ['typeof("string")', call('typeof', 'string'), 'String'],
    ['typeof(1==2)', call('typeof', call('=', 1, 2)), 'Boolean'],
    ['typeof(badfield)', call('typeof', missing), 'Invalid'],
    ['typeof of a column that is a number', call('typeof', column('code')), 'Number'],
    ['typeof of a column that is none', call('typeof', column('one')), 'String'],
    ['typeof of several', call('typeof', column('several')), 'Multivalue'],
    ['a condition is no number', call('tonumber', yes), null],
    ['a condition is no number to add', call('abs', no), null],
  ] as const) {
    test(name, () => expect(run(calc)).toBe(expected));
  }
});
