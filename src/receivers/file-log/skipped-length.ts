import type { Skip } from './file-position.ts';
import { findNulRun, nulRunEnd } from './nul-run.ts';

const newline = 10;

/** How many bytes of `chunk` still belong to what is skipped. */
export function skippedLength({ kind }: Skip, chunk: Uint8Array): number {
  if (kind === 'foreign') return chunk.length;
  return kind === 'nul' ? nulRunEnd(chunk, 0) : restOfLine(chunk);
}

/** How many bytes of `chunk` still belong to the line that it begins within. */
function restOfLine(chunk: Uint8Array): number {
  const end = chunk.indexOf(newline);
  const line = end === -1 ? chunk : chunk.subarray(0, end);
  return findNulRun(line, 0)?.start ?? line.length;
}
