import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { refuseRemote } from '../../../src/extensions/file-storage/refuse-remote.ts';

test.each([
  ['NFS', 0x6969],
  ['CIFS', 0xff534d42],
  ['CIFS', 0xff534d42 | 0],
  ['SMB2', 0xfe534d42],
])('a directory on %s is refused', async (name, type) => {
  await expect(refuseRemote('/state', async () => type)).rejects.toMatchObject({
    reason: 'unusable',
    message: `the directory /state is on ${name}; the store needs a disk of this machine`,
  });
});

test('a directory of this machine is not', async () => {
  await expect(refuseRemote(tmpdir())).resolves.toBeUndefined();
});
