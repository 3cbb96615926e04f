import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import { gunzipSync } from 'node:zlib';

/** What the backend answers. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Cuts the connection instead, or never answers, or answers and cuts it within the body. */
  readonly instead?: 'cut' | 'silence' | 'half';
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

/** An HTTP server on loopback that notes every request and answers by script, `{}` when that has run out. */
export class ScriptedBackend {
  readonly requests: Received[] = [];
  readonly script: Answer[];
  connections = 0;
  readonly #server: Server;
  readonly #scheme: string;

  private constructor(script: readonly Answer[], tls: ServerOptions | undefined) {
    this.script = [...script];
    const listener: RequestListener = (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        this.requests.push(received(request, Buffer.concat(chunks)));
        const { status = 200, headers = {}, body = '{}', instead } = this.script.shift() ?? {};
        if (instead === 'silence') return;
        if (instead === 'cut') {
          request.socket.destroy();
          return;
        }
        if (instead === 'half') {
          response.writeHead(status, { 'Content-Length': 1_000 });
          response.write(body, () => request.socket.destroy());
          return;
        }
        response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
        response.end(body);
      });
    };
    this.#scheme = tls === undefined ? 'http' : 'https';
    this.#server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
    this.#server.on('connection', () => this.connections++);
  }

  static async start(script: readonly Answer[] = [], tls?: ServerOptions): Promise<ScriptedBackend> {
    const backend = new ScriptedBackend(script, tls);
    await new Promise<void>((resolve) => backend.#server.listen(0, '127.0.0.1', resolve));
    return backend;
  }

  get url(): string {
    const address = this.#server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    return `${this.#scheme}://127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

function received(request: IncomingMessage, sent: Buffer): Received {
  const { method = '', url = '', headers, socket } = request;
  const protocol = 'getProtocol' in socket ? (socket.getProtocol as () => string)() : undefined;
  const body = headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent;
  return { method, url, headers, sent, body, tls: protocol };
}
