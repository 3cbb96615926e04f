import { onTestFinished } from 'vitest';
import type { Arrivals } from './arrivals.ts';
import type { AuditWriter } from './audit-writer.ts';

/** How fast a log grows, and how many of its rotated files stay after something of a later one has arrived. */
interface Pace {
  readonly everyMs: number;
  readonly lines: number;
  readonly filesKept: number;
}

/** On a busy machine nobody could ever catch up with a writer who does not wait. */
const longestLag = 20_000;

/**
 * Writes until the returned function is called, and deletes rotated files that have long been read. It pauses while
 * what arrives is too many lines behind.
 */
export function keepWriting(
  writer: AuditWriter,
  arrivals: Arrivals,
  { everyMs, lines, filesKept }: Pace,
): () => void {
  let forgotten = 0;
  const timer = setInterval(() => {
    if (writer.lines - arrivals.newestLine < longestLag) writer.write(lines);
    const read = arrivals.newestFile - filesKept;
    while (forgotten < read) writer.forget(forgotten++);
  }, everyMs);
  const stop = (): void => clearInterval(timer);
  onTestFinished(stop);
  return stop;
}
