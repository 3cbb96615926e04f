import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { dataFiles, type DataFiles } from '../../../src/commands/test/data-files.ts';
import { Workspace } from '../../e2e/workspace.ts';

const url = 'https://media.example/splunk/attack_data/master/datasets/attack_techniques/T1526/pull/pull.json';

/** Files with their names as their text. */
function written(...names: readonly string[]): Workspace {
  const workspace = new Workspace();
  for (const name of names) {
    mkdirSync(dirname(workspace.path(name)), { recursive: true });
    workspace.write(name, name);
  }
  return workspace;
}

async function read(...given: readonly string[]): Promise<DataFiles> {
  const files = await dataFiles(given);
  if (typeof files === 'string') throw new Error(files);
  return files;
}

test.each([
  'pull.json',
  'pull/pull.json',
  'T1526/pull/pull.json',
  'datasets/attack_techniques/T1526/pull/pull.json',
])('a file is named by the end of the path: %s', async (name) => {
  const path = written('x.json').path('x.json');
  expect(await (await read(`${name}=${path}`)).find(url)).toBe(path);
});

test.each(['ull.json', 'other.json', 'attack_techniques', 'T1526/pull'])(
  'what is no end of the path names nothing: %s',
  async (name) => {
    const files = await read(`${name}=${written('x.json').path('x.json')}`);
    expect(await files.find(url)).toBeUndefined();
    expect(files.unused).toEqual([name]);
  },
);

test('names that were asked for are not unused', async () => {
  const path = written('x.json').path('x.json');
  const files = await read(`pull.json=${path}`, `push.json=${path}`);
  await files.find(url);
  expect(files.unused).toEqual(['push.json']);
});

test.each(['pull.json', 'T1526/pull/pull.json', 'datasets/attack_techniques/T1526/pull/pull.json'])(
  'a directory has it at the end of the path: %s',
  async (name) => {
    const workspace = written(name);
    expect(await (await read(workspace.directory)).find(url)).toBe(workspace.path(name));
  },
);

test('in a directory the longest end of the path wins, and a name wins over a directory', async () => {
  const workspace = written('pull.json', 'T1526/pull/pull.json');
  const longest = workspace.path('T1526/pull/pull.json');
  expect(await (await read(workspace.directory)).find(url)).toBe(longest);
  const named = workspace.path('pull.json');
  expect(await (await read(workspace.directory, `pull.json=${named}`)).find(url)).toBe(named);
});

test('a path that climbs leads nowhere', async () => {
  const workspace = written('secret.json', 'data/pull.json');
  const files = await read(workspace.path('data'));
  expect(await files.find('https://media.example/../secret.json')).toBeUndefined();
  expect(await files.find('../data/pull.json')).toBeUndefined();
});

test.each([
  ['nothing', '--data: "nothing" is no directory; write NAME=FILE, or the directory of the data sets'],
  ['a.json=nowhere.json', '--data: there is no file "nowhere.json"'],
])('%s says what is wrong', async (given, message) => {
  expect(await dataFiles([given])).toBe(message);
});
