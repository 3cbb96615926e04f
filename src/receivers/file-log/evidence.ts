import { z } from 'zod';
import { hashOf } from '../../record/hash.ts';
import { readAt, type LogSource } from './read-at.ts';

const prefixBytes = 1_024;
const guardBytes = 256;
const guardsKept = 16;
const hashOfHole = hashOf(new Uint8Array(guardBytes));

const stretchSchema = z.object({ start: z.number(), length: z.number(), hash: z.string() }).readonly();

/** What a stored position knows about the content before it (design §7). */
export const evidenceSchema = z
  .object({
    /** The first bytes, at most 1,024 of those before the offset. */
    prefix: stretchSchema,
    /** The last bytes, at most 256, before this offset and before earlier ones, ever farther back; newest first. */
    guards: z.array(stretchSchema).readonly(),
  })
  .readonly();

type Stretch = z.infer<typeof stretchSchema>;
export type Evidence = z.infer<typeof evidenceSchema>;

/** What a position knows of the content before it. */
interface Known {
  readonly evidence: Evidence;
  readonly eventTime: string | null;
}

/** The evidence for `offset`, building on that for an earlier offset of the same file. */
export function gatherEvidence(source: LogSource, offset: number, earlier?: Evidence): Evidence {
  const length = Math.min(prefixBytes, offset);
  const prefix = earlier?.prefix.length === length ? earlier.prefix : stretchOf(source, 0, length);
  const guard = stretchOf(source, Math.max(0, offset - guardBytes), Math.min(guardBytes, offset));
  return { prefix, guards: thinned([guard, ...(earlier?.guards ?? [])]).slice(0, guardsKept) };
}

/** True if the file's content before the offset is still what `evidence` saw: its beginning and its newest guard. */
export function evidenceHolds(source: LogSource, { prefix, guards }: Evidence): boolean {
  return [prefix, ...guards.slice(0, 1)].every((stretch) => stretchHolds(source, stretch));
}

/**
 * What is still true of `evidence` if only its newest guards are not: the file has lost its end, or has got another one
 * (spec/reliability.md W34). Undefined if nothing before the offset is as it was, or too little to be sure: one hole of
 * NULs is like any other.
 */
export function olderEvidence(source: LogSource, { prefix, guards }: Evidence): Evidence | undefined {
  if (!stretchHolds(source, prefix)) return undefined;
  const index = guards.findIndex(
    (guard) => endOf(guard) >= prefix.length && guard.hash !== hashOfHole && stretchHolds(source, guard),
  );
  return index <= 0 ? undefined : { prefix, guards: guards.slice(index) };
}

/** The offset that `evidence` is for. */
export const evidenceOffset = ({ guards }: Evidence): number => (guards[0] ? endOf(guards[0]) : 0);

/** True if the newest guard holds: enough between two reads of a file that is held open. */
export function guardHolds(source: LogSource, { guards }: Evidence): boolean {
  const [newest] = guards;
  return newest === undefined || stretchHolds(source, newest);
}

/**
 * True if so much was read up to a position that only a copy of the file can begin alike: 1 KiB, or all there was with an
 * event in it, since no two events have the same id and time to the microsecond.
 */
export function isDistinctive({ evidence, eventTime }: Known): boolean {
  return evidence.prefix.length === prefixBytes || eventTime !== null;
}

/** Hash of the first bytes that are there now. */
export function firstBytesHash(source: LogSource): string {
  return stretchOf(source, 0, prefixBytes).hash;
}

const endOf = ({ start, length }: Stretch): number => start + length;

/** Without those guards that lie close between two others, so that each is about twice as far back as the one before. */
function thinned(guards: readonly Stretch[]): readonly Stretch[] {
  const newest = guards[0] === undefined ? 0 : endOf(guards[0]);
  const kept = [...guards];
  const back = (index: number): number => newest - endOf(kept[index] ?? { start: 0, length: 0, hash: '' });
  for (let index = 2; index + 1 < kept.length;) {
    if (back(index + 1) <= 2 * back(index - 1)) kept.splice(index, 1);
    else index++;
  }
  return kept;
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
