import type { Logger } from '../../pipeline/logger.ts';
import { formatBytes } from '../../util/byte-size.ts';
import { printable } from '../../util/printable.ts';
import type { Arrival } from './file-intake.ts';

const named = 10;

/** Says which files are read from where, and how much lies before the reader: the first ten one by one. */
export function logArrivals(log: Logger, arrivals: readonly Arrival[]): void {
  for (const arrival of arrivals.slice(0, named)) log.info(sentence(arrival));
  const others = arrivals.slice(named);
  if (others.length === 0) return;
  const behind = others.reduce((sum, { file }) => sum + file.behind, 0);
  log.info(`reading ${others.length} more files, ${formatBytes(behind)} behind`);
}

function sentence({ file, from }: Arrival): string {
  const where = from === 'a stored position' ? `byte ${file.position.offset}` : from;
  return `reading ${printable(file.path)} from ${where}, ${formatBytes(file.behind)} behind`;
}
