import type { IncomingMessage, ServerResponse } from 'node:http';
import { isLoopback, parseHostAndPort } from '../util/host-and-port.ts';
import type { Listening } from '../util/listen.ts';
import { reasonOf } from '../util/reason-of.ts';
import { HttpServer } from './http-server.ts';
import type { ServerOptions } from './listening-server.ts';
import type { Log } from './log.ts';

/** What is shown to who asks. */
export interface Page {
  readonly status: number;
  /** Media type. */
  readonly type: string;
  readonly body: string;
}

/** What was asked for: a path without its query, and the media types that are wanted. */
interface PageRequest {
  readonly path: string;
  readonly accept: string;
}

/** The page at a path; undefined if there is none. */
export type PageOf = (request: PageRequest) => Promise<Page | undefined>;

/** Smaller than where records are taken, as who looks needs less. */
const limits = { maxConnections: 64, requestTimeoutMs: 5_000 };

/**
 * Shows pages to people, probes and scrapers: by GET, one a connection. While only this machine can reach it, the
 * `Host` that is asked for has to be one of this machine as well, so that no web page elsewhere can have a browser
 * read it under a name of its own (DNS rebinding, spec/reliability.md P12).
 */
export class PageServer {
  readonly #server: HttpServer;
  readonly #log: Log;
  #exposed = false;

  constructor(options: Pick<ServerOptions, 'endpoint' | 'tls' | 'log'>) {
    this.#server = new HttpServer({ ...options, ...limits });
    this.#log = options.log;
  }

  /** As `HttpServer.start`. A page that fails is logged, and answered with 500. */
  async start(pageOf: PageOf): Promise<Listening> {
    const listening = await this.#server.start(async (request, response) =>
      send(request, response, await this.#answer(request, pageOf)),
    );
    this.#exposed = listening.exposed;
    return listening;
  }

  stop(signal: AbortSignal): Promise<void> {
    return this.#server.stop(signal);
  }

  async #answer({ method, url = '', headers }: IncomingMessage, pageOf: PageOf): Promise<Page> {
    if (!this.#exposed && !namesThisMachine(headers.host)) {
      return problem(421, 'ask for localhost: this name is not one of this machine');
    }
    if (method !== 'GET' && method !== 'HEAD') return problem(405, 'ask with GET');
    const [path = ''] = url.split('?', 1);
    try {
      const page = await pageOf({ path, accept: headers.accept ?? '' });
      return page ?? problem(404, 'there is nothing at this path');
    } catch (error) {
      this.#log.error(`a page could not be made: ${reasonOf(error)}`);
      return problem(500, 'the page could not be made; the log says why');
    }
  }
}

/** JSON as a page. */
export const jsonPage = (status: number, body: object): Page => ({
  status,
  type: 'application/json',
  body: `${JSON.stringify(body)}\n`,
});

const problem = (status: number, error: string): Page => jsonPage(status, { error });

/** HTTP/1.0 names no host, and no browser speaks it. */
function namesThisMachine(host: string | undefined): boolean {
  if (host === undefined) return true;
  const address = parseHostAndPort(/:\d+$/.test(host) ? host : `${host}:80`);
  return address !== undefined && isLoopback(address);
}

/** Closes the connection after it: whatever body a request announces is never read. */
function send({ method }: IncomingMessage, response: ServerResponse, { status, type, body }: Page): void {
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    Connection: 'close',
    ...(status === 405 && { Allow: 'GET, HEAD' }),
  });
  response.end(method === 'HEAD' ? undefined : body);
}
