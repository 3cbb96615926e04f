import type { Dice } from '../bench/corpus/dice.ts';
import type { Inode, ModelFiles } from './model-files.ts';
import type { VirtualTime } from './virtual-time.ts';

/** A line that was written. */
export interface WrittenLine {
  readonly text: string;
  /** It was destroyed, or may have been, before it was certainly read: both with and without it all is well. */
  doubtful: boolean;
  /** It was certainly read and committed. */
  read: boolean;
}

/** A line and where it ends in its file. */
interface Placed {
  readonly line: WrittenLine;
  readonly end: number;
}

const backups = 3;
/** A line may be so long; `oversize` ones are longer. */
export const maxLine = 2_000;

/** Writes an audit log into modelled files as the API server does, and as those do who rotate logs (spec/k8s-audit.md §12). */
export class LogWriter {
  /** Complete lines that are events, in the order in which they were written. */
  readonly lines: WrittenLine[] = [];
  /** Complete lines that are none. */
  malformed = 0;
  oversize = 0;
  /** Runs of NULs that a power cut left behind the lines. */
  holes = 0;
  /** Lines may be counted twice, or in part: what a truncation or a power cut leaves is no longer one log. */
  uncountable = false;
  /** Something was done that may have destroyed what nobody has read. */
  destructive = false;
  /** A file is gone, read or not. */
  deleted = false;
  readonly path: string;
  readonly #files: ModelFiles;
  readonly #time: VirtualTime;
  readonly #dice: Dice;
  readonly #content = new Map<Inode, readonly Placed[]>();
  readonly #seen = new Set<Inode>();
  /** Files with complete lines that are no events. */
  readonly #odd = new Set<Inode>();
  #inode: Inode;
  /** What is still to be written of the line that was begun. */
  #rest = '';
  #count = 0;
  /** The last event that was made, without its newline. */
  #latest = '';
  #aside = 0;

  constructor(files: ModelFiles, time: VirtualTime, dice: Dice) {
    this.#files = files;
    this.#time = time;
    this.#dice = dice;
    this.path = `${files.directory}/audit.log`;
    this.#inode = files.create(this.path);
  }

  /** Every name that the receiver is told of. */
  static include(directory: string): readonly string[] {
    const numbers = Array.from({ length: backups }, (_, index) => `.${backups - index}`);
    return [...numbers, ''].map((suffix) => `${directory}/audit.log${suffix}`);
  }

  write(lines: number): void {
    this.finish();
    for (let index = 0; index < lines; index++) this.#append(`${this.#line()}\n`);
  }

