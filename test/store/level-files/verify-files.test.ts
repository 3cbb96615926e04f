import { appendFileSync, readFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyFiles } from '../../../src/store/level-files/verify-files.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'riskpipe-files-'));
});
afterEach(() => rm(directory, { recursive: true }));

/** Lets LevelDB write `values`, a batch each; `compact`: into tables as well. */
async function write(values: readonly string[], compact = false): Promise<void> {
  const db = new ClassicLevel(directory, { writeBufferSize: 64 * 1024 });
  for (const [index, value] of values.entries()) await db.put(`key ${index}`, value);
  if (compact) await db.compactRange('', '~');
  await db.close();
}

const path = (pattern: RegExp): string => {
  const name = readdirSync(directory).find((found) => pattern.test(found));
  if (name === undefined) throw new Error(`there is no ${pattern} in ${directory}`);
  return join(directory, name);
};

function flip(file: string, at: number, mask = 1): void {
  const bytes = readFileSync(file);
  bytes[at] = (bytes[at] ?? 0) ^ mask;
  writeFileSync(file, bytes);
}

test('an empty directory holds no store', () => {
  expect(verifyFiles(directory)).toEqual({ exist: false, torn: undefined });
});

test('whatever LevelDB writes is whole', async () => {
  let tables = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ maxLength: 40_000, size: 'max' }), { minLength: 1, maxLength: 12 }),
      fc.boolean(),
      async (values, compact) => {
        await write(values, compact);
        expect(verifyFiles(directory)).toEqual({ exist: true, torn: undefined });
        tables += readdirSync(directory).filter((name) => name.endsWith('.ldb')).length;
      },
    ),
    { seed: 6, numRuns: 25 },
  );
  expect(tables).toBeGreaterThan(0);
});

test('the torn end of the newest log is what a crash may leave', async () => {
  await write(['one', 'two'.repeat(30_000)]);
  const log = path(/\.log$/);
  truncateSync(log, 50_000);
  expect(verifyFiles(directory)).toEqual({ exist: true, torn: log.slice(directory.length + 1) });
});

test('a crash while a torn log was read leaves it with an empty one behind it', async () => {
  await write(['one', 'two']);
  const log = path(/\.log$/);
  truncateSync(log, readFileSync(log).length - 1);
  writeFileSync(join(directory, '000099.log'), '');
  expect(verifyFiles(directory)).toEqual({ exist: true, torn: log.slice(directory.length + 1) });
});

test('a log with records behind a torn one is damage', async () => {
  await write(['one', 'two']);
  const log = path(/\.log$/);
  writeFileSync(join(directory, '000099.log'), readFileSync(log));
  truncateSync(log, readFileSync(log).length - 1);
  expect(() => verifyFiles(directory)).toThrow(
    /000099.log: it goes on behind \d+.log, which is damaged at byte/,
  );
});

test('NUL bytes behind the last record are a torn end, too', async () => {
  await write(['one']);
  appendFileSync(path(/\.log$/), new Uint8Array(5_000));
  expect(verifyFiles(directory).torn).toMatch(/\.log$/);
});

test('a damaged record with another behind it is damage', async () => {
  await write(['one', 'two']);
  flip(path(/\.log$/), 20);
  expect(() => verifyFiles(directory)).toThrow(/^\d+\.log: it is damaged at byte 0$/);
});

test('a damaged length does not hide the record behind it', async () => {
  await write(['one', 'two']);
  flip(path(/\.log$/), 5, 0x40);
  expect(() => verifyFiles(directory)).toThrow('it is damaged at byte 0');
});

test('a flipped bit in a block of a table is found, and where', async () => {
  await write(['one', 'two'], true);
  flip(path(/\.ldb$/), 3);
  expect(() => verifyFiles(directory)).toThrow(/\.ldb: the block at byte 0 does not match its checksum/);
});

test('a flipped bit at the end of a table is found', async () => {
  await write(['one', 'two'], true);
  const table = path(/\.ldb$/);
  for (const back of [1, 20, 47]) {
    flip(table, readFileSync(table).length - back);
    expect(() => verifyFiles(directory)).toThrow(/\.ldb: /);
    flip(table, readFileSync(table).length - back);
  }
  expect(verifyFiles(directory).exist).toBe(true);
});

test('a table that is shorter than the MANIFEST says is found', async () => {
  await write(['one', 'two'], true);
  const table = path(/\.ldb$/);
  truncateSync(table, readFileSync(table).length - 1);
  expect(() => verifyFiles(directory)).toThrow(/\.ldb: it has \d+ bytes and should have \d+/);
});

test('a missing table is found', async () => {
  await write(['one', 'two'], true);
  await rm(path(/\.ldb$/));
  expect(() => verifyFiles(directory)).toThrow(/the file \d+\.ldb is missing/);
});

test('a missing CURRENT is not taken for a store that is still to be made', async () => {
  await write(['one']);
  await rm(join(directory, 'CURRENT'));
  expect(() => verifyFiles(directory)).toThrow(/the file CURRENT is missing beside \d+\.log/);
});

test('a CURRENT that is a picture is found', async () => {
  await write(['one']);
  writeFileSync(join(directory, 'CURRENT'), Buffer.from('ffd8ffe000104a464946', 'hex'));
  expect(() => verifyFiles(directory)).toThrow('CURRENT does not name a MANIFEST');
});

test('a damaged MANIFEST is found', async () => {
  await write(['one', 'two'], true);
  flip(path(/^MANIFEST/), 10);
  expect(() => verifyFiles(directory)).toThrow(/MANIFEST-\d+: it is damaged at byte 0/);
});
