import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { formatTime, fromMillis } from '../../src/record/time.ts';
import { fileLags, type FileLag } from '../../src/service/file-lag.ts';
import { MemoryStore } from '../../src/store/memory.ts';

const now = fromMillis(1_775_995_200_000);

/** The lag of a file of 100 bytes, called `name`, of which `row` is stored; its last event is 30 seconds old. */
async function lagOf(name: string, row: object): Promise<Omit<FileLag, 'path'> | undefined> {
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
    eventTime: formatTime(now - fromMillis(30_000)),
    ...row,
  });
  await transaction.commit();
  const [lag] = await fileLags(store, 'file_log', now);
  return lag && { state: lag.state, offset: lag.offset, lag: lag.lag, lagSeconds: lag.lagSeconds };
}

const archived = (size: number, complete: boolean): object => ({
  offset: 5_000,
  archive: { size, modified: '1', complete },
});

for (const [what, name, row, ...expected] of [
  ['a file is behind by what was not read of it, and since its last event', 'a.log', {}, 'plain', 70, 30, 30],
  ['a file that is shorter than what was read is not behind', 'a.log', { offset: 200 }, 'plain', 200, 0, 0],
  [
    'a file that was read to its end is not behind, however old',
    'a.log',
    { offset: 100 },
    'plain',
    100,
    0,
    0,
  ],
  [
    'since when is not known before an event told its time',
    'a.log',
    { eventTime: null },
    'plain',
    70,
    30,
    null,
  ],
  ['nor if that time is none', 'a.log', { eventTime: 'yesterday' }, 'plain', 70, 30, null],
  [
    'nobody is behind an event of the future',
    'a.log',
    { eventTime: formatTime(now + 1_000_000n) },
    'plain',
    70,
    30,
    0,
  ],
  ['a file in whose place is another is missing', 'a.log', { inode: '1:1' }, 'missing', 70, null, null],
  ['a file that is gone is missing', 'a.log', { path: '/nowhere/a.log' }, 'missing', 70, null, null],
  [
    'an archive that was read to its end is not behind',
    'a.log.gz',
    archived(100, true),
    'archive',
    5_000,
    0,
    0,
  ],
  [
    'of an archive before its end nobody knows',
    'a.log.gz',
    archived(100, false),
    'archive',
    5_000,
    null,
    null,
  ],
  ['nor of one that has grown since', 'a.log.gz', archived(90, true), 'archive', 5_000, null, null],
  ['nor of one that was never at its end', 'a.log.gz', {}, 'archive', 70, null, null],
] as const) {
  test(what, async () => {
    const [state, offset, lag, lagSeconds] = expected;
    expect(await lagOf(name, row)).toEqual({ state, offset, lag, lagSeconds });
  });
}

test('a file that was not there when the last run began is left out', async () => {
  expect(await lagOf('a.log', { unseen: true })).toBeUndefined();
});