  /** Half a line. */
  begin(): void {
    if (this.#rest !== '') return;
    const text = `${this.#line()}\n`;
    const cut = 1 + this.#dice.below(text.length - 1);
    this.#files.append(this.#inode, text.slice(0, cut));
    this.#rest = text.slice(cut);
  }

  /** The rest of the line that was begun. */
  finish(): void {
    if (this.#rest === '') return;
    this.#files.append(this.#inode, this.#rest);
    this.#rest = '';
    this.#complete();
  }

  writeJunk(): void {
    this.finish();
    this.malformed++;
    this.#odd.add(this.#inode);
    this.#files.append(this.#inode, 'this is no event\n');
  }

  writeOversize(): void {
    this.finish();
    this.oversize++;
    this.#odd.add(this.#inode);
    this.#files.append(this.#inode, `{"line":${this.#count++},"filler":"${'x'.repeat(maxLine)}"}\n`);
  }

  /** As lumberjack and logrotate do, with names that the receiver knows. What falls off the end is deleted. */
  rotate(): void {
    this.finish();
    this.#prune();
    for (let number = backups - 1; number > 0; number--) {
      this.#files.rename(`${this.path}.${number}`, `${this.path}.${number + 1}`);
    }
    this.#files.rename(this.path, `${this.path}.1`);
    this.#inode = this.#files.create(this.path);
  }

  /** To a name that no pattern matches. */
  rotateAway(): void {
    this.finish();
    if (!this.#seen.has(this.#inode)) this.#doubt(this.#inode);
    this.#files.rename(this.path, `${this.path}-away-${++this.#aside}`);
    this.#inode = this.#files.create(this.path);
  }

  /** Deletes the log under its reader and begins a new one, which usually gets the same inode. */
  replace(): void {
    this.finish();
    this.#doubt(this.#inode);
    this.deleted = true;
    this.#inode = this.#files.create(this.path);
  }

  /** Copies the log to a name that no pattern matches and truncates it; a writer that does not append leaves a hole. */
  copyTruncate(appends: boolean): void {
    this.finish();
    const { bytes } = this.#inode;
    const copy = this.#files.create(`${this.path}-copy-${++this.#aside}`);
    this.#files.append(copy, bytes.toString());
    this.#truncate(0);
    if (!appends) {
      this.#files.overwrite(this.#inode, bytes.length, `${this.#line()}\n`);
      this.#complete();
    }
  }

  /** Truncates the log and writes until it is longer than before. */
  regrow(): void {
    this.finish();
    const size = this.#inode.bytes.length;
    this.#truncate(0);
    do this.#append(`${this.#line()}\n`);
    while (this.#inode.bytes.length <= size);
  }

  /** Another file with the same content takes the place of the log. */
  replaceByCopy(): void {
    this.finish();
    const before = this.#inode;
    const lines = this.#content.get(before) ?? [];
    const aside = `${this.path}-copied-${++this.#aside}`;
    const copy = this.#files.create(aside);
    this.#files.append(copy, before.bytes.toString());
    this.#files.rename(aside, this.path);
    this.#content.set(copy, lines);
    this.#inode = copy;
    // A short file has too little content to be known by it: it may be read again.
    this.uncountable = true;
  }

  /** The kernel has written back everything so far. */
  sync(): void {
    this.#inode.synced = this.#inode.bytes.length;
  }

  /** The machine lost power: what was not synced is gone, and some of its place may be NULs. */
  losePower(): void {
    this.finish();
    const { bytes } = this.#inode;
    const kept = bytes.lastIndexOf(10, Math.max(0, this.#inode.synced - 1)) + 1;
    this.#truncate(this.#inode.synced === 0 ? 0 : kept);
    if (this.#dice.chance(0.5)) {
      this.holes++;
      this.#files.overwrite(this.#inode, this.#inode.bytes.length + 1 + this.#dice.below(600), '');
    }
  }

  /** The reader says that it has committed everything there is. */
  markRead(): void {
    for (const name of this.#files.names) {
      const inode = this.#files.at(name);
      if (inode === undefined || !LogWriter.include(this.#files.directory).includes(name)) continue;
      this.#seen.add(inode);
      for (const { line } of this.#content.get(inode) ?? []) if (!line.doubtful) line.read = true;
    }
  }

  /** Deletes the oldest backup. */
  #prune(): void {
    const oldest = `${this.path}.${backups}`;
    const inode = this.#files.at(oldest);
    if (inode === undefined) return;
    this.#doubt(inode);
    this.deleted = true;
    this.#files.unlink(oldest);
  }

  #truncate(size: number): void {
    if (size < this.#inode.bytes.length) {
      this.#doubt(this.#inode, size);
      this.uncountable = true;
    }
    // What the reader knows of it is no longer true: under a name that no pattern matches it would not know it again.
    this.#seen.delete(this.#inode);
    const placed = this.#content.get(this.#inode) ?? [];
    this.#content.set(
      this.#inode,
      placed.filter(({ end }) => end <= size),
    );
    this.#files.truncate(this.#inode, size);
  }

  /** What stands behind `size` in a file, or all of it, may be lost. */
  #doubt(inode: Inode, size = 0): void {
    if (this.#odd.has(inode)) this.destructive = true;
    for (const { line, end } of this.#content.get(inode) ?? []) {
      if (line.read || end <= size) continue;
      line.doubtful = true;
      this.destructive = true;
    }
  }

  #append(text: string): void {
    this.#files.append(this.#inode, text);
    this.#complete();
  }

  #complete(): void {
    const line = { text: this.#latest, doubtful: false, read: false };
    this.lines.push(line);
    const placed = this.#content.get(this.#inode) ?? [];
    this.#content.set(this.#inode, [...placed, { line, end: this.#inode.bytes.length }]);
  }

  /** An event: most are of no interest, some are found one by one, some count. */
  #line(): string {
    const kind = this.#dice.share();
    const number = this.#count++;
    const user = `${this.#dice.chance(0.03) ? 'poison' : this.#dice.chance(0.03) ? 'huge' : 'user'}-${number}`;
    if (kind < 0.3) return this.#event('delete', user, 200);
    if (kind < 0.4) return this.#event('connect', user, 200);
    if (kind < 0.7) return this.#event('get', `guest-${this.#dice.below(4)}`, 403);
    return this.#event('update', 'system:node:n1', 200);
  }

  #event(verb: string, username: string, code: number): string {
    const stamp = new Date(this.#time.start + this.#time.now).toISOString().replace('Z', '000Z');
    this.#latest = JSON.stringify({
      kind: 'Event',
      apiVersion: 'audit.k8s.io/v1',
      auditID: `id-${this.#count}`,
      stage: 'ResponseComplete',
      verb,
      user: { username },
      responseStatus: { code },
      stageTimestamp: stamp,
    });
    return this.#latest;
  }
}
