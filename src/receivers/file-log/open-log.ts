import { closeSync, constants, fstatSync, lstatSync, openSync, statSync, type BigIntStats } from 'node:fs';
import { errorCode } from '../../util/error-code.ts';
import { SourceError } from './read-at.ts';

/** What `stat` says about a file, as far as it matters here. */
export interface FileFacts {
  /** `device:inode`, exact for 64-bit inode numbers. */
  readonly inode: string;
  readonly size: number;
  /** How many names it has. */
  readonly links: number;
  /** Nanoseconds since 1970. */
  readonly modified: bigint;
  /** Undefined for a regular file; otherwise what it is. */
  readonly otherKind: string | undefined;
}

/** A regular file that is open for reading. */
export interface OpenLog {
  readonly fd: number;
  readonly facts: FileFacts;
}

/** Facts about the file at `path`; undefined if there is none. Throws `SourceError`. */
export function factsAt(path: string): FileFacts | undefined {
  try {
    const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
    return stat && factsOf(stat);
  } catch (error) {
    throw openError(path, error);
  }
}

/** Facts about an open file. Throws `SourceError`. */
export function factsOfOpen(fd: number, path: string): FileFacts {
  try {
    return factsOf(fstatSync(fd, { bigint: true }));
  } catch (error) {
    throw openError(path, error);
  }
}

/** Opens `path` without ever waiting; undefined if it is gone. Throws `SourceError` if it is not readable or no file. */
export function openLog(path: string): OpenLog | undefined {
  let fd: number;
  try {
    // Without O_NONBLOCK, opening a FIFO that took the log's place waits for a writer.
    fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw openError(path, error);
  }
  const facts = factsOfOpen(fd, path);
  if (facts.otherKind === undefined) return { fd, facts };
  closeSync(fd);
  throw notRegular(path, facts.otherKind);
}

/** The complaint about a directory, FIFO, socket or device that has the name of a log. */
export function notRegular(path: string, kind: string): SourceError {
  return new SourceError(`${path} is ${kind}, not a regular file; it is left alone`);
}

/** The complaint about a symbolic link that leads nowhere; undefined if there is nothing at all at `path`. */
export function deadLink(path: string): SourceError | undefined {
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  return isLink ? new SourceError(`${path} is a link to nothing; waiting for what it leads to`) : undefined;
}

function factsOf(stat: BigIntStats): FileFacts {
  return {
    inode: `${stat.dev}:${stat.ino}`,
    size: Number(stat.size),
    links: Number(stat.nlink),
    modified: stat.mtimeNs,
    otherKind: otherKind(stat),
  };
}

function otherKind(stat: BigIntStats): string | undefined {
  if (stat.isFile()) return undefined;
  if (stat.isDirectory()) return 'a directory';
  if (stat.isFIFO()) return 'a FIFO';
  if (stat.isSocket()) return 'a socket';
  return 'a device';
}

/** True if a file could not be opened because the process, or the machine, has no descriptor left. */
export const isOutOfDescriptors = ({ cause }: SourceError): boolean =>
  ['EMFILE', 'ENFILE'].includes(errorCode(cause));

/** The complaint about what lies at `path` and cannot be opened, or listed, for the reason `error`. */
export function openError(path: string, error: unknown): SourceError {
  const code = errorCode(error);
  const remedy =
    code === 'EACCES' || code === 'EPERM'
      ? `; audit logs have mode 0600: run as the owner of the file or give its group read access`
      : '';
  return new SourceError(`cannot read ${path}: ${code}${remedy}`, { cause: error });
}
