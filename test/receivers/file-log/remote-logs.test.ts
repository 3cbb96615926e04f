import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { RemoteLogs } from '../../../src/receivers/file-log/remote-logs.ts';
import { RecordingLogger } from '../../recording-logger.ts';

const numbers: Readonly<Record<string, number>> = { '/nfs': 0x6969, '/fuse': 0x65735546, '/ext4': 0xef53 };
const typeOf = (path: string): number => {
  const number = numbers[path.slice(0, path.lastIndexOf('/'))];
  if (number === undefined) throw new Error('ENOENT: no such file or directory');
  return number;
};

test('each remote file system is told once, however many logs lie there, and a local one is not', () => {
  const log = new RecordingLogger();
  const logs = new RemoteLogs({ log, pollMs: 250 }, typeOf);
  for (const [path, inode] of [
    ['/ext4/a.log', '1:1'],
    ['/nfs/a.log', '2:1'],
    ['/nfs/b.log', '2:2'],
    ['/gone/a.log', '3:1'],
    ['/fuse/a.log', '4:1'],
    ['/nfs/c.log', '2:3'],
  ] as const)
    logs.note({ path, inode });
  const told = 'which may not report changes: what lies there is looked at every 250 ms';
  expect(log.lines).toEqual([
    `warn: /nfs/a.log is on NFS, ${told}, and lines come as late as that file system shows them`,
    `warn: /fuse/a.log is on FUSE, ${told}, and lines come as late as that file system shows them`,
  ]);
});

test('of the disk of this machine nothing is said', () => {
  const log = new RecordingLogger();
  new RemoteLogs({ log, pollMs: 250 }).note({ path: import.meta.filename, inode: '1:1' });
  expect(log.lines).toEqual([]);
});

describe('a receiver', () => {
  beforeAll(() => {
    vi.doMock('../../../src/util/remote-file-system.ts', () => ({
      remoteFileSystem: () => ({ name: 'NFS', mayBeSafe: false }),
    }));
    // Other files of this run load the receiver with the real file systems, before and after.
    vi.resetModules();
  });
  afterAll(() => {
    vi.doUnmock('../../../src/util/remote-file-system.ts');
    vi.resetModules();
  });

  test('says that a log is on NFS when it finds it, and reads it', async () => {
    const { eventually, tailScene } = await import('./tail-scene.ts');
    const scene = tailScene();
    const path = scene.path('audit.log');
    await scene.start({ include: path });
    await eventually(() => expect(scene.caughtUpBy).toEqual(['file_log']));
    const told = (): readonly string[] => scene.log.lines.filter((line) => line.includes('is on NFS'));
    expect(told()).toEqual([]);
    writeFileSync(path, 'one\n');
    await eventually(() => expect(scene.texts).toEqual(['one']));
    expect(told()).toEqual([expect.stringContaining(`warn: ${path} is on NFS`)]);
  });
});
