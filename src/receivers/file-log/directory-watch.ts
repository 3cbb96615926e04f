import { join } from 'node:path';
import { FSWatcher } from 'chokidar';
import { factsAt } from './open-log.ts';

/** What a directory watch reports. */
export interface WatchEvents {
  /** The file at `path` was written to. */
  changed(path: string): void;
  /** A name in a watched directory came or went. */
  renamed(): void;
  /** Watching is over: there is only the poll from now on. Called once. */
  failed(error: unknown): void;
}

/**
 * Tells what the kernel tells, and nothing else: by itself it would list a directory, and look at every file in it,
 * over and over while any of them grows.
 */
class RawWatcher extends FSWatcher {
  override _readdirp(): undefined {
    return undefined;
  }
}

/**
 * Watches directories by chokidar's `raw` event, the only one that is neither
 * throttled nor lossy (design §7). It makes reading prompt, not complete: a
 * poll has to back it.
 */
export class DirectoryWatch {
  readonly #events: WatchEvents;
  /** Directory to inode: one that was made anew has to be watched anew. */
  #watched = new Map<string, string>();
  #watcher: FSWatcher | undefined;

  constructor(events: WatchEvents) {
    this.#events = events;
    this.#watcher = new RawWatcher({ ignorePermissionErrors: true })
      .on('raw', (event, name, details) => this.#report(event, name, details))
      .on('error', (error) => this.#fail(error));
  }

  /** Watches just these directories, as far as they exist. */
  cover(directories: ReadonlySet<string>): void {
    if (!this.#watcher) return;
    const now = new Map<string, string>();
    for (const directory of directories) {
      const inode = inodeOf(directory);
      if (inode !== undefined) now.set(directory, inode);
    }
    const before = this.#watched;
    this.#watched = now;
    for (const [directory, inode] of before) {
      if (now.get(directory) !== inode) this.#watcher.unwatch(directory);
    }
    const added = [...now.keys()].filter((directory) => before.get(directory) !== now.get(directory));
    if (added.length > 0) this.#watcher.add(added);
  }

  async close(): Promise<void> {
    const watcher = this.#watcher;
    this.#watcher = undefined;
    await watcher?.close();
  }

  #report(event: string, name: string, details: unknown): void {
    const directory = watchedPath(details);
    if (event !== 'change' || !name || directory === undefined) this.#events.renamed();
    else this.#events.changed(join(directory, name));
  }

  #fail(error: unknown): void {
    if (!this.#watcher) return;
    void this.close();
    this.#events.failed(error);
  }
}

function inodeOf(directory: string): string | undefined {
  try {
    return factsAt(directory)?.inode;
  } catch {
    return undefined;
  }
}

function watchedPath(details: unknown): string | undefined {
  if (typeof details !== 'object' || details === null || !('watchedPath' in details)) return undefined;
  return typeof details.watchedPath === 'string' ? details.watchedPath : undefined;
}
