import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { currentManifest } from './current-manifest.ts';
import { tableName } from './table-file.ts';

/**
 * Deletes the tables in `directory` that no longer belong, or never came to belong, to the LevelDB there, which has to
 * be closed. LevelDB does so itself, but only after it has written a new table: on a disk that was filled by what a
 * failed compaction has left it could not be opened. Throws `StoreError`.
 */
export function dropOrphans(directory: string): void {
  const { tables } = currentManifest(directory);
  const known = new Set([...tables].map(([number]) => tableName(number)));
  for (const name of readdirSync(directory)) {
    if (name.endsWith('.ldb') && !known.has(name)) rmSync(join(directory, name), { force: true });
  }
}
