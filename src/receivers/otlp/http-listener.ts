import type { IncomingMessage, ServerResponse } from 'node:http';
import { BodyReader } from '../../net/body-reader.ts';
import { HttpServer } from '../../net/http-server.ts';
import type { ListenerFiles } from '../../net/listener-files.ts';
import { rejectionOf } from '../../net/rejection-of.ts';
import { sayWhere } from '../../net/say-where.ts';
import { encodingOf } from '../../otlp/encoding.ts';
import type { Logger } from '../../pipeline/logger.ts';
import { accept, refuse } from './answer.ts';
import type { HttpConfig } from './config.ts';
import type { Intake } from './intake.ts';
import { listenerLimits } from './listener-limits.ts';
import type { Listener } from './listener.ts';
import { readHead } from './request-head.ts';

/** OTLP/HTTP: answers 200 once the records of a request are durable. */
export class HttpListener implements Listener {
  readonly #log: Logger;
  readonly #config: HttpConfig;
  readonly #bodies: BodyReader;
  readonly #server: HttpServer;

  /** `files`: what `config` names, as read. */
  constructor(log: Logger, config: HttpConfig, files: ListenerFiles) {
    this.#log = log;
    this.#config = config;
    this.#bodies = new BodyReader(config.max_request_body_size);
    this.#server = new HttpServer({ endpoint: config.endpoint, ...files, ...listenerLimits, log });
  }

  async start(intake: Intake): Promise<void> {
    const listening = await this.#server.start((request, response) =>
      this.#answer(request, response, intake),
    );
    sayWhere({ what: 'OTLP/HTTP', sent: 'records' }, this.#config, listening, this.#log);
  }

  stop(signal: AbortSignal): Promise<void> {
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
      refuse(response, encoding, rejectionOf(error, source, this.#log));
    }
  }

  async #take(request: IncomingMessage, intake: Intake, source: string): Promise<void> {
    const { encoding, compression } = readHead(request, this.#config.logs_url_path);
    await this.#server.authorize(request);
    await this.#bodies.read(request, (sentBody) => {
      // Who has given up waiting sends again: taking this would only make a duplicate.
      const unpacked = async (): Promise<Buffer | undefined> =>
        request.socket.destroyed ? undefined : this.#bodies.unpack(sentBody, compression);
      return intake.take(unpacked, encoding, source);
    });
  }
}
