import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { checkRemote } from '../../../src/extensions/file-storage/check-remote.ts';
import { RecordingLogger } from '../../recording-logger.ts';

test.each([
  ['NFS', 0x6969],
  ['CIFS', 0xff534d42],
  ['CIFS', 0xff534d42 | 0],
  ['SMB2', 0xfe534d42],
  ['AFS', 0x5346414f],
])('a directory on %s is refused', (name, type) => {
  expect(() => checkRemote('/state', new RecordingLogger(), () => type)).toThrow(
    expect.objectContaining({
      reason: 'unusable',
      message: `the directory /state is on ${name}; the store needs a disk of this machine`,
    }),
  );
});

test.each([
  ['FUSE', 0x65735546],
  ['9P', 0x01021997],
  ['Ceph', 0x00c36400],
])('a directory on %s is taken, with a warning', (name, type) => {
  const log = new RecordingLogger();
  checkRemote('/state', log, () => type);
  expect(log.lines).toEqual([
    `warn: the directory /state is on ${name}: what is committed there is as safe as what lies behind it; ` +
      'better is a disk of this machine',
  ]);
});

test('of a directory of this machine nothing is said', () => {
  const log = new RecordingLogger();
  checkRemote(tmpdir(), log);
  expect(log.lines).toEqual([]);
});
