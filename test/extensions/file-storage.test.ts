import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileStorage } from '../../src/extensions/file-storage.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import { rebuilt } from '../../src/store/rebuilt.ts';
import { until } from '../e2e/until.ts';
import { TestHost } from '../pipeline/test-host.ts';
import { RecordingLogger } from '../recording-logger.ts';
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

/** A store with one row and one queued record, whose log has then been overwritten. */
async function damagedStore(): Promise<string> {
  const directory = join(parent, 'state');
  const storage = await make({ directory, create_directory: true });
  const store = await storage.open?.();
  for (const text of ['one', 'two']) {
    const work = store?.begin();
    work?.put('position', 'file', text);
    work?.enqueue('outbox/debug', text);
    await work?.commit();
  }
  await storage.shutdown(AbortSignal.timeout(1_000));
  const log = readdirSync(directory).find((name) => name.endsWith('.log')) ?? '';
  const bytes = readFileSync(join(directory, log));
  await writeFile(join(directory, log), bytes.fill(0, 10, 20));
  return directory;
}

test('a damaged store is refused, by default, with what to do; nothing is touched', async () => {
  const directory = await damagedStore();
  const before = contentOf(directory);
  const storage = await make({ directory });
  await expect(storage.open?.()).rejects.toMatchObject({
    reason: 'corrupt',
    message: expect.stringMatching(
      /^the store in .* is damaged: \d+\.log: it is damaged at byte 0; put a copy of it back, or set "on_corrupt: rebuild"/,
    ),
  });
  expect(contentOf(directory)).toEqual(before);
});

test('on_corrupt: rebuild sets it aside as it is, begins anew, and remembers that it did', async () => {
  const directory = await damagedStore();
  const before = contentOf(directory);
  const log = new RecordingLogger();
  const config = fileStorage.schema.parse({ directory, on_corrupt: 'rebuild' });
  const storage = await fileStorage.create(settings('file_storage', { log }), config);
  const store = await storage.open?.();
  const kept = join(directory, 'corrupt-20260412T120000Z');
  expect(contentOf(kept)).toEqual(before);
  expect(store?.get('position', 'file')).toBeUndefined();
  expect(store && rebuilt(store)).toMatchObject({ at: '2026-04-12T12:00:00Z', kept, told: false });
  expect(log.lines).toEqual([expect.stringContaining(`it is kept in ${kept}, and a new one begins`)]);
  await storage.shutdown(AbortSignal.timeout(1_000));
  const again = await make({ directory });
  expect(rebuilt((await again.open?.()) ?? new MemoryStore())).toMatchObject({ kept });
  await again.shutdown(AbortSignal.timeout(1_000));
});

test('a quota that the store could not work with is refused', () => {
  expect(() => fileStorage.schema.parse({ max_size: '1MiB' })).toThrow('is less than 16MiB');
});

/** The files that a store's content is in, and what they hold. */
function contentOf(directory: string): Readonly<Record<string, string>> {
  const names = readdirSync(directory).filter((name) =>
    /^(\d+\.(log|ldb)|MANIFEST-.*|CURRENT|COMMITTED)$/.test(name),
  );
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(directory, name), 'hex')]));
}
