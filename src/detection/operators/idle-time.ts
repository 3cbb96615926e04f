import type { Time } from '../../record/time.ts';
import { leastClock, type Streams } from './streams.ts';

/**
 * What the watermark may rise to as wall time comes to `now`: streams that brought nothing for `timeout` are dropped,
 * and when none is left event time follows wall time, so that windows close on a quiet log. Undefined if it may not
 * rise.
 *
 * `since`: from when on idle time counts at all. A restart, with a backlog still to be read, is no silence.
 */
export function idleTime(streams: Streams, now: Time, since: Time, timeout: Time): Time | undefined {
  const idle = (seen: Time): boolean => now - (seen > since ? seen : since) >= timeout;
  const rows = streams.all();
  for (const [stream, { seen }] of rows) if (idle(seen)) streams.drop(stream);
  const active = rows.filter(([, { seen }]) => !idle(seen));
  if (active.length > 0) return leastClock(active.map(([, row]) => row));
  const { seen } = streams;
  return seen !== undefined && idle(seen) ? now : undefined;
}
