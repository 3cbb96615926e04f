import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { decoded } from '../otlp/decoded.ts';

/** What the backend answers. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly delayMs?: number;
  /**
   * `cut`: the connection ends instead; `reset`: with a RST; `silence`: nothing comes; `half`: the answer breaks off
   * within its body; `hang`: it stops there; `endless`: its body has no end; `endless headers`: its headers have none.
   */
  readonly instead?: 'cut' | 'reset' | 'silence' | 'half' | 'hang' | 'endless' | 'endless headers';
  /** These bytes instead of an answer; then the connection ends. */
  readonly raw?: string;
}

/** A request as it came, its body also unpacked. */
export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly sent: Buffer;
  readonly body: Buffer;
  readonly tls: string | undefined;
}

/** The texts of the records of a request in OTLP JSON, in order. */
export const bodiesOf = ({ body }: Pick<Received, 'body'>): readonly string[] =>
  decoded(body, 'json')
    .flat()
    .map(({ body: text }) => (typeof text === 'string' ? text : ''));

/** An HTTP server on loopback that notes every request and answers by script, by `otherwise` when that has run out. */
export class ScriptedBackend {
  readonly requests: Received[] = [];
  readonly script: Answer[];
  /** Called with each request for which there is no script. */
  otherwise: (request: Received) => Answer = () => ({});
  connections = 0;
  /** How many answers were something else than a plain success: a fault test in which this is 0 has tested nothing. */
  faults = 0;
  readonly #server: Server;
  readonly #scheme: string;

  private constructor(script: readonly Answer[], tls: ServerOptions | undefined) {
    this.script = [...script];
    const listener: RequestListener = (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => void this.#answer(received(request, Buffer.concat(chunks)), request, response));
    };
    this.#scheme = tls === undefined ? 'http' : 'https';
    this.#server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
    this.#server.on('connection', () => this.connections++);
    // A client that refuses our certificate is what some tests are about.
    this.#server.on('tlsClientError', () => {});
  }

  static async start(script: readonly Answer[] = [], tls?: ServerOptions): Promise<ScriptedBackend> {
    const backend = new ScriptedBackend(script, tls);
    await new Promise<void>((resolve) => backend.#server.listen(0, '127.0.0.1', resolve));
    return backend;
  }

  get url(): string {
    return `${this.#scheme}://127.0.0.1:${this.port}`;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: Received, { socket }: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests.push(request);
    const answer = this.script.shift() ?? this.otherwise(request);
    const { status = 200, headers = {}, body = '{}', delayMs = 0, instead, raw } = answer;
    if (instead !== undefined || raw !== undefined || status !== 200) this.faults++;
    if (delayMs > 0) await sleep(delayMs, undefined, { ref: false });
    if (raw !== undefined) {
      socket.end(raw);
      return;
    }
    if (instead !== undefined) {
      misbehave(instead, status, body, socket, response);
      return;
    }
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(body);
  }
}

function misbehave(
  how: NonNullable<Answer['instead']>,
  status: number,
  body: string | Uint8Array,
  socket: Socket,
  response: ServerResponse,
): void {
  switch (how) {
    case 'silence':
      return;
    case 'cut':
      socket.destroy();
      return;
    case 'reset':
      socket.resetAndDestroy();
      return;
    case 'half':
    case 'hang':
      response.writeHead(status, { 'Content-Length': 1_000 });
      response.write(body, () => how === 'half' && socket.destroy());
      return;
    case 'endless':
      response.writeHead(status, { 'Content-Type': 'application/json' });
      pour(response, Buffer.alloc(65_536, 'x'));
      return;
    case 'endless headers':
      socket.write('HTTP/1.1 200 OK\r\n');
      pour(socket, Buffer.from(`X-More: ${'x'.repeat(1_000)}\r\n`));
  }
}

/** Writes `chunk` again and again, for as long as somebody reads. */
function pour(into: Socket | ServerResponse, chunk: Buffer): void {
  const more = (): void => {
    while (!into.destroyed && into.write(chunk));
  };
  into.on('drain', more);
  into.on('error', () => {});
  more();
}

function received(request: IncomingMessage, sent: Buffer): Received {
  const { method = '', url = '', headers, socket } = request;
  const protocol = 'getProtocol' in socket ? (socket.getProtocol as () => string)() : undefined;
  const body = headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent;
  return { method, url, headers, sent, body, tls: protocol };
}
