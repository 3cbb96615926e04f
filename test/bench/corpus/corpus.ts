import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { writeLog } from './write-log.ts';

/** A log that everybody reads. */
export interface Corpus {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly lines: number;
}

const seed = 42;
// Part of the file's name: raise it when the generator writes other bytes.
const edition = 1;
const pieceBytes = 1_048_576;

/** The synthetic log; written on first use, which takes half a minute a gigabyte. */
export function syntheticCorpus(cache: string, bytes: number): Corpus {
  const path = join(cache, `synthetic-${edition}-${seed}-${bytes}.jsonl`);
  if (!existsSync(path)) {
    mkdirSync(cache, { recursive: true });
    writeLog(path, bytes, seed);
  }
  return corpusOf('synthetic', path);
}

/** A recorded log over and over, until it is about `bytes`; at least once. */
export function repeatedCorpus(name: string, source: string, cache: string, bytes: number): Corpus {
  const path = join(cache, `${name}-${bytes}.jsonl`);
  if (!existsSync(path)) repeat(source, path, Math.max(1, Math.round(bytes / statSync(source).size)));
  return corpusOf(name, path);
}

/** Writes `source` to `path`, `times` times. */
export function repeat(source: string, path: string, times: number): void {
  mkdirSync(dirname(path), { recursive: true });
  const half = `${path}.${process.pid}`;
  const fd = openSync(half, 'w');
  try {
    for (let time = 0; time < times; time++) copyInto(source, fd);
  } finally {
    closeSync(fd);
  }
  renameSync(half, path);
}

/** Counts the lines, and so has the whole file read once: it is in the page cache afterwards. */
export function corpusOf(name: string, path: string): Corpus {
  let lines = 0;
  const bytes = eachPiece(path, (piece) => {
    for (let at = piece.indexOf(10); at !== -1; at = piece.indexOf(10, at + 1)) lines++;
  });
  return { name, path, bytes, lines };
}

function copyInto(source: string, fd: number): void {
  let last: number | undefined;
  eachPiece(source, (piece) => {
    for (let written = 0; written < piece.length;) written += writeSync(fd, piece, written);
    last = piece.at(-1);
  });
  if (last !== 10) writeSync(fd, '\n');
}

/** Hands on the whole file; its size. */
function eachPiece(path: string, take: (piece: Uint8Array) => void): number {
  const buffer = new Uint8Array(pieceBytes);
  const fd = openSync(path, 'r');
  let bytes = 0;
  try {
    for (let read; (read = readSync(fd, buffer)) > 0; bytes += read) take(buffer.subarray(0, read));
  } finally {
    closeSync(fd);
  }
  return bytes;
}
