import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { BodyReader } from '../net/body-reader.ts';
import { HttpServer } from '../net/http-server.ts';
import type { ListenerFiles } from '../net/listener-files.ts';
import { Patience } from '../net/patience.ts';
import { rejectionOf } from '../net/rejection-of.ts';
import { Rejection, unavailable } from '../net/rejection.ts';
import { sayWhere } from '../net/say-where.ts';
import { Turnstile } from '../net/turnstile.ts';
import { Backoff } from '../pipeline/backoff.ts';
import type { Host, Receiver, Settings } from '../pipeline/component.ts';
import type { Consumer } from '../pipeline/consumer.ts';
import { Silence } from '../pipeline/silence.ts';
import { reasonOf } from '../util/reason-of.ts';
import { serial } from '../util/serial.ts';
import { accept, plainAnswers, refuse, type Answers } from './answer.ts';
import { decompressed } from './decompressed.ts';
import { Intake, type Delivered } from './intake.ts';
import type { ReadBody } from './posted.ts';
import { checkHead } from './request-head.ts';

import type { WebhookConfig } from './webhook-config.ts';

/** After an outage an API server sends what it has kept at once: 800 requests and more (spec/reliability.md §1.2). */
const limits = { maxConnections: 1_024, requestTimeoutMs: 30_000 };
/** So many bodies are in memory at a time; 15 is what one API server sends at a time. */
const mostBodies = 32;
const waits = { initialMs: 100, multiplier: 2, randomization: 0.5, maxMs: 2_000 };
const lookMs = 1_000;

/** What makes a webhook that of one kind of sender. */
export interface WebhookOptions {
  readonly config: WebhookConfig;
  /** What `config` names, as read. */
  readonly files: ListenerFiles;
  /** How long a request is held that cannot be stored at once, in milliseconds: less than its sender waits. */
  readonly holdMs: number;
  readonly read: ReadBody;
  /** `plainAnswers` if left out. */
  readonly answers?: Answers;
  /** The `Authorization` that a request shows, where senders have another way to; else it is that header. */
  readonly authorizationOf?: (headers: IncomingHttpHeaders) => string | undefined;
}

/**
 * Takes audit events that others post (spec/reliability.md §1.2): answers 200 only after the unit of work is committed;
 * holds what cannot be stored now, then answers 503; refuses nothing else that it might ever read, which its sender
 * would drop.
 */
export class WebhookReceiver implements Receiver {
  readonly kind = 'listen';
  readonly #settings: Settings;
  readonly #options: WebhookOptions;
  readonly #config: WebhookConfig;
  readonly #answers: Answers;
  readonly #next: Consumer;
  readonly #bodies: BodyReader;
  readonly #server: HttpServer;
  readonly #turnstile = new Turnstile(mostBodies);
  readonly #patience: Patience;
  // So that few unpacked bodies are in memory at a time.
  readonly #oneByOne = serial();
  #looks: NodeJS.Timeout | undefined;
  #look: Promise<void> = Promise.resolve();

  constructor(settings: Settings, options: WebhookOptions, next: Consumer) {
    const { config, files, holdMs, answers = plainAnswers } = options;
    this.#settings = settings;
    this.#options = options;
    this.#config = config;
    this.#answers = answers;
    this.#next = next;
    this.#bodies = new BodyReader(config.max_request_body_size);
    this.#server = new HttpServer({ endpoint: config.endpoint, ...files, ...limits, log: settings.log });
    this.#patience = new Patience(holdMs);
  }

  async start(host: Host): Promise<void> {
    const intake = new Intake(this.#settings, this.#config, this.#options.read, host, this.#next);
    const listening = await this.#server.start((request, response) =>
      this.#answer(request, response, intake),
    );
    this.#listenForSilence(host, intake);
    sayWhere({ what: 'audit events', sent: 'events' }, this.#config, listening, this.#settings.log);
  }

  /** Takes nothing new, holds nothing any longer, and waits for what was begun until `signal` aborts. */
  async shutdown(signal: AbortSignal): Promise<void> {
    clearInterval(this.#looks);
    this.#patience.over();
    await this.#server.stop(signal);
    await this.#look;
  }

  #listenForSilence(host: Host, intake: Intake): void {
    const { id: receiver, log } = this.#settings;
    const { silence: silenceMs } = this.#config;
    const resource = { attributes: this.#config.resource };
    const clock = (): number => performance.now();
    const silence = new Silence({ receiver, silenceMs, resource, next: this.#next, log, clock }, host);
    const look = (): void => {
      this.#look = this.#look.then(() => silence.look(intake.lines));
    };
    this.#looks = setInterval(look, lookMs).unref();
  }

  async #answer(request: IncomingMessage, response: ServerResponse, intake: Intake): Promise<void> {
    const source = request.socket.remoteAddress ?? 'a sender that has gone';
    try {
      await this.#take(request, intake, source);
      if (this.#server.isStopping) response.setHeader('Connection', 'close');
      accept(response, this.#answers.accepted(response));
    } catch (error) {
      const rejection = rejectionOf(error, source, this.#settings.log);
      refuse(response, rejection, this.#answers.refused(response, rejection));
    }
  }

  async #take(request: IncomingMessage, intake: Intake, source: string): Promise<void> {
    checkHead(request, this.#config.path);
    const { authorizationOf = ({ authorization }) => authorization } = this.#options;
    await this.#server.authorize({ headers: { authorization: authorizationOf(request.headers) } });
    await this.#patience.with(async (signal) => {
      // Unread, it costs next to no memory; the sender waits.
      if (!(await this.#turnstile.enter(signal))) throw unavailable('too many requests at a time');
      try {
        await this.#bodies.read(request, (body) => this.#store(request, body, source, intake, signal));
      } finally {
        this.#turnstile.leave();
      }
    });
  }

  /** Tries until it is stored, or `signal` aborts. */
  async #store(
    request: IncomingMessage,
    body: Buffer,
    source: string,
    intake: Intake,
    signal: AbortSignal,
  ): Promise<void> {
    const attempt = async (): Promise<{ readonly taken: Promise<void> | undefined }> => {
      await intake.room();
      // Who has given up waiting sends again.
      if (request.socket.destroyed) return { taken: undefined };
      const delivered: Delivered = { ...(await decompressed(this.#bodies, request, body)), source };
      return { taken: intake.take(delivered) };
    };
    for (const backoff = new Backoff(waits); ;) {
      const failure = await this.#oneByOne(attempt)
        .then(({ taken }) => taken)
        .then(() => undefined, obstacleOf);
      if (failure === undefined) return;
      if (backoff.attempts === 0) {
        this.#settings.log.warn(`a request from ${source} has to wait: ${failure}`);
      }
      await sleep(backoff.next(), undefined, { signal }).catch(() => {});
      if (signal.aborted) throw unavailable('the events could not be stored now; send them again');
    }
  }
}

/** What kept a request from being stored. Throws what is no matter of time. */
function obstacleOf(error: unknown): string {
  if (error instanceof Rejection) throw error;
  return reasonOf(error);
}
