import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { fileLags, type FileLag } from '../../src/service/file-lag.ts';
import { MemoryStore } from '../../src/store/memory.ts';

/** The lag of a file of 100 bytes, called `name`, of which `row` is stored. */
async function lagOf(name: string, row: object): Promise<Partial<FileLag> | undefined> {
  const directory = mkdtempSync(join(tmpdir(), 'file-lag-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const path = join(directory, name);
  writeFileSync(path, Buffer.alloc(100));
  const { dev, ino } = statSync(path);
  const store = new MemoryStore();
  const transaction = store.begin();
  transaction.put('position/file_log', 'a', {
    path,
    inode: `${dev}:${ino}`,
    offset: 70,
    unseen: false,
    ...row,
  });
  await transaction.commit();
  const [lag] = await fileLags(store, 'file_log', 0n);
  return lag && { state: lag.state, offset: lag.offset, lag: lag.lag };
}

const archived = (size: number, complete: boolean): object => ({
  offset: 5_000,
  archive: { size, modified: '1', complete },
});

for (const [what, name, row, expected] of [
  ['a file is behind by what it has and was not read', 'a.log', {}, { state: 'plain', offset: 70, lag: 30 }],
  [
    'a file that is shorter than what was read is not behind',
    'a.log',
    { offset: 200 },
    { state: 'plain', offset: 200, lag: 0 },
  ],
  [
    'a file in whose place is another is missing',
    'a.log',
    { inode: '1:1' },
    { state: 'missing', offset: 70, lag: null },
  ],
  [
    'a file that is gone is missing',
    'a.log',
    { path: '/nowhere/a.log' },
    { state: 'missing', offset: 70, lag: null },
  ],
  [
    'an archive that was read to its end is not behind',
    'a.log.gz',
    archived(100, true),
    { state: 'archive', offset: 5_000, lag: 0 },
  ],
  [
    'of an archive before its end nobody knows',
    'a.log.gz',
    archived(100, false),
    { state: 'archive', offset: 5_000, lag: null },
  ],
  [
    'nor of one that has grown since',
    'a.log.gz',
    archived(90, true),
    { state: 'archive', offset: 5_000, lag: null },
  ],
  ['nor of one that was never at its end', 'a.log.gz', {}, { state: 'archive', offset: 70, lag: null }],
  ['a file that was not there when the last run began is left out', 'a.log', { unseen: true }, undefined],
] as const) {
  test(what, async () => expect(await lagOf(name, row)).toEqual(expected));
}
