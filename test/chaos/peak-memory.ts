import { readFileSync } from 'node:fs';
import type { Program } from '../e2e/process.ts';

/** The most memory that a running program has had resident so far, in bytes. */
export function peakMemory({ id }: Program): number {
  const kib = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1];
  return Number(kib ?? 0) * 1_024;
}
