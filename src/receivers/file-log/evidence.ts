import { z } from 'zod';
import { hashOf } from '../../record/hash.ts';
import { readAt, type LogSource } from './read-at.ts';

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
export function gatherEvidence(source: LogSource, offset: number, earlier?: Evidence): Evidence {
  const length = Math.min(prefixBytes, offset);
  const prefix = earlier?.prefix.length === length ? earlier.prefix : stretchOf(source, 0, length);
  const guard = stretchOf(source, Math.max(0, offset - guardBytes), Math.min(guardBytes, offset));
  return { prefix, guards: [guard, ...(earlier?.guards ?? [])].slice(0, guardsKept) };
}

/** True if the file's content before the offset is still what `evidence` saw: its beginning and its newest guard. */
export function evidenceHolds(source: LogSource, { prefix, guards }: Evidence): boolean {
  return [prefix, ...guards.slice(0, 1)].every((stretch) => stretchHolds(source, stretch));
}

/** True if the newest guard holds: enough between two reads of a file that is held open. */
export function guardHolds(source: LogSource, { guards }: Evidence): boolean {
  const [newest] = guards;
  return newest === undefined || stretchHolds(source, newest);
}

/** True if so much of the beginning is known that only a copy of the file can have the same. */
export function isDistinctive({ prefix }: Evidence): boolean {
  return prefix.length === prefixBytes;
}

/** Hash of the first bytes that are there now. */
export function firstBytesHash(source: LogSource): string {
  return stretchOf(source, 0, prefixBytes).hash;
}

function stretchHolds(source: LogSource, { start, length, hash }: Stretch): boolean {
  const now = stretchOf(source, start, length);
  return now.length === length && now.hash === hash;
}

function stretchOf(source: LogSource, start: number, length: number): Stretch {
  const bytes = new Uint8Array(length);
  const filled = readAt(source, bytes, start);
  return { start, length: filled, hash: hashOf(bytes.subarray(0, filled)) };
}
