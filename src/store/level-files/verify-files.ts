import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StoreError } from '../store.ts';
import { readLog } from './log-records.ts';
import { inFile } from './in-file.ts';
import { currentManifest } from './current-manifest.ts';
import type { Manifest } from './manifest.ts';
import { tableName, verifyTable } from './table-file.ts';

/** What is known of the files of a store that may be opened. */
export interface VerifiedFiles {
  /** False if there is no store yet. */
  readonly exist: boolean;
  /** The name of the write-ahead log whose end a crash has torn, if there is one. */
  readonly torn: string | undefined;
}

/**
 * Reads the files of the LevelDB in `directory` before LevelDB does, which passes over some damage without a word:
 * it leaves out records of its log that do not match their checksum, and reads blocks of tables without comparing
 * theirs. Here either is `corrupt`; only the torn end of the newest log is what a crash may leave. It must be the
 * last commit's, which nobody was told of: `CommitWitness` knows.
 *
 * No other process may write meanwhile. Throws `StoreError`, which names the file.
 */
export function verifyFiles(directory: string): VerifiedFiles {
  const names = readdirSync(directory);
  if (!names.includes('CURRENT')) {
    const left = names.find((name) => /^\d+\.(log|ldb)$/.test(name));
    if (left !== undefined) throw new StoreError('corrupt', `the file CURRENT is missing beside ${left}`);
    return { exist: false, torn: undefined };
  }
  const manifest = currentManifest(directory);
  for (const [number, size] of manifest.tables) {
    const name = tableName(number);
    inFile(name, () => {
      const bytes = readFileSync(join(directory, name));
      if (bytes.length !== size) throw new RangeError(`it has ${bytes.length} bytes and should have ${size}`);
      verifyTable(bytes);
    });
  }
  return { exist: true, torn: verifyLogs(directory, logsOf(names, manifest)) };
}

/** The write-ahead logs in use, oldest first. */
function logsOf(names: readonly string[], { firstLog }: Manifest): readonly string[] {
  const logs = names.filter((name) => /^\d+\.log$/.test(name) && Number.parseInt(name, 10) >= firstLog);
  return logs.toSorted((one, other) => Number.parseInt(one, 10) - Number.parseInt(other, 10));
}

/** The name of the log with a torn end, if there is one. */
function verifyLogs(directory: string, logs: readonly string[]): string | undefined {
  let torn: { readonly name: string; readonly at: number } | undefined;
  for (const name of logs) {
    inFile(name, () => {
      const { records, damagedAt, isTorn } = readLog(readFileSync(join(directory, name)));
      if (damagedAt !== undefined && !isTorn) throw new RangeError(`it is damaged at byte ${damagedAt}`);
      // A log with records follows only one that is wholly on disk; an empty one follows a start that a crash ended.
      if (torn && records.length > 0)
        throw new RangeError(`it goes on behind ${torn.name}, which is damaged at byte ${torn.at}`);
      if (damagedAt !== undefined) torn ??= { name, at: damagedAt };
    });
  }
  return torn?.name;
}
