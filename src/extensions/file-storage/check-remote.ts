import type { Logger } from '../../pipeline/logger.ts';
import { StoreError } from '../../store/store.ts';
import { remoteFileSystem, type TypeOf } from '../../util/remote-file-system.ts';

/**
 * Throws `StoreError` if `directory` is on a file system where a lock may hold nobody off and a sync may come back before
 * the data is on disk; says so to `log` where that cannot be known (spec/reliability.md W9).
 */
export function checkRemote(directory: string, log: Logger, typeOf?: TypeOf): void {
  const remote = remoteFileSystem(directory, typeOf);
  if (remote === undefined) return;
  const where = `the directory ${directory} is on ${remote.name}`;
  if (!remote.mayBeSafe) throw new StoreError('unusable', `${where}; the store needs a disk of this machine`);
  log.warn(
    `${where}: what is committed there is as safe as what lies behind it; better is a disk of this machine`,
  );
}
