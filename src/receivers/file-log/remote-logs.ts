import type { Logger } from '../../pipeline/logger.ts';
import { printable } from '../../util/printable.ts';
import { remoteFileSystem, type RemoteFileSystem, type TypeOf } from '../../util/remote-file-system.ts';
import type { FollowedFile } from './followed-file.ts';

/**
 * Says, once for each file system, that logs lie on another machine, or wherever a program keeps them: changes may not
 * be reported there, so that they are seen by the poll alone (spec/reliability.md W9).
 */
export class RemoteLogs {
  readonly #settings: { readonly log: Logger; readonly pollMs: number };
  readonly #typeOf: TypeOf | undefined;
  /** By number of device. */
  readonly #seen = new Set<string>();

  constructor(settings: { readonly log: Logger; readonly pollMs: number }, typeOf?: TypeOf) {
    this.#settings = settings;
    this.#typeOf = typeOf;
  }

  /** Takes note of a file that is followed from now on. */
  note({ path, inode }: Pick<FollowedFile, 'path' | 'inode'>): void {
    const [device = ''] = inode.split(':');
    if (this.#seen.has(device)) return;
    this.#seen.add(device);
    const remote = this.#fileSystemOf(path);
    if (remote === undefined) return;
    const { log, pollMs } = this.#settings;
    log.warn(
      `${printable(path)} is on ${remote.name}, which may not report changes: what lies there is looked at every ` +
        `${pollMs} ms, and lines come as late as that file system shows them`,
    );
  }

  #fileSystemOf(path: string): RemoteFileSystem | undefined {
    try {
      return remoteFileSystem(path, this.#typeOf);
    } catch {
      // It has just been renamed, say. The warning is all that is lost.
      return undefined;
    }
  }
}
