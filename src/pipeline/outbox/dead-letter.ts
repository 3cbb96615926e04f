import type { Time } from '../../record/time.ts';

/** A record that its backend will not take, and why. */
export interface DeadLetter {
  readonly reason: string;
  /** The HTTP status that refused it; undefined if there was none, or it was set aside by an earlier version. */
  readonly status: number | undefined;
  readonly at: Time;
  /** As `encodeRecord` wrote it: what is sent again has the same bytes. */
  readonly record: string;
}

export function encodeDeadLetter({ reason, status, at, record }: DeadLetter): string {
  return JSON.stringify({ reason, status, at: at.toString(), record });
}

/** Throws if `text` is not what `encodeDeadLetter` wrote. */
export function decodeDeadLetter(text: string): DeadLetter {
  const { reason, status, at, record }: Record<'reason' | 'at' | 'record', string> & { status?: number } =
    JSON.parse(text);
  return { reason, status, at: BigInt(at), record };
}
