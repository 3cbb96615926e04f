import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileStorage } from '../../src/extensions/file-storage.ts';
import { until } from '../e2e/until.ts';
import { TestHost } from '../pipeline/test-host.ts';
import { settings } from '../settings.ts';

let parent: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'riskpipe-storage-'));
});
afterEach(() => rm(parent, { recursive: true }));

const make = (config: object) =>
  fileStorage.create(settings('file_storage'), fileStorage.schema.parse(config));

test('a directory that is not there is refused, and the message says how to have it made', async () => {
  const storage = await make({ directory: join(parent, 'state') });
  await expect(storage.open?.()).rejects.toThrow(
    /state \(ENOENT\); create it, or set "create_directory: true"/,
  );
  expect(existsSync(join(parent, 'state'))).toBe(false);
});

test('create_directory makes it, and what is kept in it is there the next time', async () => {
  const config = { directory: join(parent, 'a', 'b'), create_directory: true };
  const storage = await make(config);
  const work = (await storage.open?.())?.begin();
  work?.put('t', 'k', 'v');
  await work?.commit();
  await storage.shutdown(AbortSignal.timeout(1_000));
  const again = await make(config);
  expect((await again.open?.())?.get('t', 'k')).toBe('v');
  await again.shutdown(AbortSignal.timeout(1_000));
});

test('a file in the place of the directory is refused', async () => {
  await writeFile(join(parent, 'file'), '');
  const storage = await make({ directory: join(parent, 'file') });
  await expect(storage.open?.()).rejects.toThrow('is not a directory');
});

test('a store that is deleted while it is in use ends the process', async () => {
  const directory = join(parent, 'state');
  const storage = await make({ directory, create_directory: true });
  await storage.open?.();
  const host = new TestHost();
  await storage.start(host);
  await rm(directory, { recursive: true });
  await until(
    () => host.failures.length > 0,
    () => 'a failure',
  );
  expect(host.failures[0]?.message).toBe(`the store in ${directory} has been deleted`);
  await storage.shutdown(AbortSignal.timeout(1_000));
});
