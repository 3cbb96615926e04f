import {
  createSecureServer,
  createServer,
  type Http2SecureServer,
  type Http2Server,
  type IncomingHttpHeaders,
  type SecureServerOptions,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import { gunzipSync } from 'node:zlib';
import { decoded } from '../../otlp/decoded.ts';
import { listen } from '../../../src/util/listen.ts';

/** How one call is answered; success with an empty message if nothing is said. */
export interface Answer {
  readonly http?: number;
  readonly code?: number;
  readonly message?: string;
  /** A google.rpc.Status. */
  readonly details?: Uint8Array;
  /** What comes as the message, with its prefix. */
  readonly body?: Uint8Array;
  /** Instead of an answer: nothing at all, the end of the stream, or the end of the connection, by a reset or not. */
  readonly ends?: 'never' | 'at once' | 'with the connection' | 'with a reset';
}

interface Request {
  readonly headers: IncomingHttpHeaders;
  readonly message: Buffer;
}

/** A gRPC server of Node's HTTP/2 that answers as it is told, one answer a call, and with success from then on. */
export class GrpcBackend {
  readonly requests: Request[] = [];
  readonly script: Answer[];
  readonly #server: Http2Server | Http2SecureServer;
  readonly #sessions = new Set<ServerHttp2Session>();
  /** Connections so far. */
  connections = 0;
  /** Calls whose answer did not go out whole. */
  cut = 0;
  endpoint = '';

  private constructor(script: readonly Answer[], tls: SecureServerOptions | undefined) {
    this.script = [...script];
    this.#server = tls === undefined ? createServer() : createSecureServer(tls);
    this.#server.on('session', (session) => {
      this.connections++;
      this.#sessions.add(session);
      session.on('error', () => {});
      session.once('close', () => this.#sessions.delete(session));
    });
    this.#server.on('stream', (stream, headers) => this.#serve(stream, headers));
  }

  static async start(script: readonly Answer[] = [], tls?: SecureServerOptions): Promise<GrpcBackend> {
    const backend = new GrpcBackend(script, tls);
    ({ endpoint: backend.endpoint } = await listen(backend.#server, '127.0.0.1:0'));
    return backend;
  }

  /** The bodies of the records of each call. */
  get bodies(): readonly (readonly unknown[])[] {
    return this.requests.map(({ message }) =>
      decoded(message, 'proto')
        .flat()
        .map(({ body }) => body),
    );
  }

  /** Lets go of all connections, as a server does that balances its load. */
  disconnect(): void {
    for (const session of this.#sessions) session.close();
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const session of this.#sessions) session.destroy();
    await closed;
  }

  #serve(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
    const chunks: Buffer[] = [];
    stream.on('error', () => {});
    stream.once('close', () => {
      if (!stream.writableFinished) this.cut++;
    });
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      const sent = Buffer.concat(chunks).subarray(5);
      const message = headers['grpc-encoding'] === 'gzip' ? gunzipSync(sent) : sent;
      this.requests.push({ headers, message });
      answer(stream, this.script.shift() ?? {});
    });
  }
}

function answer(stream: ServerHttp2Stream, given: Answer): void {
  const { http = 200, code = 0, message = '', details, body = Buffer.alloc(5), ends } = given;
  if (ends === 'never') return;
  if (ends === 'at once') return stream.close();
  if (ends === 'with the connection') return stream.session?.destroy();
  if (ends === 'with a reset') return void stream.session?.socket.resetAndDestroy();
  if (http !== 200) return stream.respond({ ':status': http }, { endStream: true });
  const status = {
    'grpc-status': String(code),
    'grpc-message': message,
    ...(details && { 'grpc-status-details-bin': Buffer.from(details).toString('base64') }),
  };
  const head = { ':status': 200, 'content-type': 'application/grpc' };
  if (code !== 0) return stream.respond({ ...head, ...status }, { endStream: true });
  stream.respond(head, { waitForTrailers: true });
  stream.once('wantTrailers', () => stream.sendTrailers(status));
  stream.end(body);
}
