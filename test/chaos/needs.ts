import { spawnSync } from 'node:child_process';
import { existsSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** Something that a machine may lack: says what, or undefined if it is there. */
export type Need = () => string | undefined;

/** Linux: `/proc`, `fdatasync`, signals as the tests use them. */
export const linux: Need = () => (process.platform === 'linux' ? undefined : 'needs Linux');

export const root: Need = () => (process.getuid?.() === 0 ? undefined : 'needs root');

/** Programs by the arguments with which they show that they work. */
export const command =
  (...words: readonly [string, ...string[]]): Need =>
  () => {
    const [file, ...args] = words;
    return spawnSync(file, args, { stdio: 'ignore' }).status === 0 ? undefined : `needs ${file}`;
  };

/** A mount namespace of its own, in which a tmpfs can be mounted. */
export const ownMounts: Need = () =>
  root() ?? command('unshare', '-m', 'mount', '-t', 'tmpfs', 'none', '/mnt')();

/** Loop devices. */
export const loopDevices: Need = () =>
  ownMounts() ??
  command('mkfs.ext4', '-V')() ??
  (existsSync('/dev/loop-control') ? undefined : 'needs loop devices');

/** System calls of other processes can be made to fail. */
export const strace: Need = () =>
  linux() ?? command('strace', '-e', 'inject=fdatasync:error=EIO:when=9999', 'true')();

/** So many bytes of free space for temporary files. */
export const space =
  (bytes: number): Need =>
  () => {
    const { bavail, bsize } = statfsSync(tmpdir());
    return bavail * bsize > bytes ? undefined : `needs ${bytes / 2 ** 30} GiB free in ${tmpdir()}`;
  };
