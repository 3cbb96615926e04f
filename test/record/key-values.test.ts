import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyValues } from '../../src/record/key-values.ts';

describe('key=value pairs of', () => {
  for (const [what, text, pairs] of [
    ['plain words', 'user=root cmd=ls', { user: 'root', cmd: 'ls' }],
    [
      'a Falco line',
      'spawned (evt_type=execve user=root parent=sh)',
      { evt_type: 'execve', user: 'root', parent: 'sh' },
    ],
    [
      'every sign before a key',
      'a=1,b=2;c=3(d=4[e=5{f=6|g=7&h=8',
      { a: '1', b: '2', c: '3', d: '4', e: '5', f: '6', g: '7', h: '8' },
    ],
    ['every sign behind a value', 'a=1) b=2] c=3} d=4"', { a: '1', b: '2', c: '3', d: '4' }],
    ['no key behind another sign', '/x?user=root a"b=c', {}],
    ['quoted text', 'cmd="sh -c (ls, x=y)" user=root', { cmd: 'sh -c (ls, x=y)', user: 'root' }],
    ['a backslash in quotes, which protects nothing', String.raw`a="b \"c d=e`, { a: 'b \\', d: 'e' }],
    ['a quote that does not end', 'a="b c=d', { c: 'd' }],
    ['equal keys: the first', 'user=root user=ada', { user: 'root' }],
    ['equal keys, the first one empty', 'user= user=ada', { user: 'ada' }],
    ['empty values', 'a= b="" c=,d', {}],
    ['a value with signs', "u=/x?a=b t=10:15 m=a'b<c>", { u: '/x?a=b', t: '10:15', m: "a'b<c>" }],
    [
      'names with signs',
      'k8s.ns.name=x user-agent=y a:b=z _c=1',
      { 'k8s.ns.name': 'x', 'user-agent': 'y', 'a:b': 'z', _c: '1' },
    ],
    ['names that begin with a figure', '1a=x', {}],
    ['blanks around the sign', 'a = b', {}],
    ['names of what every object has', '__proto__=x constructor=y', { ['__proto__']: 'x', constructor: 'y' }],
  ] as const) {
    test(what, () => {
      expect([...keyValues(text)]).toEqual(Object.entries(pairs));
    });
  }
});

test('written pairs are read back, whatever stands between them', () => {
  const key = fc.stringMatching(/^[a-z_][a-z0-9_.]{0,5}$/);
  const bare = fc.stringMatching(/^[^\s,;()[\]{}|&"]{1,8}$/);
  const spaced = fc.stringMatching(/^[^"]{1,8}$/);
  const pairs = fc.array(
    fc.record({ key, text: fc.oneof(bare, spaced), before: fc.constantFrom(' ', ' (', ', ', '&') }),
  );
  const seen = { quoted: 0, repeated: 0 };
  fc.assert(
    fc.property(pairs, (given) => {
      const expected = new Map<string, string>();
      let line = 'Notice:';
      for (const { key: name, text, before } of given) {
        const plain = /^[^\s,;()[\]{}|&"]+$/.test(text);
        line += `${before}${name}=${plain ? text : `"${text}"`}`;
        if (!plain) seen.quoted++;
        if (expected.has(name)) seen.repeated++;
        else expected.set(name, text);
      }
      expect(keyValues(line)).toEqual(expected);
    }),
    { seed: 4, numRuns: 500 },
  );
  expect(Math.min(seen.quoted, seen.repeated)).toBeGreaterThan(10);
});

test('a megabyte of anything is read in one go', () => {
  for (const piece of ['a', 'a=', 'a="', '=', '"', 'a=b ', 'a.', ' ']) {
    const text = piece.repeat(1_000_000 / piece.length);
    expect(keyValues(text).size).toBeLessThanOrEqual(1);
  }
});
