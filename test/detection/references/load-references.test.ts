import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makePlaces } from '../../../scripts/make-places.mjs';
import type { LookupDefinition } from '../../../src/detection/frontends/splunk/content.ts';
import {
  loadReferences,
  type ReloadingReferences,
} from '../../../src/detection/references/load-references.ts';
import { formatProblem, type Problem } from '../../../src/util/problem.ts';

let directory: string;
let complaints: string[];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'riskpipe-references-'));
  complaints = [];
});
afterEach(() => rm(directory, { recursive: true }));

const pathOf = (name: string): string => join(directory, name);

/** A file as editors write it: the new one in the place of the old. */
async function write(name: string, content: string | Buffer): Promise<void> {
  await writeFile(pathOf('new'), content);
  await rename(pathOf('new'), pathOf(name));
}

/** Problems with the folder of the test left out. */
const shown = (problems: readonly Problem[]): readonly string[] =>
  problems.map((problem) => formatProblem(problem).replaceAll(`${directory}/`, ''));

const assets: LookupDefinition = {
  name: 'assets',
  file: 'assets.yml',
  csv: '',
  matchTypes: new Map([['net', 'cidr']]),
  caseSensitive: true,
  defaultMatch: undefined,
  minMatches: 0,
  maxMatches: 1,
};

interface Given {
  readonly definition?: Partial<LookupDefinition>;
  readonly fields?: readonly string[];
  readonly geoip?: string;
}

async function load({ definition = {}, fields = [], geoip }: Given = {}): Promise<{
  readonly references: ReloadingReferences;
  readonly problems: readonly string[];
}> {
  const { references, problems } = await loadReferences(
    {
      definitions: [{ ...assets, csv: pathOf('assets.csv'), ...definition }],
      needed: new Map([['assets', new Map(fields.map((field) => [field, 'scan']))]]),
      geoip: geoip === undefined ? undefined : pathOf(geoip),
    },
    (problem) => void complaints.push(...shown([problem])),
  );
  return { references, problems: shown(problems) };
}

const ownerOf = (references: ReloadingReferences, address: string): string | undefined =>
  references
    .table('assets')
    ?.find([{ field: 'net', value: address }])[0]?.('owner');

test('tables and places are there after they were loaded', async () => {
  await write('assets.csv', 'net,owner\n10.0.0.0/8,ada\n');
  await write('places.mmdb', makePlaces());
  const { references, problems } = await load({ geoip: 'places.mmdb', fields: ['net', 'owner'] });
  expect(problems).toEqual([]);
  expect([ownerOf(references, '10.1.2.3'), ownerOf(references, '11.1.2.3')]).toEqual(['ada', undefined]);
  expect(references.table('others')).toBeUndefined();
  expect(references.places?.find('34.1.2.3')?.city).toBe('Amsterdam');
});

test('without a database there are no places', async () => {
  await write('assets.csv', 'net,owner\n');
  expect((await load()).references.places).toBeUndefined();
});

test('each file that is not right is told of with its place', async () => {
  await write('places.mmdb', 'no database');
  expect((await load({ geoip: 'places.mmdb' })).problems).toEqual([
    'assets.csv the table of the lookup "assets" could not be read (ENOENT)',
    'places.mmdb is no database in the MaxMind DB format',
  ]);
  expect((await load({ definition: { csv: directory } })).problems[0]).toContain(
    'could not be read (EISDIR)',
  );
  await write('assets.csv', 'network,owner\n');
  expect((await load({ fields: ['ower', 'owner'] })).problems).toEqual([
    'assets.csv:1:1 has no field "net", which its match_type names',
    'assets.csv:1:1 has no field "ower", which the detection "scan" names. Did you mean "owner"?',
  ]);
  await write('assets.csv', 'net,owner\n10.0.0.0/8\n');
  expect((await load()).problems).toEqual(['assets.csv:2:1 has 1 cell where the first row has 2']);
});

test('a cell that is no network is a warning, and the table is of use', async () => {
  await write('assets.csv', 'net,owner\nunknown,eve\n10.0.0.0/8,ada\n,bob\n');
  const { references, problems } = await load();
  expect(problems).toEqual([
    'assets.csv:2:1 warning: "unknown" in the field "net" is no network; write one such as 10.0.0.0/8',
  ]);
  expect(ownerOf(references, '10.1.2.3')).toBe('ada');
});

test('a refresh takes over what has changed, and reads nothing else', async () => {
  await write('assets.csv', 'net,owner\n10.0.0.0/8,ada\n');
  await write('places.mmdb', makePlaces());
  const { references } = await load({ geoip: 'places.mmdb' });
  const places = references.places;
  expect(await references.refresh()).toEqual({ changed: [], problems: [] });
  await write('assets.csv', 'net,owner\n10.0.0.0/8,bob\n');
  const { changed, problems } = await references.refresh();
  expect([changed, problems]).toEqual([[pathOf('assets.csv')], []]);
  expect(ownerOf(references, '10.1.2.3')).toBe('bob');
  expect(references.places).toBe(places);
});

for (const [what, spoil, reason] of [
  [
    'ragged',
    () => write('assets.csv', 'net,owner\n1\n'),
    'assets.csv:2:1 has 1 cell where the first row has 2',
  ],
  [
    'gone',
    () => rm(pathOf('assets.csv')),
    'assets.csv the table of the lookup "assets" could not be read (ENOENT)',
  ],
  [
    'without a field that is needed',
    () => write('assets.csv', 'net\n'),
    'assets.csv:1:1 has no field "owner", which the detection "scan" names',
  ],
] as const) {
  test(`a table that is ${what} leaves the one before in use, and is told of once`, async () => {
    await write('assets.csv', 'net,owner\n10.0.0.0/8,ada\n');
    const { references } = await load({ fields: ['owner'] });
    await spoil();
    const { changed, problems } = await references.refresh();
    expect([changed, shown(problems)]).toEqual([[], [reason]]);
    expect(await references.refresh()).toEqual({ changed: [], problems: [] });
    expect(ownerOf(references, '10.1.2.3')).toBe('ada');
    await write('assets.csv', 'net,owner\n10.0.0.0/8,bob\n');
    await references.refresh();
    expect(ownerOf(references, '10.1.2.3')).toBe('bob');
  });
}

test('a database that turns out to be broken is told of when it is asked', async () => {
  await write('assets.csv', 'net,owner\n');
  const good = makePlaces();
  const data = good.indexOf('Amsterdam');
  await write(
    'places.mmdb',
    Buffer.concat([good.subarray(0, data - 20), Buffer.alloc(40, 0), good.subarray(data + 20)]),
  );
  const { references, problems } = await load({ geoip: 'places.mmdb' });
  expect([problems, references.places?.find('34.1.2.3')]).toEqual([[], undefined]);
  expect(complaints).toEqual([
    expect.stringContaining('places.mmdb is broken: what it holds of some addresses'),
  ]);
});
