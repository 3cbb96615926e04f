import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StoreError } from '../store.ts';
import { inFile } from './in-file.ts';
import { readLog } from './log-records.ts';
import { readManifest, type Manifest } from './manifest.ts';

/** What the LevelDB in `directory` consists of, which nobody may write to meanwhile. Throws `StoreError`. */
export function currentManifest(directory: string): Manifest {
  const current = readFileSync(join(directory, 'CURRENT'), 'latin1');
  if (!/^MANIFEST-\d{6,}\n$/.test(current))
    throw new StoreError('corrupt', 'CURRENT does not name a MANIFEST');
  const name = current.trim();
  return inFile(name, () => {
    const { records, damagedAt, isTorn } = readLog(readFileSync(join(directory, name)));
    if (damagedAt !== undefined && !isTorn) throw new RangeError(`it is damaged at byte ${damagedAt}`);
    if (records.length === 0) throw new RangeError('it holds nothing');
    return readManifest(records);
  });
}
