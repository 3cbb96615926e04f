import { z } from 'zod';
import { hashOf } from '../../record/hash.ts';
import { readAt } from './read-at.ts';

const prefixBytes = 1_024;
const guardBytes = 256;
const guardsKept = 4;

const stretchSchema = z.object({ start: z.number(), length: z.number(), hash: z.string() }).readonly();

/** What a stored position knows about the content before it (design §7). */
export const evidenceSchema = z
  .object({
    /** The first bytes, at most 1,024 of those before the offset. */
    prefix: stretchSchema,
    /** The last bytes, at most 256, before this offset and before a few earlier ones; newest first. */
    guards: z.array(stretchSchema).readonly(),
  })
  .readonly();

type Stretch = z.infer<typeof stretchSchema>;
export type Evidence = z.infer<typeof evidenceSchema>;

/** The evidence for `offset`, building on that for an earlier offset of the same file. */
export function gatherEvidence(fd: number, offset: number, earlier?: Evidence): Evidence {
  const length = Math.min(prefixBytes, offset);
  const prefix = earlier?.prefix.length === length ? earlier.prefix : stretchOf(fd, 0, length);
  const guard = stretchOf(fd, Math.max(0, offset - guardBytes), Math.min(guardBytes, offset));
  return { prefix, guards: [guard, ...(earlier?.guards ?? [])].slice(0, guardsKept) };
}

/** True if the file's content before the offset is still what `evidence` saw: its beginning and its newest guard. */
export function evidenceHolds(fd: number, { prefix, guards }: Evidence): boolean {
  return [prefix, ...guards.slice(0, 1)].every((stretch) => stretchHolds(fd, stretch));
}

/** True if the newest guard holds: enough between two reads of a file that is held open. */
export function guardHolds(fd: number, { guards }: Evidence): boolean {
  const [newest] = guards;
  return newest === undefined || stretchHolds(fd, newest);
}

/** True if so much of the beginning is known that only a copy of the file can have the same. */
export function isDistinctive({ prefix }: Evidence): boolean {
  return prefix.length === prefixBytes;
}

/** Hash of the first bytes that are there now. */
export function firstBytesHash(fd: number): string {
  return stretchOf(fd, 0, prefixBytes).hash;
}

function stretchHolds(fd: number, { start, length, hash }: Stretch): boolean {
  const now = stretchOf(fd, start, length);
  return now.length === length && now.hash === hash;
}

function stretchOf(fd: number, start: number, length: number): Stretch {
  const bytes = new Uint8Array(length);
  const filled = readAt(fd, bytes, start);
  return { start, length: filled, hash: hashOf(bytes.subarray(0, filled)) };
}
