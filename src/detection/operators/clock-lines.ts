import { isBlank } from '../../record/blank.ts';
import { lineEnd } from '../../record/line-batch.ts';

/** The stretches of a stream by which its clock goes (design §5). */
export const clockBlock = 65_536;
const lineFeed = 10;

/**
 * Of `bytes`, whole lines from offset `start` of a stream on: for each 64 KiB block of the stream the last line that
 * ends in it, blank ones aside; as `lineSpans` has them. The last of them is the last line of all. Only these lines are
 * looked for, from behind.
 */
export function clockLines(bytes: Buffer, start: number): readonly number[] {
  const found: number[] = [];
  let end = bytes.length;
  while (end > 0) {
    const newline = bytes.lastIndexOf(lineFeed, end - 1);
    if (newline === -1) break;
    const from = newline === 0 ? 0 : bytes.lastIndexOf(lineFeed, newline - 1) + 1;
    const to = lineEnd(bytes, from, newline);
    end = from;
    if (isBlank(bytes, from, to)) continue;
    found.push(to, from);
    const block = Math.floor((start + newline) / clockBlock);
    end = Math.min(end, block * clockBlock - start);
  }
  return found.reverse();
}
