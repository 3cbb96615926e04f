import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { recordsOf, type Delivered } from './otlp-json.ts';

/** What the backend does with one request. */
interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Keeps the records, whatever it answers. Default: if `status` is 2xx. */
  readonly store?: boolean;
  /** Drops the connection where the answer should be. */
  readonly cut?: boolean;
  readonly delayMs?: number;
}

/** The answer to the n-th request, from 0. */
export type AnswerPlan = (request: number) => Answer;

const alwaysTaken: AnswerPlan = () => ({ status: 200 });

/** A record that the backend has kept, under its `log.record.uid`. */
export interface Kept {
  readonly record: Delivered;
  /** How often it came. */
  readonly deliveries: number;
}

/** A real OTLP/HTTP server that keeps what it is sent and misbehaves as it is told. */
export class Backend {
  readonly kept = new Map<string, Kept>();
  /** What no sender may do: another content under a known uid, a record without uid, a body that is no OTLP JSON. */
  readonly wrong: string[] = [];
  /** Requests so far, and how many of them were refused, and cut. */
  readonly seen = { requests: 0, refused: 0, cut: 0 };
  /** Called with each record that is new. */
  onNew: (record: Delivered) => void = () => {};
  readonly #server: Server;
  #plan: AnswerPlan;

  private constructor(plan: AnswerPlan) {
    this.#plan = plan;
    this.#server = createServer((request, response) => {
      this.#take(request, response).catch((error: unknown) => {
        // A sender that was killed in the middle of a request is what these tests are about.
        if (!request.destroyed) this.wrong.push(String(error));
        response.destroy();
      });
    });
  }

  /** Listens on a free port of the loopback address. */
  static async start(plan: AnswerPlan = alwaysTaken, port = 0): Promise<Backend> {
    const backend = new Backend(plan);
    await new Promise<void>((resolve) => backend.#server.listen(port, '127.0.0.1', resolve));
    return backend;
  }

  get port(): number {
    const address: AddressInfo | string | null = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the backend does not listen');
    return address.port;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Everything kept, in the order of first arrival. */
  get records(): readonly Delivered[] {
    return Array.from(this.kept.values(), ({ record }) => record);
  }

  /** Deliveries beyond the first of each record. */
  get redelivered(): number {
    return [...this.kept.values()].reduce((sum, { deliveries }) => sum + deliveries - 1, 0);
  }

  answerWith(plan: AnswerPlan): void {
    this.#plan = plan;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const answer = this.#plan(this.seen.requests++);
    const taken = answer.status >= 200 && answer.status < 300;
    if (answer.delayMs !== undefined) await sleep(answer.delayMs, undefined, { ref: false });
    if (answer.store ?? taken) {
      const json = request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
      for (const record of recordsOf(json.toString())) this.#keep(record);
    }
    if (answer.cut === true) {
      this.seen.cut++;
      response.destroy();
      return;
    }
    if (!taken) this.seen.refused++;
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    response.end(answer.body ?? '{}');
  }

  #keep(record: Delivered): void {
    if (record.uid === '') this.wrong.push(`a record without uid: ${JSON.stringify(record)}`);
    const known = this.kept.get(record.uid);
    if (known !== undefined && JSON.stringify(known.record) !== JSON.stringify(record)) {
      this.wrong.push(
        `${record.uid} came again with another content:\n${JSON.stringify(known.record)}\n${JSON.stringify(record)}`,
      );
    }
    this.kept.set(record.uid, {
      record: known?.record ?? record,
      deliveries: (known?.deliveries ?? 0) + 1,
    });
    if (known === undefined) this.onNew(record);
  }
}
