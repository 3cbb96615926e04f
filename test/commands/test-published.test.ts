import { describe, expect, test } from 'vitest';
import { makePlaces } from '../../scripts/make-places.mjs';
import { Workspace } from '../e2e/workspace.ts';
import { detectionWith, macroWith } from './content.ts';
import { riskpipe, type Ran } from './riskpipe.ts';

const search = '`kube_audit` verb=list | stats count by user.username | rename user.username as user';
const tests = [
  {
    name: 'True Positive Test',
    attack_data: [
      { data: 'https://media.example/datasets/T1046/list/list.json', source: 'audit', sourcetype: '_json' },
    ],
  },
];
const event = (verb: string, rest: object = {}): string =>
  `${JSON.stringify({ verb, user: { username: 'ada' }, stageTimestamp: '2026-04-12T13:00:00Z', ...rest })}\n`;

/** Tests a detection, with a macro beside it, and `files`. */
function tested(
  text: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  ...options: readonly string[]
): Promise<Ran> {
  const workspace = new Workspace();
  workspace.write('a_search.yml', text);
  workspace.write('kube_audit.yml', macroWith('kube_audit', 'source=audit'));
  for (const [name, content] of Object.entries(files)) workspace.write(name, content);
  return riskpipe(['test', '*.yml', ...options], workspace);
}

describe('riskpipe test of a published detection', () => {
  const detection = detectionWith(search, { tests });

  test('runs with the data that is named, under the source that the test says', async () => {
    const { status, stdout } = await tested(
      detection,
      { 'x.json': event('list') },
      '--data',
      'list.json=x.json',
    );
    expect([status, stdout]).toEqual([0, 'pass  a-search: True Positive Test\n1 passed, 0 failed\n']);
  });

  test('fails where nothing is found in it', async () => {
    const { status, stdout } = await tested(
      detection,
      { 'x.json': event('get') },
      '--data',
      'list.json=x.json',
    );
    expect([status, stdout]).toEqual([
      1,
      'FAIL  a-search: True Positive Test\n        expected a row, found none\n0 passed, 1 failed\n',
    ]);
  });

  test('finds the data in a directory', async () => {
    expect((await tested(detection, { 'list.json': event('list') }, '--data', '.')).stdout).toContain(
      '1 passed',
    );
  });

  test('skips, by name, a test of which a file is not there', async () => {
    const { status, stdout } = await tested(
      detection,
      { 'x.json': event('list') },
      '--data',
      'lists.json=x.json',
    );
    expect([status, stdout.split('\n')]).toEqual([
      0,
      [
        'skip  a-search: True Positive Test: no local file for https://media.example/datasets/T1046/list/list.json; name it with --data',
        'note  no test asks for the data set "lists.json"',
        '0 passed, 0 failed, 1 skipped',
        '',
      ],
    ]);
  });

  test('names a detection that has no tests', async () => {
    expect((await tested(detectionWith(search), {})).stdout).toBe(
      'none  a-search: a_search.yml has no tests\n0 passed, 0 failed\n',
    );
  });

  test('what is no data is wrong usage', async () => {
    const { status, stderr } = await tested(detection, {}, '--data', 'list.json');
    expect([status, stderr]).toEqual([
      2,
      expect.stringContaining('error: --data: "list.json" is no directory'),
    ]);
  });

  test('knows places from the database that is given, and says that it needs one', async () => {
    const located = detectionWith(
      '`kube_audit` | iplocation sourceIPs{} | search City=Amsterdam | stats count by user.username | rename user.username as user',
      { tests },
    );
    const files = {
      'x.json': event('list', { sourceIPs: ['34.1.2.3'] }),
      'places.mmdb': makePlaces(),
      'broken.mmdb': 'broken',
    };
    const data = ['--data', 'list.json=x.json'];
    expect((await tested(located, files, ...data, '--geoip', 'places.mmdb')).stdout).toContain('1 passed');
    expect((await tested(located, files, ...data)).stdout).toContain(
      '--geoip FILE names a database that knows',
    );
    const broken = await tested(located, files, ...data, '--geoip', 'broken.mmdb');
    expect([broken.status, broken.stdout]).toEqual([1, expect.stringContaining('broken.mmdb')]);
  });

  test('looks things up in the tables beside their definitions', async () => {
    const looking = detectionWith(
      '`kube_audit` | lookup owners team AS user.username OUTPUT owner | search owner=blue | stats count by user.username | rename user.username as user',
      { tests },
    );
    const files = {
      'x.json': event('list'),
      'owners.yml': 'name: owners\ndescription: who owns what\nlookup_type: csv\n',
      'owners.csv': 'team,owner\nada,blue\n',
    };
    expect((await tested(looking, files, '--data', 'list.json=x.json')).stdout).toContain('1 passed');
  });
});
