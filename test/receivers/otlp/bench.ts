import { otlp } from '../../../src/receivers/otlp.ts';
import type { Receiver } from '../../../src/pipeline/component.ts';
import type { Consumer } from '../../../src/pipeline/consumer.ts';
import type { Batch } from '../../../src/record/batch.ts';
import type { LogRecord } from '../../../src/record/record.ts';
import { TestHost } from '../../pipeline/test-host.ts';
import { RecordingLogger } from '../../recording-logger.ts';
import { settings } from '../../settings.ts';

/** Keeps the batches that were handed on, whether or not their unit of work was committed. */
export class RecordingConsumer implements Consumer {
  readonly batches: { readonly records: readonly LogRecord[]; readonly batch: Batch }[] = [];
  /** Runs before each batch is taken: may throw, or wait. */
  before: () => Promise<void> = async () => {};

  async consume(batch: Batch): Promise<void> {
    await this.before();
    const records = Array.from({ length: batch.size }, (_, index) => batch.record(index));
    this.batches.push({ records, batch });
  }

  get records(): readonly LogRecord[] {
    return this.batches.flatMap(({ records }) => records);
  }
}

/** The real receiver, made from a configuration as it is written, on a free port of loopback. */
export class ReceiverBench {
  readonly host = new TestHost();
  readonly log = new RecordingLogger();
  readonly consumer: Consumer;
  #receiver: Receiver | undefined;

  constructor(consumer: Consumer) {
    this.consumer = consumer;
  }

  start(http: object = {}): Promise<void> {
    return this.#start({ http: { endpoint: '127.0.0.1:0', ...http } });
  }

  startGrpc(grpc: object = {}): Promise<void> {
    return this.#start({ grpc: { endpoint: '127.0.0.1:0', ...grpc } });
  }

  async #start(protocols: object): Promise<void> {
    const config = otlp.schema.parse({ protocols });
    this.#receiver = await otlp.create(settings('otlp/in', { log: this.log }), config, this.consumer);
    await this.#receiver.start(this.host);
  }

  /** Where it listens: `127.0.0.1:41234`. */
  get address(): string {
    const line = this.log.lines.find((one) => one.includes('listening'));
    return /(\S+:\d+)$/.exec(line ?? '')?.[1] ?? 'not listening';
  }

  post(
    body: string | Uint8Array,
    headers: Record<string, string> = {},
    path = '/v1/logs',
  ): Promise<Response> {
    const url = `http://${this.address}${path}`;
    return fetch(url, { method: 'POST', body, headers: { 'Content-Type': 'application/json', ...headers } });
  }

  async stop(signal: AbortSignal = AbortSignal.abort()): Promise<void> {
    await this.#receiver?.shutdown(signal);
  }
}

/** A request in JSON with one record for each body. */
export function jsonRequest(...bodies: readonly string[]): string {
  const logRecords = bodies.map((body) => ({ body: { stringValue: body } }));
  return JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] });
}
