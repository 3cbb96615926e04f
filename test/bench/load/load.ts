import { setTimeout as sleep } from 'node:timers/promises';
import { contentTypes } from '../../../src/otlp/encoding.ts';
import { eventLists, eventsPerRequest, otlpRequests, type Requests } from './event-batches.ts';
import { grpcSender, httpSender, type Sender } from './sender.ts';

/** Ways in which audit events are sent. */
export const protocols = ['otlp http/protobuf', 'otlp http/json', 'otlp grpc', 'webhook'] as const;

export type Protocol = (typeof protocols)[number];

/** So many requests are under way at a time: what one API server sends (spec/reliability.md §1.2). */
const clients = 15;
/** Who refuses a request for now gets it again after so long. */
const againMs = 50;

/** Parallel clients that send audit events to one server on the loopback address. */
export class Load {
  readonly #next: Requests;
  readonly #senders: readonly Sender[];

  constructor(protocol: Protocol, port: number) {
    const { next, sender } = kinds[protocol](port);
    this.#next = next;
    this.#senders = Array.from({ length: clients }, sender);
  }

  /**
   * Keeps as many requests under way as there are clients, for `ms` milliseconds; how many events were acknowledged
   * meanwhile.
   */
  async flood(ms: number): Promise<number> {
    const end = performance.now() + ms;
    let taken = 0;
    await Promise.all(
      this.#senders.map(async (sender) => {
        while (performance.now() < end) {
          await this.#deliver(sender);
          if (performance.now() < end) taken += eventsPerRequest;
        }
      }),
    );
    return taken;
  }

  /** Sends so many events a second, in a rhythm that does not wait for answers. Resolves when all are acknowledged. */
  async pace(eventsPerSecond: number, ms: number): Promise<void> {
    const everyMs = (1_000 * eventsPerRequest) / eventsPerSecond;
    const sent: Promise<void>[] = [];
    for (let count = 0; count < ms / everyMs; count++) {
      const sender = this.#senders[count % clients];
      if (sender !== undefined) sent.push(this.#deliver(sender));
      await sleep(everyMs);
    }
    await Promise.all(sent);
  }

  close(): void {
    for (const sender of this.#senders) sender.close();
  }

  async #deliver(sender: Sender): Promise<void> {
    const request = this.#next();
    while (!(await sender.send(request))) await sleep(againMs);
  }
}

interface Kind {
  readonly next: Requests;
  readonly sender: () => Sender;
}

const kinds: Readonly<Record<Protocol, (port: number) => Kind>> = {
  'otlp http/protobuf': (port) => ({
    next: otlpRequests('proto'),
    sender: () => httpSender(port, '/v1/logs', contentTypes.proto),
  }),
  'otlp http/json': (port) => ({
    next: otlpRequests('json'),
    sender: () => httpSender(port, '/v1/logs', contentTypes.json),
  }),
  'otlp grpc': (port) => ({ next: otlpRequests('proto'), sender: () => grpcSender(port) }),
  webhook: (port) => ({ next: eventLists(), sender: () => httpSender(port, '/', 'application/json') }),
};
