import { formatTime, type Time } from '../record/time.ts';
import type { State, Store } from '../store/store.ts';
import { redactBody } from './redact-body.ts';

/** A body that was not what it should be. */
export interface Quarantined {
  /** The sender's address. */
  readonly source: string;
  readonly reason: string;
  /** Of all of it. */
  readonly bytes: number;
  /** What `hashOf` makes of all of it. */
  readonly hash: string;
  /** Its beginning, as `redactBody` leaves it. */
  readonly text: string;
}

/** So many bodies are kept at most, the latest ones. */
const mostBodies = 100;

/** Keeps a body for whoever has to find out what was wrong with it. Part of the unit of work that answers for it. */
export function quarantine(
  state: State,
  receiver: string,
  body: Buffer,
  about: Pick<Quarantined, 'source' | 'reason' | 'hash'>,
  now: Time,
): void {
  const table = tableOf(receiver);
  const row = { ...about, bytes: body.length, text: redactBody(body) };
  const [oldest] = state.keys(table);
  if (oldest !== undefined && state.count(table) >= mostBodies) state.delete(table, oldest);
  // Keys sort by time; two of one moment differ by their hash.
  state.put(table, `${now} ${about.hash}`, row);
}

/** What is kept for a receiver, oldest first: when it came, RFC 3339, and what it was. */
export function quarantinedBy(
  store: Pick<Store, 'scan'>,
  receiver: string,
): readonly (Quarantined & { readonly at: string })[] {
  return store.scan(tableOf(receiver)).map(([key, row]) => {
    const [at = ''] = key.split(' ', 1);
    return { at: formatTime(BigInt(at)), ...(row as unknown as Quarantined) };
  });
}

const tableOf = (receiver: string): string => `quarantine/${receiver}`;
