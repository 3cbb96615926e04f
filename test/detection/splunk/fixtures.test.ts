import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { DetectionFile } from '../../../src/detection/frontends/frontend.ts';
import type { NaiveLookup } from './naive/table.ts';
import { lookupFile } from './references.ts';
import { runNaive } from './run-naive.ts';
import { compile, runDetection } from './run-search.ts';
import { comparable, comparableRows, type SearchCase } from './search-case.ts';

/** What a fixture file says: of one published detection, events by hand and the rows that spec/spl.md implies. */
interface Fixture {
  readonly places?: NonNullable<SearchCase['places']>;
  readonly lookups?: Readonly<Record<string, NaiveLookup>>;
  /** Columns that hold secrets, which the product shows as "[redacted]" and Splunk as they are. */
  readonly secrets?: readonly string[];
  readonly cases: readonly (Pick<SearchCase, 'events' | 'rows'> & {
    readonly name: string;
    readonly why: string;
  })[];
}

const escu = '../shared/data/escu';
const directory = new URL('fixtures/', import.meta.url);

const filesOf = (folder: string): readonly DetectionFile[] =>
  readdirSync(`${escu}/${folder}`).map((name) => ({
    path: `${folder}/${name}`,
    text: readFileSync(`${escu}/${folder}/${name}`, 'utf8'),
  }));

const fixtures = readdirSync(directory).map((name) => ({
  name: name.replace('.yaml', ''),
  fixture: parse(readFileSync(new URL(name, directory), 'utf8'), {
    merge: true,
    maxAliasCount: -1,
  }) as Fixture,
}));

test('there are at least three cases for each of the 19 detections, and each says why', () => {
  expect(fixtures).toHaveLength(19);
  for (const { name, fixture } of fixtures) {
    expect(fixture.cases.length, name).toBeGreaterThanOrEqual(3);
    expect(fixture.cases.every(({ why }) => why.length > 20)).toBe(true);
  }
});

describe.skipIf(!existsSync(escu))('the published detections (../shared/data/escu) run unmodified', () => {
  for (const { name, fixture } of fixtures) {
    describe(name, () => {
      for (const { name: what, events, rows } of fixture.cases) {
        test(what, () => {
          expect(productRows(name, fixture, events)).toEqual(comparableRows(rows));
        });

        test(`${what}, by the naive evaluator`, () => {
          expect(naiveRows(name, fixture, events)).toEqual(comparableRows(rows));
        });
      }
    });
  }
});

function productRows(name: string, fixture: Fixture, events: SearchCase['events']): readonly string[] {
  const lookups = Object.entries(fixture.lookups ?? {}).map(([table, lookup]) => lookupFile(table, lookup));
  const path = `detections/${name}.yml`;
  const plan = compile({ path, text: readFileSync(`${escu}/${path}`, 'utf8') }, 'scheduled', {
    macros: filesOf('macros'),
    deployments: filesOf('deployments'),
    lookups,
  });
  return comparable(runDetection(plan, { ...fixture, events }).rows);
}

function naiveRows(name: string, fixture: Fixture, events: SearchCase['events']): readonly string[] {
  const { search } = parse(readFileSync(`${escu}/detections/${name}.yml`, 'utf8')) as {
    readonly search: string;
  };
  const macros = Object.fromEntries(filesOf('macros').map(({ text }) => macroOf(text)));
  const { rows } = runNaive({ ...fixture, search, macros, events });
  return comparable(
    rows.map((row) => {
      const secret = (fixture.secrets ?? []).filter((column) => row.has(column));
      return new Map([
        ...row,
        ...secret.map((column): [string, readonly string[]] => [column, ['[redacted]']]),
      ]);
    }),
  );
}

function macroOf(text: string): [string, string] {
  const {
    name,
    definition,
    arguments: args = [],
  } = parse(text) as {
    readonly name: string;
    readonly definition: string;
    readonly arguments?: readonly string[];
  };
  return [args.length === 0 ? name : `${name}(${args.join(',')})`, definition];
}
