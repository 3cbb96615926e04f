import { BatchMemory } from './batch-memory.ts';

/** What stays near the processor from the copy to the last look at it (spec/performance.md §3). */
export const blockBytes = 1_048_576;
/** For the block, and for the tables of the scanners that look at it: address space, used as far as it is needed. */
const memoryBytes = 134_217_728;
/** A scanner looks at whole vectors of bytes. */
const marginBytes = 128;

/** A place of `blockBytes` bytes to copy lines to, where a scanner can look at them. */
export interface ScanBlock {
  readonly memory: BatchMemory;
  /** A view of it. */
  readonly bytes: Buffer;
}

/** A new one, with memory of its own; undefined where there is no such memory. */
export function scanBlock(): ScanBlock | undefined {
  const memory = BatchMemory.ofSize(memoryBytes);
  if (memory === undefined) return undefined;
  const offset = memory.reserve(blockBytes + marginBytes, marginBytes);
  return { memory, bytes: memory.buffer.subarray(offset, offset + blockBytes) };
}
