import { statfs } from 'node:fs/promises';
import { StoreError } from '../../store/store.ts';

/** File systems of other machines, by the number that Linux knows them by (`linux/magic.h`). */
const remote: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB2'],
]);

/**
 * Throws `StoreError` if `directory` is on another machine's disk, where a lock may hold nobody off and a sync may
 * come back before the data is on disk (spec/reliability.md W9). `typeOf`: the type of the file system of a path.
 */
export async function refuseRemote(directory: string, typeOf = fileSystemType): Promise<void> {
  const name = remote.get((await typeOf(directory)) >>> 0);
  if (name === undefined) return;
  throw new StoreError(
    'unusable',
    `the directory ${directory} is on ${name}; the store needs a disk of this machine`,
  );
}

async function fileSystemType(path: string): Promise<number> {
  return (await statfs(path)).type;
}
