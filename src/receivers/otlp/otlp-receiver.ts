import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { encodingOf } from '../../otlp/encoding.ts';
import type { Host, Receiver, Settings } from '../../pipeline/component.ts';
import type { Consumer } from '../../pipeline/consumer.ts';
import { listen } from '../../util/listen.ts';
import { printable } from '../../util/printable.ts';
import { serial } from '../../util/serial.ts';
import { accept, refuse } from './answer.ts';
import { BodyReader } from './body-reader.ts';
import type { HttpConfig } from './config.ts';
import { Intake } from './intake.ts';
import { Rejection, unavailable } from './rejection.ts';
import { readHead } from './request-head.ts';

/** Beyond it a connection is closed unread; slow senders lose theirs by the timeouts (spec/reliability.md §0.4). */
const maxConnections = 512;

/** OTLP/HTTP server for logs: answers 200 only after the unit of work is committed (design §3). */
export class OtlpReceiver implements Receiver {
  readonly kind = 'listen';
  readonly #settings: Settings;
  readonly #config: HttpConfig;
  readonly #next: Consumer;
  readonly #bodies: BodyReader;
  readonly #inFlight = new Set<Promise<void>>();
  // Units of work run one at a time anyway; so does unpacking, and one unpacked body is in memory at most.
  readonly #oneByOne = serial();
  #server: Server | undefined;
  #stopping = false;

  constructor(settings: Settings, config: HttpConfig, next: Consumer) {
    this.#settings = settings;
    this.#config = config;
    this.#next = next;
    this.#bodies = new BodyReader(config.max_request_body_size);
  }

  async start(host: Host): Promise<void> {
    const { log } = this.#settings;
    const intake = new Intake(this.#settings, host, this.#next);
    const server = createServer(
      { headersTimeout: 5_000, requestTimeout: 20_000, connectionsCheckingInterval: 1_000 },
      (request, response) => this.#serve(request, response, intake),
    );
    server.maxConnections = maxConnections;
    server.on('drop', () => log.warn(`refused a connection: ${maxConnections} are open`));
    this.#server = server;
    const { endpoint, exposed } = await listen(server, this.#config.endpoint);
    log.info(`listening for OTLP/HTTP on ${endpoint}`);
    if (exposed) {
      log.warn(`${endpoint} can be reached from other machines, and whoever reaches it can send records`);
    }
    server.on('error', (error) => log.error(`the listener failed: ${error.message}`));
  }

  /** Takes nothing new, and waits for what was begun until `signal` aborts. */
  async shutdown(signal: AbortSignal): Promise<void> {
    const server = this.#server;
    if (server === undefined || !server.listening) return;
    this.#stopping = true;
    const closed = new Promise((resolve) => server.close(resolve));
    await Promise.race([Promise.all(this.#inFlight), aborted(signal)]);
    server.closeAllConnections();
    await closed;
  }

  #serve(request: IncomingMessage, response: ServerResponse, intake: Intake): void {
    const done = this.#answer(request, response, intake).finally(() => this.#inFlight.delete(done));
    this.#inFlight.add(done);
  }

  async #answer(request: IncomingMessage, response: ServerResponse, intake: Intake): Promise<void> {
    // An answer that nobody waits for any more is no error of ours.
    response.on('error', () => {});
    const encoding = encodingOf(request.headers['content-type']) ?? 'json';
    const source = request.socket.remoteAddress ?? 'a sender that has gone';
    try {
      await this.#take(request, intake, source);
      if (this.#stopping) response.setHeader('Connection', 'close');
      accept(response, encoding);
    } catch (error) {
      const rejection = error instanceof Rejection ? error : unavailable('an internal error occurred');
      if (rejection !== error) this.#settings.log.error(`bug: could not answer ${source}: ${String(error)}`);
      this.#settings.log.warn(`${rejection.status} to ${source}: ${printable(rejection.message)}`);
      refuse(response, encoding, rejection);
    }
    await sent(response);
  }

  async #take(request: IncomingMessage, intake: Intake, source: string): Promise<void> {
    const { encoding, compression } = readHead(request, this.#config.logs_url_path);
    await this.#bodies.read(request, (sentBody) =>
      this.#oneByOne(async () => {
        // Who has given up waiting sends again: taking this would only make a duplicate.
        if (request.socket.destroyed) return;
        await intake.take(await this.#bodies.unpack(sentBody, compression), encoding, source);
      }),
    );
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Until the answer is out, or nobody is there to read it. */
function sent(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (response.closed || response.socket === null) resolve();
    else response.once('close', resolve);
  });
}
