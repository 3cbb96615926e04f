import { closeSync, openSync, renameSync, writeSync } from 'node:fs';
import { Cluster } from './cluster.ts';
import { nextLine } from './mix.ts';

const pieceBytes = 4_194_304;

/** Writes a log of about `bytes` to `path`: the same seed and size always write the same bytes. */
export function writeLog(path: string, bytes: number, seed: number): void {
  const cluster = new Cluster(seed);
  const half = `${path}.${process.pid}`;
  const fd = openSync(half, 'w');
  let written = 0;
  try {
    while (written < bytes) {
      const piece = Buffer.from(linesOf(cluster, Math.min(pieceBytes, bytes - written)));
      written += writeSync(fd, piece);
    }
  } finally {
    closeSync(fd);
  }
  renameSync(half, path);
}

/** Lines until they are `length` characters together. */
function linesOf(cluster: Cluster, length: number): string {
  const lines: string[] = [];
  for (let total = 0; total < length;) {
    const line = nextLine(cluster);
    lines.push(line, '\n');
    total += line.length + 1;
  }
  return lines.join('');
}
