import { constants, type ServerHttp2Session } from 'node:http2';

/** How long a connection may last and what it may ask for, in milliseconds, by gRPC's names for keepalive. */
export interface ConnectionBounds {
  /** Without a call for so long it is closed. */
  readonly idleMs: number;
  /** After so long it is asked to go; undefined: never. */
  readonly ageMs: number | undefined;
  /** Calls that are open then may go on for so long. */
  readonly graceMs: number;
  /** So often we ask whether the other side is still there. */
  readonly pingMs: number;
  /** And wait so long for its answer. */
  readonly pingTimeoutMs: number;
  /** The other side may ask us so often at most. */
  readonly minPingMs: number;
  /** And only during a call, unless this is true. */
  readonly pingsWithoutCall: boolean;
}

/** So many pings may come too early: they may have been held up on their way. */
const forgivenPings = 2;

/** Holds `session` to its bounds for as long as it lives (gRPC proposals A8 and A9). */
export function boundConnection(session: ServerHttp2Session, bounds: ConnectionBounds): void {
  const timers = [setInterval(() => askWhetherAlive(session, bounds.pingTimeoutMs), bounds.pingMs).unref()];
  const { ageMs } = bounds;
  if (ageMs !== undefined) timers.push(setTimeout(() => letGo(session, bounds.graceMs), ageMs).unref());
  session.once('close', () => timers.forEach(clearTimeout));
  const calls = watchIdleness(session, bounds.idleMs);
  watchPings(session, calls, bounds);
}

/** What is open goes on; nothing new begins. */
function letGo(session: ServerHttp2Session, graceMs: number): void {
  session.close();
  const patience = setTimeout(() => session.destroy(), graceMs).unref();
  session.once('close', () => clearTimeout(patience));
}

function askWhetherAlive(session: ServerHttp2Session, timeoutMs: number): void {
  if (session.destroyed) return;
  const patience = setTimeout(() => session.destroy(), timeoutMs).unref();
  if (!session.ping(() => clearTimeout(patience))) clearTimeout(patience);
}

/** Closes a session without calls; returns how many it has. */
function watchIdleness(session: ServerHttp2Session, idleMs: number): () => number {
  let calls = 0;
  const wait = (): NodeJS.Timeout => setTimeout(() => session.close(), idleMs).unref();
  let idle = wait();
  session.on('stream', (stream) => {
    calls++;
    clearTimeout(idle);
    stream.once('close', () => {
      if (--calls === 0 && !session.destroyed) idle = wait();
    });
  });
  session.once('close', () => clearTimeout(idle));
  return () => calls;
}

/** Ends a session that keeps asking whether we are there (GOAWAY with "too_many_pings"). */
function watchPings(session: ServerHttp2Session, calls: () => number, bounds: ConnectionBounds): void {
  let early = 0;
  let last = -Infinity;
  session.on('stream', () => (early = 0));
  session.on('ping', () => {
    const now = performance.now();
    const allowed = calls() > 0 || bounds.pingsWithoutCall;
    if (!allowed || now - last < bounds.minPingMs) early++;
    last = now;
    if (early <= forgivenPings || session.destroyed) return;
    session.goaway(constants.NGHTTP2_ENHANCE_YOUR_CALM, 0, Buffer.from('too_many_pings'));
    session.destroy();
  });
}
