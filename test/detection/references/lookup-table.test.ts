import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LookupDefinition } from '../../../src/detection/frontends/splunk/content.ts';
import { readCsv } from '../../../src/detection/references/csv-table.ts';
import { CsvLookup } from '../../../src/detection/references/lookup-table.ts';
import { compileNetwork } from '../../../src/util/network.ts';

const definitionOf = (given: Partial<LookupDefinition> = {}): LookupDefinition => ({
  name: 'l',
  file: 'l.yml',
  csv: '/l.csv',
  matchTypes: new Map(),
  caseSensitive: true,
  defaultMatch: undefined,
  minMatches: 0,
  maxMatches: 1_000,
  ...given,
});

function lookup(csv: string, given: Partial<LookupDefinition> = {}): CsvLookup {
  const table = readCsv(csv, 'l.csv').value;
  if (table === undefined) throw new Error('the test has a bad table');
  return new CsvLookup(table, definitionOf(given));
}

/** The column `out` of what is found for `field=value` pairs. */
const outOf = (table: CsvLookup, ...wanted: readonly (readonly [field: string, value: string])[]): unknown =>
  table.find(wanted.map(([field, value]) => ({ field, value }))).map((row) => row('out'));

describe('an exact lookup', () => {
  const csv = 'k,l,out\na,1,x\nA,1,y\na,2,z\n';
  test('finds the rows in the order of the file', () => {
    expect(outOf(lookup(csv), ['k', 'a'])).toEqual(['x', 'z']);
  });
  test('of two fields finds the rows that match both, in whatever order they are asked for', () => {
    expect(outOf(lookup(csv), ['k', 'a'], ['l', '2'])).toEqual(['z']);
    expect(outOf(lookup(csv), ['l', '1'], ['k', 'A'])).toEqual(['y']);
  });
  test('finds no row by a part or a pattern', () => {
    expect(outOf(lookup(csv), ['k', '*'])).toEqual([]);
    expect(outOf(lookup('k,out\n*,x\n'), ['k', 'a'])).toEqual([]);
  });
  test('does not look at case where its definition says so', () => {
    expect(outOf(lookup(csv, { caseSensitive: false }), ['k', 'a'])).toEqual(['x', 'y', 'z']);
  });
  test('finds at most so many as its definition allows', () => {
    expect(outOf(lookup(csv, { maxMatches: 1 }), ['k', 'a'])).toEqual(['x']);
  });
  test('of a field that the table lacks finds nothing', () => {
    expect(outOf(lookup(csv), ['k', 'a'], ['nope', 'a'])).toEqual([]);
  });
  test('knows no other field of a row', () => {
    expect(lookup(csv).find([{ field: 'k', value: 'a' }])[0]?.('nope')).toBeUndefined();
  });
});

describe('a default', () => {
  const filled = { defaultMatch: 'false', minMatches: 2 };
  test('fills up what the definition promises', () => {
    expect(outOf(lookup('k,out\na,x\n', filled), ['k', 'a'])).toEqual(['x', 'false']);
    expect(outOf(lookup('k,out\na,x\n', filled), ['k', 'b'])).toEqual(['false', 'false']);
    expect(outOf(lookup('k,out\na,x\na,y\na,z\n', filled), ['k', 'a'])).toEqual(['x', 'y', 'z']);
  });
  test('is no value of a field that the table lacks', () => {
    expect(lookup('k,out\n', filled).find([{ field: 'k', value: 'a' }])[0]?.('nope')).toBeUndefined();
  });
  test('that is promised nowhere, or a promise without a default, fills up nothing', () => {
    expect(outOf(lookup('k,out\n', { defaultMatch: 'false' }), ['k', 'a'])).toEqual([]);
    expect(outOf(lookup('k,out\n', { minMatches: 1 }), ['k', 'a'])).toEqual([]);
  });
});

describe('trap 40: a lookup of wildcards', () => {
  const csv = String.raw`
local_file_inclusion_paths, out
*/etc/passwd*, yes
*?file=..\..\boot.ini, win
*, any`;
  const table = lookup(csv, {
    matchTypes: new Map([['local_file_inclusion_paths', 'wildcard']]),
    caseSensitive: false,
  });
  for (const [value, out] of [
    ['/x?f=../../etc/passwd%00', ['yes', 'any']],
    ['/x?f=../../ETC/Passwd', ['yes', 'any']],
    [String.raw`/x?file=..\..\boot.ini`, ['win', 'any']],
    [String.raw`/x+file=..\..\boot.ini`, ['any']],
    ['', ['any']],
  ] as const) {
    test(`finds ${out.join(' and ')} for "${value}"`, () => {
      expect(outOf(table, ['local_file_inclusion_paths', value])).toEqual(out);
    });
  }
});

test('fields of different kinds have to match together', () => {
  const table = lookup('net,who,what,out\n10.0.0.0/8,a,get*,x\n10.1.0.0/16,a,get*,y\n10.0.0.0/8,b,*,z\n', {
    matchTypes: new Map([
      ['net', 'cidr'],
      ['what', 'wildcard'],
    ]),
  });
  expect(outOf(table, ['net', '10.1.2.3'], ['who', 'a'], ['what', 'getall'])).toEqual(['x', 'y']);
  expect(outOf(table, ['net', '10.2.2.3'], ['who', 'a'], ['what', 'getall'])).toEqual(['x']);
  expect(outOf(table, ['net', '10.1.2.3'], ['what', 'list'])).toEqual(['z']);
  expect(outOf(table, ['net', '11.1.2.3'], ['who', 'a'], ['what', 'getall'])).toEqual([]);
});

const address = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc.tuple(fc.nat(1), fc.nat(255)).map(([a, b]) => `10.${a}.0.${b}`),
  fc.nat(255).map((a) => `2001:db8::${a.toString(16)}`),
);
const network = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(address, fc.nat(128))
      .map(([base, bits]) => `${base}/${base.includes(':') ? bits : bits % 33}`),
  },
  { weight: 2, arbitrary: address },
  { weight: 1, arbitrary: fc.constantFrom('', 'unknown', '10.0.0.0/33') },
);

test('a lookup of networks finds what a test of each network finds', () => {
  const seen = { hits: 0, misses: 0 };
  fc.assert(
    fc.property(
      fc.array(network, { minLength: 1, maxLength: 20 }),
      fc.array(fc.oneof(address, network)),
      (cells, values) => {
        const csv = `net,out\n${cells.map((cell, index) => `"${cell}",${index}\n`).join('')}`;
        const table = lookup(csv, { matchTypes: new Map([['net', 'cidr']]) });
        for (const value of values) {
          const expected = cells.flatMap((cell, index) =>
            compileNetwork(cell)?.(value) === true ? [`${index}`] : [],
          );
          expect(outOf(table, ['net', value])).toEqual(expected);
          if (expected.length === 0) seen.misses++;
          else seen.hits++;
        }
      },
    ),
    { seed: 34, numRuns: 400 },
  );
  expect(Math.min(seen.hits, seen.misses)).toBeGreaterThan(100);
});
