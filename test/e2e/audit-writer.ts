import {
  closeSync,
  copyFileSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { AuditEvents, Expected, Line } from './audit-events.ts';
import { seeded } from './random.ts';

export interface Habits {
  /** Lines after which `audit.log` is renamed and begun anew; none: never. */
  readonly rotateEvery?: number;
  /** How much of the lines is written in two halves: 0 to 1. */
  readonly split?: number;
  /** False: the log is open at an offset of its own, as an apiserver's is after a rotation (spec/k8s-audit.md §12). */
  readonly append?: boolean;
  /** Rotated files that stay; the oldest beyond them is deleted at each rotation. Default: all. */
  readonly keep?: number;
  readonly seed?: number;
}

/** The lines of one threshold: when they happened, and in which files they are. */
export interface Counted {
  readonly times: Set<string>;
  readonly files: Set<string>;
}

/** A finding to come, and where its line is. */
export interface Written extends Expected {
  /** For a threshold, all of its lines. */
  readonly counted: Counted | undefined;
  /** The how-manieth line of all it was, from 1. */
  readonly line: number;
  /** The how-manieth file. */
  readonly file: number;
}

/**
 * Writes an audit log as kube-apiserver does: it appends whole lines to `audit.log`, now and then in two halves,
 * and rotates by renaming it to `audit-<number>.log` and creating it anew. It knows what is to be found.
 */
export class AuditWriter {
  readonly path: string;
  /** What is to be found in all that was written, by key. */
  readonly expected = new Map<string, Written>();
  lines = 0;
  rotations = 0;
  readonly #counted = new Map<string, Counted>();
  readonly #events: AuditEvents;
  readonly #habits: Required<Habits>;
  readonly #random: () => number;
  readonly #directory: string;
  #descriptor: number;
  /** Another file, that is being written instead of the log. */
  #other: string | undefined;
  #linesInFile = 0;

  constructor(directory: string, events: AuditEvents, habits: Habits = {}) {
    this.#directory = directory;
    this.#events = events;
    this.#habits = { rotateEvery: Infinity, split: 0, append: true, keep: Infinity, seed: 1, ...habits };
    this.#random = seeded(this.#habits.seed);
    this.path = join(directory, 'audit.log');
    this.#descriptor = this.#create();
  }

  /** Appends `count` lines of whatever the cluster does. */
  write(count: number): void {
    for (let index = 0; index < count; index++) this.append(this.#events.next());
  }

  /** Appends one line in which something is to be found. */
  writeSuspicious(): Written {
    const line = this.#events.suspiciousPull();
    this.append(line);
    const written = this.expected.get(line.expected?.key ?? '');
    if (written === undefined) throw new Error('a suspicious pull is expected to be found');
    return written;
  }

  /** Appends lines that nobody will get to read: nothing is expected of them, and they are not counted. */
  skip(count: number): void {
    for (let index = 0; index < count; index++)
      writeSync(this.#descriptor, `${this.#events.suspiciousPull().text}\n`);
  }

  append({ text, time, counts, expected }: Line): void {
    const bytes = Buffer.from(`${text}\n`);
    this.lines++;
    const counted = counts === undefined ? undefined : this.#count(counts, time);
    if (expected !== undefined) {
      this.expected.set(expected.key, { ...expected, counted, line: this.lines, file: this.rotations });
    }
    const middle = this.#random() < this.#habits.split ? Math.floor(this.#random() * bytes.length) : 0;
    writeSync(this.#descriptor, bytes, 0, middle);
    writeSync(this.#descriptor, bytes, middle);
    if (++this.#linesInFile >= this.#habits.rotateEvery) this.rotate();
  }

  rotate(): void {
    closeSync(this.#descriptor);
    renameSync(this.path, this.rotated(this.rotations));
    this.#descriptor = this.#create();
    this.#turn();
  }

  /** Rotates as logrotate does with `copytruncate`: the copy is complete before the log is emptied. */
  copyTruncate(): void {
    copyFileSync(this.path, this.rotated(this.rotations));
    ftruncateSync(this.#descriptor);
    this.#turn();
  }

  /** Compresses a rotated file beside itself, piece by piece, and then deletes it (spec/k8s-audit.md §12). */
  compress(file: number): string {
    const plain = this.rotated(file);
    const packed = `${plain}.gz`;
    const bytes = gzipSync(readFileSync(plain));
    const descriptor = openSync(packed, 'w');
    for (let at = 0; at < bytes.length; at += 4_096)
      writeSync(descriptor, bytes, at, Math.min(4_096, bytes.length - at));
    closeSync(descriptor);
    rmSync(plain);
    return packed;
  }

  /** Begins the log anew, as a restarted apiserver does; what it was is left as it is. */
  begin(): void {
    closeSync(this.#descriptor);
    this.#descriptor = this.#create();
    this.#turn();
  }

  /** Renames the log and makes no new one; `begin` does. */
  moveAway(): void {
    renameSync(this.path, this.rotated(this.rotations));
  }

  /** Appends lines of the same cluster to another file. */
  writeTo(path: string, count: number): void {
    const own = this.#descriptor;
    this.#descriptor = openSync(path, 'a');
    this.#other = path;
    this.write(count);
    closeSync(this.#descriptor);
    this.#descriptor = own;
    this.#other = undefined;
  }

  /** Deletes the log under itself and goes on writing to it. */
  unlink(): void {
    rmSync(this.path);
  }

  /** The inode of the file that is being written. */
  get inode(): bigint {
    return fstatSync(this.#descriptor, { bigint: true }).ino;
  }

  /** Where the rotated file of that number is. */
  rotated(file: number): string {
    return join(this.#directory, `audit-${String(file).padStart(6, '0')}.log`);
  }

  /** Deletes the rotated file of that number, as an apiserver does with its oldest. */
  forget(file: number): void {
    rmSync(this.rotated(file), { force: true });
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #count(key: string, time: string): Counted {
    const counted = this.#counted.get(key) ?? { times: new Set(), files: new Set() };
    this.#counted.set(key, counted);
    counted.times.add(time);
    counted.files.add(this.#other ?? String(this.rotations));
    return counted;
  }

  #turn(): void {
    this.rotations++;
    this.#linesInFile = 0;
    if (this.rotations > this.#habits.keep) this.forget(this.rotations - this.#habits.keep - 1);
  }

  #create(): number {
    return openSync(this.path, this.#habits.append ? 'a' : 'w');
  }
}
