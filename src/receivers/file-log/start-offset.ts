import { readAt } from './read-at.ts';

const blockBytes = 65_536;

/** Where `start_at: end` begins: behind the last newline. Undefined if there is none in the last `most` bytes. */
export function endOffset(fd: number, size: number, most: number): number | undefined {
  const block = new Uint8Array(blockBytes);
  const least = Math.max(0, size - most);
  for (let end = size; end > least;) {
    const start = Math.max(least, end - blockBytes);
    const filled = readAt(fd, block.subarray(0, end - start), start);
    const newline = block.subarray(0, filled).lastIndexOf(10);
    if (newline !== -1) return start + newline + 1;
    end = start;
  }
  return least === 0 ? 0 : undefined;
}
