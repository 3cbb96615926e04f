import fc from 'fast-check';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Search } from '../../../../../src/detection/frontends/splunk/spl/ast.ts';
import { expandMacros } from '../../../../../src/detection/frontends/splunk/spl/expand-macros.ts';
import { macroKey, type Macro } from '../../../../../src/detection/frontends/splunk/spl/macro.ts';
import { printSearch } from '../../../../../src/detection/frontends/splunk/spl/print-search.ts';
import { plainText } from '../../../../../src/detection/frontends/splunk/spl/source-text.ts';
import { commandCount, searchArbitrary } from './search-arbitrary.ts';
import { readWell, spanless, withoutSpans } from './spl-fixture.ts';

describe('a search has one canonical text', () => {
  for (const [written, canonical] of [
    ['a  AND b OR c', 'search a (b OR c)'],
    ['| search', 'search'],
    ['"a" x="y" z=\\"', 'search "a" x="y" z=\\"'],
    ['NOT(a OR b)', 'search NOT (a OR b)'],
    ['x | where ((a)=(1)) and not(b) or c', 'search x | where a = 1 AND NOT b OR c'],
    ['x | where (a - (b - c)) * -d', 'search x | where (a - (b - c)) * -d'],
    ['x | where NOT (a AND b) = (c = d)', 'search x | where NOT (a AND b) = (c = d)'],
    ['x | STATS c, Values(a) BY "b c" d', 'search x | stats c values(a) by "b c" d'],
    ['x | bucket _time SPAN="5m"', 'search x | bin span=5m _time'],
    ['x | top 3 a showperc=f | head limit=2', 'search x | top limit=3 showperc=false a | head 2'],
    ['x | eval "a b"=1,c="\\d"', `search x | eval 'a b'=1, c="\\\\d"`],
    ['x | fields -"-a"', 'search x | fields - "-a"'],
  ] as const) {
    test(written, () => expect(printSearch(readWell(written))).toBe(canonical));
  }
});

test('what is printed is read back to the same search', () => {
  const seen = new Set<string>();
  let quotedTexts = 0;
  fc.assert(
    fc.property(searchArbitrary, (generated) => {
      const search = generated as unknown as Search;
      const printed = printSearch(search);
      if (spanless(readWell(printed)) !== spanless(search)) {
        expect(withoutSpans(readWell(printed))).toEqual(search);
      }
      for (const { name } of search.commands) seen.add(name);
      if (printed.includes('\\"')) quotedTexts++;
    }),
    { seed: 4, numRuns: 2_000 },
  );
  expect(seen.size).toBe(commandCount);
  expect(quotedTexts).toBeGreaterThan(500);
});

const escu = join(import.meta.dirname, '../../../../../../shared/data/escu');
const published = existsSync(escu);

/** The text under `key` of a file, which stands on one line or goes on with deeper lines; quotes of YAML are taken off. */
function textUnder(key: string, yaml: string): string {
  const found = new RegExp(`^${key}: *(.*(?:\\n +.*)*)`, 'm').exec(yaml)?.[1] ?? '';
  const folded = found.replaceAll(/\n +/g, ' ');
  return folded.startsWith("'") ? folded.slice(1, -1).replaceAll("''", "'") : folded;
}

const filesIn = (folder: string): readonly string[] =>
  readdirSync(join(escu, folder)).map((file) => readFileSync(join(escu, folder, file), 'utf8'));

function publishedMacros(): ReadonlyMap<string, Macro> {
  const macros = filesIn('macros').map((yaml): Macro => {
    const args = /^arguments:\n((?: *- .*\n)+)/m.exec(yaml)?.[1]?.match(/\w+/g) ?? [];
    const definition = plainText(textUnder('definition', yaml), 'macro.yml');
    return { name: textUnder('name', yaml), args, definition };
  });
  return new Map(macros.map((macro) => [macroKey(macro.name, macro.args.length), macro]));
}

test.skipIf(!published)('so are all published Kubernetes detections', () => {
  const macros = publishedMacros();
  const detections = filesIn('detections');
  expect(detections).toHaveLength(19);
  for (const yaml of detections) {
    const text = textUnder('search', yaml);
    const expanded = expandMacros(plainText(text, 'a.yml'), macros, ({ message }) => expect.fail(message));
    const search = readWell(expanded?.text ?? '');
    const printed = printSearch(search);
    expect(withoutSpans(readWell(printed))).toEqual(withoutSpans(search));
    expect(printSearch(readWell(printed))).toBe(printed);
    expect(search.commands.map(({ name }) => name)).toContain('stats');
  }
});
