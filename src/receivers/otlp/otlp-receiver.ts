import type { IncomingMessage, ServerResponse } from 'node:http';
import { BodyReader } from '../../net/body-reader.ts';
import { HttpServer } from '../../net/http-server.ts';
import type { ListenerFiles } from '../../net/listener-files.ts';
import { Rejection, unavailable } from '../../net/rejection.ts';
import { encodingOf } from '../../otlp/encoding.ts';
import type { Host, Receiver, Settings } from '../../pipeline/component.ts';
import type { Consumer } from '../../pipeline/consumer.ts';
import { printable } from '../../util/printable.ts';
import { serial } from '../../util/serial.ts';
import { accept, refuse } from './answer.ts';
import type { HttpConfig } from './config.ts';
import { Intake } from './intake.ts';
import { readHead } from './request-head.ts';

const limits = { maxConnections: 512, requestTimeoutMs: 20_000 };

/** OTLP/HTTP server for logs: answers 200 only after the unit of work is committed (design §3). */
export class OtlpReceiver implements Receiver {
  readonly kind = 'listen';
  readonly #settings: Settings;
  readonly #config: HttpConfig;
  readonly #next: Consumer;
  readonly #bodies: BodyReader;
  readonly #server: HttpServer;
  // Units of work run one at a time anyway; so does unpacking, and one unpacked body is in memory at most.
  readonly #oneByOne = serial();

  /** `files`: what `config` names, as read. */
  constructor(settings: Settings, config: HttpConfig, files: ListenerFiles, next: Consumer) {
    this.#settings = settings;
    this.#config = config;
    this.#next = next;
    this.#bodies = new BodyReader(config.max_request_body_size);
    this.#server = new HttpServer({ endpoint: config.endpoint, ...files, ...limits, log: settings.log });
  }

  async start(host: Host): Promise<void> {
    const { log } = this.#settings;
    const { tls, auth, allow_unprotected } = this.#config;
    const intake = new Intake(this.#settings, host, this.#next);
    const { endpoint, exposed } = await this.#server.start((request, response) =>
      this.#answer(request, response, intake),
    );
    log.info(`listening for OTLP/HTTP${tls === undefined ? '' : ' with TLS'} on ${endpoint}`);
    if (exposed && allow_unprotected && auth === undefined) {
      log.warn(`${endpoint} can be reached from other machines, and whoever reaches it can send records`);
    }
  }

  /** Takes nothing new, and waits for what was begun until `signal` aborts. */
  shutdown(signal: AbortSignal): Promise<void> {
    return this.#server.stop(signal);
  }

  async #answer(request: IncomingMessage, response: ServerResponse, intake: Intake): Promise<void> {
    const encoding = encodingOf(request.headers['content-type']) ?? 'json';
    const source = request.socket.remoteAddress ?? 'a sender that has gone';
    try {
      await this.#take(request, intake, source);
      if (this.#server.isStopping) response.setHeader('Connection', 'close');
      accept(response, encoding);
    } catch (error) {
      const rejection = error instanceof Rejection ? error : unavailable('an internal error occurred');
      if (rejection !== error) this.#settings.log.error(`bug: could not answer ${source}: ${String(error)}`);
      this.#settings.log.warn(`${rejection.status} to ${source}: ${printable(rejection.message)}`);
      refuse(response, encoding, rejection);
    }
  }

  async #take(request: IncomingMessage, intake: Intake, source: string): Promise<void> {
    const { encoding, compression } = readHead(request, this.#config.logs_url_path);
    await this.#server.authorize(request);
    await this.#bodies.read(request, (sentBody) =>
      this.#oneByOne(async () => {
        // Who has given up waiting sends again: taking this would only make a duplicate.
        if (request.socket.destroyed) return;
        await intake.take(await this.#bodies.unpack(sentBody, compression), encoding, source);
      }),
    );
  }
}
