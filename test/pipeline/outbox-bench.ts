import { OutboxExporter, type Destination, type Outcome } from '../../src/pipeline/outbox.ts';
import { RecordBatch } from '../../src/record/record-batch.ts';
import { logRecord, noResource } from '../../src/record/record.ts';
import { until } from '../e2e/until.ts';
import { RecordingLogger } from '../recording-logger.ts';
import { settings } from '../settings.ts';
import { TestHost } from './test-host.ts';

export const delivered: Outcome = { kind: 'delivered' };
export const options = {
  maxRecords: 10,
  maxBytes: 1_000_000,
  flushMs: 0,
  capacity: 100,
  retry: { initialMs: 1, multiplier: 1, randomization: 0, maxMs: 1 },
};

/** Notes every delivery; answers what the test wants. */
export class Backend implements Destination {
  readonly requests: string[][] = [];
  answer: (bodies: readonly string[], attempt: number, signal: AbortSignal) => Outcome | Promise<Outcome>;

  constructor(answer: Backend['answer'] = () => delivered) {
    this.answer = answer;
  }

  async deliver(records: Parameters<Destination['deliver']>[0], signal: AbortSignal): Promise<Outcome> {
    const bodies = records.map(({ body }) => (typeof body === 'string' ? body : ''));
    this.requests.push(bodies);
    return this.answer(bodies, this.requests.length, signal);
  }
}

/** A record for each body. */
export function batchOf(bodies: readonly string[]): RecordBatch {
  const records = bodies.map((body) => logRecord({ observedTime: 1n, resource: noResource, body }));
  return new RecordBatch(records, 'test', { stream: 'test', offset: 0 });
}

/** An exporter that runs, and what a test asks of it. */
export class Bench {
  readonly log = new RecordingLogger();
  readonly host: TestHost;
  readonly exporter: OutboxExporter;

  constructor(
    backend: Destination,
    given: Partial<typeof options> & { minRecords?: number } = {},
    host = new TestHost(),
  ) {
    this.host = host;
    this.exporter = new OutboxExporter(settings('out', { log: this.log }), { ...options, ...given }, backend);
  }

  async send(...bodies: readonly string[]): Promise<void> {
    await this.host.work((work) => this.exporter.consume(batchOf(bodies), work));
  }

  logged(text: string): Promise<boolean> {
    return until(
      () => this.log.lines.some((line) => line.includes(text)),
      () => `no "${text}" in ${JSON.stringify(this.log.lines.slice(-5))}`,
    );
  }

  async stop(): Promise<void> {
    await this.exporter.shutdown(AbortSignal.abort());
  }
}

export async function running(...given: ConstructorParameters<typeof Bench>): Promise<Bench> {
  const bench = new Bench(...given);
  await bench.exporter.start(bench.host);
  return bench;
}
