import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { AuditEvents, Expected, Line } from './audit-events.ts';
import { seeded } from './random.ts';

interface Habits {
  /** Lines after which `audit.log` is renamed and begun anew; none: never. */
  readonly rotateEvery?: number;
  /** How much of the lines is written in two halves: 0 to 1. */
  readonly split?: number;
  readonly seed?: number;
}

/** The lines of one threshold: when they happened, and in how many files they are. */
export interface Counted {
  readonly times: Set<string>;
  readonly files: Set<number>;
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
  #linesInFile = 0;

  constructor(directory: string, events: AuditEvents, habits: Habits = {}) {
    this.#directory = directory;
    this.#events = events;
    this.#habits = { rotateEvery: Infinity, split: 0, seed: 1, ...habits };
    this.#random = seeded(this.#habits.seed);
    this.path = join(directory, 'audit.log');
    this.#descriptor = openSync(this.path, 'a');
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
    renameSync(this.path, this.#rotated(this.rotations));
    this.#descriptor = openSync(this.path, 'a');
    this.rotations++;
    this.#linesInFile = 0;
  }

  /** Deletes the rotated file of that number, as an apiserver does with its oldest. */
  forget(file: number): void {
    rmSync(this.#rotated(file), { force: true });
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #count(key: string, time: string): Counted {
    const counted = this.#counted.get(key) ?? { times: new Set(), files: new Set() };
    this.#counted.set(key, counted);
    counted.times.add(time);
    counted.files.add(this.rotations);
    return counted;
  }

  #rotated(file: number): string {
    return join(this.#directory, `audit-${String(file).padStart(6, '0')}.log`);
  }
}
