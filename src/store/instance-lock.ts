import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { printable } from '../util/printable.ts';
import { openError } from './level-error.ts';
import { StoreError } from './store.ts';

const ownerFile = 'owner.json';

interface Owner {
  readonly pid: number;
  readonly host: string;
}

/**
 * Makes sure that one process at a time has a directory, from before its files are verified until they are closed.
 * It is the lock of an empty LevelDB in the folder `lock`, for Node has none of its own: it goes with the process,
 * however that ends. `owner.json` says who has it; what it says without the lock means nothing.
 */
export class InstanceLock {
  readonly #db: ClassicLevel;

  private constructor(db: ClassicLevel) {
    this.#db = db;
  }

  /** Throws `StoreError` at once: `locked`, with the owner, if another process has it. */
  static async acquire(directory: string): Promise<InstanceLock> {
    try {
      const lock = new InstanceLock(await openLock(join(directory, 'lock')));
      introduce(directory);
      return lock;
    } catch (error) {
      const known = openError(directory, error);
      throw known.reason === 'locked' ? new StoreError('locked', inUse(directory), { cause: error }) : known;
    }
  }

  release(): Promise<void> {
    return this.#db.close();
  }
}

async function openLock(place: string): Promise<ClassicLevel> {
  mkdirSync(place, { recursive: true, mode: 0o700 });
  const db: ClassicLevel = new ClassicLevel(place);
  try {
    await db.open();
  } catch (error) {
    if (openError(place, error).reason === 'locked') throw error;
    // It may be damaged, and holds nothing that could be lost.
    await ClassicLevel.destroy(place);
    await db.open();
  }
  return db;
}

/** Says who has it; on a full disk it stays unsaid. */
function introduce(directory: string): void {
  const owner: Owner = { pid: process.pid, host: hostname() };
  try {
    writeFileSync(join(directory, ownerFile), `${JSON.stringify(owner)}\n`);
  } catch {
    return;
  }
}

function inUse(directory: string): string {
  const by = `another riskpipe${ownerOf(directory)}`;
  return `the store in ${directory} is in use by ${by}; give each instance its own directory`;
}

/** ` (process 123 on node-1, since 2026-04-12T12:00:00.000Z)`; empty while a new owner has yet to write it. */
function ownerOf(directory: string): string {
  try {
    const path = join(directory, ownerFile);
    const owner = JSON.parse(readFileSync(path, 'utf8')) as Owner;
    const since = statSync(path).mtime.toISOString();
    return ` (process ${owner.pid} on ${printable(owner.host)}, since ${since})`;
  } catch {
    return '';
  }
}
