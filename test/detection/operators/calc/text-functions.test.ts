import { describe, expect, test } from 'vitest';
import { call, column, missing, run } from './run-calc.ts';

describe('text', () => {
  for (const [name, calc, expected] of [
    ['lower', call('lower', 'ÄbC'), 'äbc'],
    ['upper', call('upper', 'äbC'), 'ÄBC'],
    ['lower of null', call('lower', missing), null],
    ['lower of each of several', call('upper', column('several')), ['B', 'A', 'C', 'A']],
    ['upper of a number', call('upper', 1.5), '1.5'],
    ['len counts code points', call('len', 'a😀b'), 3],
    ['len of a number', call('len', 403), 3],
    ['len of an empty text', call('len', ''), 0],
    ['len of several', call('len', column('several')), null],
    ['len of null', call('len', missing), null],
    // Search Reference, "Text functions": places count from 1, or below zero from the end.
    ['substr from the beginning', call('substr', 'splendid', 1, 3), 'spl'],
    ['substr from the end', call('substr', 'splendid', -3), 'did'],
    ['substr from the end, bounded', call('substr', 'splendid', -3, 2), 'di'],
    ['substr from 0 is from 1', call('substr', 'splendid', 0, 3), 'spl'],
    ['substr from before the beginning', call('substr', 'abc', -10, 2), 'ab'],
    ['substr from behind the end', call('substr', 'abc', 4), ''],
    ['substr of no length', call('substr', 'abc', 2, 0), ''],
    ['substr of a negative length', call('substr', 'abc', 2, -1), ''],
    ['substr counts code points', call('substr', '😀bc', 2, 1), 'b'],
    ['substr with a place that is none', call('substr', 'abc', 'x'), null],
    ['substr with a null length', call('substr', 'abc', 1, missing), null],
    ['trim takes spaces and tabs', call('trim', ' \ta b\t '), 'a b'],
    ['trim leaves line breaks', call('trim', '\na '), '\na'],
    // Search Reference: trim("  ZZZZabcZZ ", " Z") returns "abc".
    ['trim of characters', call('trim', '  ZZZZabcZZ ', ' Z'), 'abc'],
    ['ltrim of characters', call('ltrim', '  ZZZZabcZZ ', ' Z'), 'abcZZ '],
    ['rtrim of characters', call('rtrim', '  ZZZZabcZZ ', ' Z'), '  ZZZZabc'],
    ['trim of all', call('trim', 'ZZ', 'Z'), ''],
    ['trim of characters beyond the BMP', call('trim', '😀a😀', '😀'), 'a'],
    ['trim takes no half of a character', call('rtrim', 'a😀', '\ude00'), 'a😀'],
    ['trim of unknown characters', call('trim', 'a', missing), null],
    [
      // Search Reference, "Informational and text functions".
      'urldecode',
      call('urldecode', 'http%3A%2F%2Fwww.splunk.com%2Fdownload%3Fr%3Dheader'),
      'http://www.splunk.com/download?r=header',
    ],
    ['urldecode of UTF-8', call('urldecode', 'caf%C3%A9'), 'café'],
    ['urldecode of what is no such form', call('urldecode', '100%+%zz%4'), '100%+%zz%4'],
    // RFC 1321 A.5, FIPS 180-2.
    ['md5', call('md5', 'abc'), '900150983cd24fb0d6963f7d28e17f72'],
    ['sha1', call('sha1', 'abc'), 'a9993e364706816aba3e25717850c26c9cd0d89d'],
    ['sha256', call('sha256', 'abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ['sha256 of null', call('sha256', missing), null],
  ] as const) {
    test(name, () => expect(run(calc)).toEqual(expected));
  }
});
