import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { lowerSearch } from '../../../../../src/detection/frontends/splunk/lower/lower-search.ts';
import { parseSearch } from '../../../../../src/detection/frontends/splunk/spl/parse-search.ts';
import { expandMacros } from '../../../../../src/detection/frontends/splunk/spl/expand-macros.ts';
import { macroKey, type Macro } from '../../../../../src/detection/frontends/splunk/spl/macro.ts';
import { plainText } from '../../../../../src/detection/frontends/splunk/spl/source-text.ts';
import { modeProblem } from '../../../../../src/detection/plan/mode-problem.ts';
import { schedule } from './lower-fixture.ts';

const content = new URL('../../../../../../shared/data/escu/', import.meta.url);
const there = existsSync(content);

const filesOf = (folder: string): readonly string[] =>
  there ? readdirSync(new URL(folder, content)).map((name) => `${folder}/${name}`) : [];

function read(file: string): Readonly<Record<string, unknown>> {
  return parse(readFileSync(new URL(file, content), 'utf8')) as Readonly<Record<string, unknown>>;
}

function macros(): ReadonlyMap<string, Macro> {
  return new Map(
    filesOf('macros').map((file) => {
      const { name, definition, arguments: given } = read(file);
      const args = Array.isArray(given) ? given.map(String) : [];
      const macro = { name: String(name), args, definition: plainText(String(definition), file) };
      return [macroKey(macro.name, args.length), macro];
    }),
  );
}

describe.skipIf(!there)('the published Kubernetes detections', () => {
  test('all nineteen are lowered without a complaint, and can stream', () => {
    const complaints: unknown[] = [];
    const complain = (complaint: unknown): number => complaints.push(complaint);
    const table = macros();
    const lowered = filesOf('detections').map((file) => {
      const expanded = expandMacros(plainText(String(read(file)['search']), file), table, complain);
      const search = expanded && parseSearch(expanded, complain);
      const around = { schedule, lookups: new Map(), missingLookup: 'warning' } as const;
      return search && lowerSearch(search, around, complain);
    });
    expect(lowered).toHaveLength(19);
    expect(complaints).toEqual([expect.objectContaining({ severity: 'warning', rule: 'unknown-lookup' })]);
    expect(lowered.map((each) => each && modeProblem('streaming', each.transform))).toEqual(
      Array.from({ length: 19 }, () => undefined),
    );
    expect(lowered).not.toContain(undefined);
  });
});
