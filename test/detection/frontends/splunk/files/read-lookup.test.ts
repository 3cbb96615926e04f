import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { LookupDefinition } from '../../../../../src/detection/frontends/splunk/content.ts';
import { readLookup } from '../../../../../src/detection/frontends/splunk/files/read-lookup.ts';
import { formatProblem } from '../../../../../src/util/problem.ts';
import { YamlFile } from '../../../../../src/util/yaml/yaml-file.ts';

function read(text: string): { readonly lookup: LookupDefinition | undefined; readonly problems: string[] } {
  const file = new YamlFile({ path: 'lookups/lfi_paths.yml', text });
  const lookup = readLookup(file);
  return { lookup, problems: file.problems.map(formatProblem) };
}

const older = 'name: l\nfilename: table.csv\n';
const current = 'name: l\nlookup_type: csv\n';

test('the older schema names its table, which lies beside the definition', () => {
  const text = `${older}fields_list: a, b\nmatch_type: WILDCARD(lfi_path),CIDR( ip )\ndefault_match: 'false'
min_matches: '1'\nmax_matches: 5\ncase_sensitive_match: 'false'\nanything: else\n`;
  expect(read(text)).toEqual({
    problems: [],
    lookup: {
      name: 'l',
      file: 'lookups/lfi_paths.yml',
      csv: resolve('lookups/table.csv'),
      matchTypes: new Map([
        ['lfi_path', 'wildcard'],
        ['ip', 'cidr'],
      ]),
      caseSensitive: false,
      defaultMatch: 'false',
      minMatches: 1,
      maxMatches: 5,
    },
  });
});

test('the current schema has its table under its own name', () => {
  const text = `${current}match_type: [WILDCARD(a), exact(b)]\ndefault_match: false\n`;
  const { lookup, problems } = read(text);
  expect(problems).toEqual([]);
  expect(lookup?.csv).toBe(resolve('lookups/lfi_paths.csv'));
  expect(lookup?.matchTypes).toEqual(
    new Map([
      ['a', 'wildcard'],
      ['b', 'exact'],
    ]),
  );
  expect(lookup?.defaultMatch).toBe('false');
});

test('nothing said is what Splunk takes then', () => {
  expect(read(current).lookup).toMatchObject({ caseSensitive: true, minMatches: 0, maxMatches: 1_000 });
  expect(read(current).lookup?.defaultMatch).toBeUndefined();
});

describe('is passed over or refused', () => {
  test.each([
    [
      'a KV store',
      'name: l\nlookup_type: kvstore\nfields: [_key, a]\n',
      'yml:1:7 warning: name: passed over: the lookup "l" has no CSV file',
    ],
    ['a model', 'name: l\nlookup_type: mlmodel\n', 'passed over: the lookup "l"'],
    ['an older KV store', 'name: l\ncollection: c\n', 'passed over: the lookup "l"'],
    ['an unknown key', `${current}case_sensitive: true\n`, 'yml:3:1 case_sensitive: unknown key'],
    [
      'an unknown kind',
      'name: l\nlookup_type: cvs\n',
      'lookup_type: "cvs" is not one of csv, kvstore, mlmodel. Did you mean "csv"?',
    ],
    [
      'an unknown match type',
      `${current}match_type: [WILDCARD(a), GLOB(b)]\n`,
      'yml:3:27 match_type[1]: "GLOB(b)" is no match type; write WILDCARD(field)',
    ],
    ['too many matches', `${current}max_matches: 1001\n`, 'max_matches: must be at most 1000'],
    [
      'more at least than at most',
      `${current}max_matches: 1\nmin_matches: 2\n`,
      'min_matches: is more than "max_matches"',
    ],
    ['a number that is none', `${older}max_matches: many\n`, 'max_matches: must be a number, not "many"'],
    [
      'a truth value that is none',
      `${older}case_sensitive_match: maybe\n`,
      'case_sensitive_match: must be true or false',
    ],
  ])('%s', (_, text, message) => {
    const { lookup, problems } = read(text);
    expect(problems).toEqual([expect.stringContaining(message)]);
    expect(lookup).toBeUndefined();
  });
});
