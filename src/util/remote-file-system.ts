import { statfsSync } from 'node:fs';

/** A file system whose files are kept by another machine, or by a program that may keep them anywhere. */
export interface RemoteFileSystem {
  readonly name: string;
  /** False: a lock may hold nobody off, and a sync may come back too early. True: nobody can tell. */
  readonly mayBeSafe: boolean;
}

/**
 * By the number that Linux knows them by (statfs(2), `linux/magic.h`). FUSE is also the number of virtiofs, and 9P that
 * of every file in a sandbox of gVisor.
 */
const remote: ReadonlyMap<number, RemoteFileSystem> = new Map([
  [0x6969, { name: 'NFS', mayBeSafe: false }],
  [0x517b, { name: 'SMB', mayBeSafe: false }],
  [0xff534d42, { name: 'CIFS', mayBeSafe: false }],
  [0xfe534d42, { name: 'SMB2', mayBeSafe: false }],
  [0x5346414f, { name: 'AFS', mayBeSafe: false }],
  [0x6b414653, { name: 'AFS', mayBeSafe: false }],
  [0x73757245, { name: 'Coda', mayBeSafe: false }],
  [0x65735546, { name: 'FUSE', mayBeSafe: true }],
  [0x01021997, { name: '9P', mayBeSafe: true }],
  [0x00c36400, { name: 'Ceph', mayBeSafe: true }],
]);

/** The number of the file system that a path lies on. Throws the error of the system call. */
export type TypeOf = (path: string) => number;

const typeOfPath: TypeOf = (path) => statfsSync(path).type;

/** The remote file system that `path` lies on, as `typeOf` tells; undefined for a disk of this machine. */
export function remoteFileSystem(path: string, typeOf = typeOfPath): RemoteFileSystem | undefined {
  // Above 31 bits it may come as a negative number.
  return remote.get(typeOf(path) >>> 0);
}
