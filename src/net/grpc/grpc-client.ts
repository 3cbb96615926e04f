import {
  connect,
  type ClientHttp2Session,
  type ClientHttp2Stream,
  type IncomingHttpHeaders,
} from 'node:http2';
import type { ConnectionOptions } from 'node:tls';
import { formatDuration } from '../../util/duration.ts';
import { framed, prefixBytes } from './frame.ts';
import { readReply, type GrpcReply } from './grpc-reply.ts';

/** No more of an answer is read; that of a log service is some bytes (spec/reliability.md W21). */
const maxBody = 64 * 1024;

export interface GrpcClientOptions {
  /** `http://` or `https://`, a host and a port. */
  readonly origin: string;
  /** The host that calls are for, where it is not that of `origin`. */
  readonly authority: string | undefined;
  /** For the whole of one call. */
  readonly timeoutMs: number;
}

/** What a call sends. */
export interface CallMessage {
  readonly message: Uint8Array;
  /** By gzip. */
  readonly packed: boolean;
}

/** Makes unary calls to one server, over one connection that is kept open; asks no proxy. */
export class GrpcClient {
  readonly #options: GrpcClientOptions;
  #tls: ConnectionOptions;
  #session: ClientHttp2Session | undefined;

  constructor(options: GrpcClientOptions, tls: ConnectionOptions) {
    this.#options = options;
    this.#tls = tls;
  }

  /** The next connection uses `tls`, and there is no other. */
  renew(tls: ConnectionOptions): void {
    this.#tls = tls;
    this.close();
  }

  /**
   * Calls the method at `path` with one message. Rejects if no status comes: network, TLS, time over, or `signal`.
   */
  async call(
    path: string,
    { message, packed }: CallMessage,
    metadata: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<GrpcReply> {
    const { timeoutMs, authority } = this.#options;
    const headers = {
      ...metadata,
      ':method': 'POST',
      ':path': path,
      ...(authority !== undefined && { ':authority': authority }),
      te: 'trailers',
      'content-type': 'application/grpc',
      'grpc-timeout': `${timeoutMs}m`,
      ...(packed && { 'grpc-encoding': 'gzip' }),
    };
    const limit = new AbortController();
    const stop = (): void => limit.abort(new Error('stopped before an answer came'));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
    const late = new Error(`no answer within ${formatDuration(timeoutMs)}`);
    const timer = setTimeout(() => limit.abort(late), timeoutMs);
    try {
      return await this.#send(headers, framed(message, packed), limit.signal);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    }
  }

  close(): void {
    this.#session?.destroy();
    this.#session = undefined;
  }

  async #send(headers: Record<string, string>, body: Buffer, signal: AbortSignal): Promise<GrpcReply> {
    const kept = this.#usable();
    const session = kept ?? this.#connect();
    try {
      return await exchange(session, headers, body, signal);
    } catch (error) {
      // Nothing is known of a connection on which no answer came; the next call makes a new one.
      this.close();
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      // The server let the idle connection go while we began to write: nobody has read it.
      const stale = kept !== undefined && !signal.aborted && typeof code === 'string' && staleCodes.has(code);
      if (!stale) throw error;
      return this.#send(headers, body, signal);
    }
  }

  #usable(): ClientHttp2Session | undefined {
    const session = this.#session;
    return session === undefined || session.closed || session.destroyed ? undefined : session;
  }

  #connect(): ClientHttp2Session {
    const session = connect(this.#options.origin, { ...this.#tls, settings: { enablePush: false } });
    // It fails the calls that are open; there is nobody else to tell.
    session.on('error', () => {});
    this.#session = session;
    return session;
  }
}

const staleCodes: ReadonlySet<string> = new Set([
  'ECONNRESET',
  'ERR_HTTP2_GOAWAY_SESSION',
  'ERR_HTTP2_INVALID_SESSION',
  'ERR_HTTP2_SESSION_ERROR',
]);

/** One call on a connection. Rejects with the connection's error if that broke before a status came. */
function exchange(
  session: ClientHttp2Session,
  headers: Record<string, string>,
  body: Buffer,
  signal: AbortSignal,
): Promise<GrpcReply> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    let broken: Error | undefined;
    const breaks = (error: Error): void => void (broken ??= error);
    session.once('error', breaks);
    const stream = session.request(headers);
    const abort = (): void => {
      breaks(signal.reason);
      stream.destroy();
    };
    signal.addEventListener('abort', abort);
    stream.on('error', breaks);
    const parts = gather(stream);
    stream.once('close', () => {
      signal.removeEventListener('abort', abort);
      session.off('error', breaks);
      const reply = readReply(parts.headers, parts.trailers, Buffer.concat(parts.chunks));
      if (reply !== undefined) resolve(reply);
      else reject(causeOf(broken));
    });
    stream.end(body);
  });
}

/** Why no status came: what broke the connection stands behind what that did to the call. */
function causeOf(error: Error | undefined): Error {
  if (error?.cause instanceof Error) return error.cause;
  return (
    error ?? new Error('it ended the call without a status; is it a port for gRPC, with TLS or not as here?')
  );
}

/** What comes on `stream`, as it comes; an answer without end is cut off. */
function gather(stream: ClientHttp2Stream): {
  headers: IncomingHttpHeaders;
  trailers: IncomingHttpHeaders;
  readonly chunks: Buffer[];
} {
  const parts = { headers: {}, trailers: {}, chunks: [] as Buffer[] };
  let size = 0;
  stream.on('response', (headers) => (parts.headers = headers));
  stream.on('trailers', (trailers) => (parts.trailers = trailers));
  stream.on('data', (chunk: Buffer) => {
    parts.chunks.push(chunk);
    size += chunk.length;
    if (size > maxBody + prefixBytes) stream.destroy();
  });
  return parts;
}
