import { linkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CommitWitness } from './commit-witness.ts';
import { LeanLevel } from './lean-level.ts';
import { openError } from './level-error.ts';
import { verifyFiles } from './level-files/verify-files.ts';
import { load, type Loaded } from './level-load.ts';
import { StoreError } from './store.ts';

/** A store whose files, rows and last commit are what was written. */
export interface Opened {
  readonly db: LeanLevel;
  readonly loaded: Loaded;
  readonly witness: CommitWitness;
}

/**
 * Opens the LevelDB in `directory`, which nobody else may write to meanwhile. Throws `StoreError`; if that is
 * `corrupt`, all that something can still be learned from is where it was.
 */
export async function openVerified(directory: string): Promise<Opened> {
  const db = new LeanLevel(directory);
  try {
    const witnessed = CommitWitness.read(directory);
    const { exist, torn } = verifyFiles(directory);
    if (!exist && witnessed > 0)
      throw new StoreError('corrupt', `${witnessed} commits were made, and no file is left`);
    const kept = torn === undefined ? undefined : keepTorn(directory, torn);
    await db.open();
    const loaded = await load(db);
    if (loaded.commit < witnessed) {
      const found = `it ends with commit ${loaded.commit}, and commit ${witnessed} was made`;
      throw new StoreError(
        'corrupt',
        kept === undefined ? found : `${found}; the damaged log is kept as ${kept}`,
      );
    }
    if (kept !== undefined) rmSync(join(directory, kept));
    return { db, loaded, witness: new CommitWitness(directory) };
  } catch (error) {
    await db.close();
    throw error instanceof StoreError ? named(directory, error) : openError(directory, error);
  }
}

/** LevelDB deletes a log once it has read it. If its end was more than torn, it is worth a look. */
function keepTorn(directory: string, name: string): string {
  const kept = `${name}.torn`;
  rmSync(join(directory, kept), { force: true });
  linkSync(join(directory, name), join(directory, kept));
  return kept;
}

function named(directory: string, { reason, message }: StoreError): StoreError {
  const state = reason === 'corrupt' ? 'is damaged' : 'cannot be used';
  return new StoreError(reason, `the store in ${directory} ${state}: ${message}`);
}
