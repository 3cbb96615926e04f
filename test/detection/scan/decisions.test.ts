import { describe, expect, test } from 'vitest';
import type { Expr, Test } from '../../../src/detection/plan/expr.ts';
import type { ScanPlan } from '../../../src/detection/scan/columns.ts';
import { plainPath } from './plain-path.ts';
import { ScanBench } from './scan-lines.ts';

const has = (name: string, arrays: 'marked' | 'hidden', test: Test): Expr => ({
  kind: 'test',
  field: { name, arrays },
  test,
});

/** Every question about a field that has the values x and y, or one of them, or none. */
function questions(name: string, arrays: 'marked' | 'hidden'): ScanPlan[] {
  const equals = (value: string): Expr => has(name, arrays, { op: 'equals', values: [value], fold: false });
  const exists = has(name, arrays, { op: 'exists' });
  const where: Expr[] = [
    equals('x'),
    equals('y'),
    exists,
    { kind: 'not', item: equals('x') },
    { kind: 'not', item: equals('y') },
    { kind: 'not', item: exists },
    { kind: 'or', items: [equals('x'), { kind: 'not', item: equals('y') }] },
    { kind: 'and', items: [equals('x'), { kind: 'not', item: equals('y') }] },
    { kind: 'and', items: [equals('x'), equals('y')] },
  ];
  return where.map((item, index) => ({ id: `question ${index}`, where: item }));
}

/** What the scanner says of a line, and of which questions it says no where the plain path says yes. */
function judge(line: string, name: string, arrays: 'marked' | 'hidden') {
  const plans = questions(name, arrays);
  const holds = plainPath(plans)(Buffer.from(line)) ?? [];
  const [verdict] = new ScanBench(plans).scan([Buffer.from(line)]);
  const missed = plans.filter((_, plan) => holds[plan] && !verdict?.plans[plan]);
  return { holds, missed, odd: verdict?.odd, left: verdict?.plans ?? [] };
}

/** How many of the questions one value alone can decide, whatever others there are. */
const decided = 7;

describe('all that can be told from the bytes is told of', () => {
  for (const [what, line, name] of [
    ['a value', '{"a":"x"}', 'a'],
    ['another value', '{"a":"y"}', 'a'],
    ['no value', '{"b":"x"}', 'a'],
    ['an empty object', '{}', 'a'],
    ['null', '{"a":null}', 'a'],
    ['a number', '{"a":1}', 'a'],
    ['an object where a text could be', '{"a":{"x":"x"}}', 'a'],
    ['a list', '{"a":["x","y"]}', 'a'],
    ['a list by its elements', '{"a":["x","y"]}', 'a{}'],
    ['a list of one', '{"a":["y"]}', 'a'],
    ['an empty list', '{"a":[]}', 'a'],
    ['an empty list by its elements', '{"a":[]}', 'a{}'],
    ['lists in a list', '{"a":[["x"],[["y"]]]}', 'a'],
    ['lists in a list by their elements', '{"a":[["x"],[["y"]]]}', 'a{}{}'],
    ['a list of null', '{"a":[null]}', 'a'],
    ['a key below a key', '{"a":{"b":"x"}}', 'a.b'],
    ['a key that holds dots', '{"a.b":"x"}', 'a.b'],
    ['a key that holds dots, below one', '{"a":{"b.c/d":"x"}}', 'a.b.c/d'],
    ['an object that lacks the key, before another spelling', '{"a":{"c":1},"a.b":"x"}', 'a.b'],
    ['another spelling behind a value', '{"a":{"b":"x"},"a.b":"y"}', 'a.b'],
    ['another spelling behind a text', '{"a":"y","a.b":"x"}', 'a.b'],
    ['another spelling behind a list', '{"a":["y"],"a.b":"x"}', 'a.b'],
    ['another spelling behind null', '{"a.b":null,"a":{"b":"x"}}', 'a.b'],
    ['what a client repeats', '{"requestObject":{"m":"x","m":"y"}}', 'requestObject.m'],
    ['what a client spells twice', '{"requestObject":{"m.n":"x","m":{"n":"y"}}}', 'requestObject.m.n'],
    ['what a client does not say', '{"requestObject":{"n":"x"}}', 'requestObject.m'],
    ['what a client says in lists', '{"requestObject":{"m":[{"n":"x"},{"n":"y"}]}}', 'requestObject.m.n'],
    ['escapes in a value', String.raw`{"a":"\u0078"}`, 'a'],
    ['escapes in another key', String.raw`{"\"":"y","a":"x"}`, 'a'],
    ['blanks', ' {\t"b" : { "c" : [ ] } , "a" :\r"x" } \r', 'a'],
    ['what stands in a text', String.raw`{"b":"\",\"a\":\"y","c":["}",{"a":"y"}],"a":"x"}`, 'a'],
  ] as const) {
    for (const arrays of ['marked', 'hidden'] as const) {
      test(`${what}, arrays ${arrays}`, () => {
        const { holds, missed, odd, left } = judge(line, name, arrays);
        expect(missed).toEqual([]);
        expect(odd).toBe(false);
        expect(left.slice(0, decided)).toEqual(holds.slice(0, decided));
      });
    }
  }
});

describe('a line is left for every plan if it has', () => {
  for (const [what, line, name] of [
    ['a repeated key', '{"a":null,"a":"x"}', 'a'],
    ['an escaped key', String.raw`{"\u0061":"x"}`, 'a'],
    ['an escaped slash in a key', String.raw`{"b\/c":"x"}`, 'b/c'],
    ['no brace', '"a"', 'a'],
    ['no end', '{"b":1', 'a'],
    ['something behind it', '{"b":1}{"a":"x"}', 'a'],
    ['lists too deep to walk', `{"a":${'['.repeat(100)}"x"${']'.repeat(100)}}`, 'a'],
  ] as const) {
    test(what, () => {
      const plans = questions(name, 'hidden');
      const [verdict] = new ScanBench(plans).scan([Buffer.from(line)]);
      expect(verdict?.odd).toBe(true);
      expect(verdict?.plans).not.toContain(false);
    });
  }
});

describe('too much may be said, never too little, of', () => {
  for (const [what, line, name] of [
    ['objects in a list', '{"a":[{"b":"x"},{"b":"y"}]}', 'a.b'],
    ['a list in which an object closes the name', '{"a":[{"b":{"d":1},"b.c":"y"}],"a.b.c":"x"}', 'a.b.c'],
    ['a list in which a repeated key closes it', '{"a":[{"b":null,"b":"y"}],"a.b":"x"}', 'a.b'],
    ['a list of objects and texts', '{"a":["y",{"b":"x"}],"a.b":"x"}', 'a.b'],
    ['a text longer than any table takes', `{"a":"${'x'.repeat(2_000)}"}`, 'a'],
    ['a broken escape', String.raw`{"a":"\x"}`, 'a'],
  ] as const) {
    for (const arrays of ['marked', 'hidden'] as const) {
      test(`${what}, arrays ${arrays}`, () => {
        const { missed, left } = judge(line, name, arrays);
        expect(missed).toEqual([]);
        expect(left).toContain(true);
      });
    }
  }
});
