import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readFiles } from '../../src/util/read-files.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'riskpipe-files-'));
  await mkdir(join(directory, 'sub'));
  for (const name of ['b.yaml', 'a.yaml', 'sub/c.yaml', 'd.txt'])
    await writeFile(join(directory, name), name);
});
afterEach(() => rm(directory, { recursive: true }));

test('files come sorted, each once however many patterns name it', async () => {
  const { files, problems } = await readFiles(['*.yaml', 'a.yaml', '**/*.yaml'], directory, 'x');
  expect(files.map(({ text }) => text)).toEqual(['a.yaml', 'b.yaml', 'sub/c.yaml']);
  expect(problems).toEqual([]);
});

test('a pattern that matches nothing is a problem at its place', async () => {
  const { files, problems } = await readFiles(['*.yaml', 'nothing/*.yml'], directory, 'detections');
  expect(files.length).toBe(2);
  expect(problems).toMatchObject([
    { path: 'detections[1]', message: `no file matches "nothing/*.yml" in ${directory}` },
  ]);
});

test('a file that may not be read is a problem, the others are read', async () => {
  await chmod(directory, 0o755);
  await chmod(join(directory, 'a.yaml'), 0);
  const { files, problems } = await asNobody(() => readFiles(['*.yaml'], directory, 'x'));
  expect(files.map(({ text }) => text)).toEqual(['b.yaml']);
  expect(problems).toMatchObject([{ message: 'could not be read (EACCES)' }]);
});

/** Root may read everything, so what root runs is run as nobody. */
async function asNobody<T>(run: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return run();
  process.seteuid?.(65_534);
  try {
    return await run();
  } finally {
    process.seteuid?.(0);
  }
}
