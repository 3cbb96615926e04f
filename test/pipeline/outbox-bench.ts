import { expect } from 'vitest';
import { OutboxExporter } from '../../src/pipeline/outbox.ts';
import type { Destination, Outcome } from '../../src/pipeline/outbox/destination.ts';
import type { OutboxOptions } from '../../src/pipeline/outbox/options.ts';
import { RecordBatch } from '../../src/record/record-batch.ts';
import { decodeRecord } from '../../src/record/codec.ts';
import { decodeDeadLetter } from '../../src/pipeline/outbox/dead-letter.ts';
import { logRecord, noResource, type LogRecord } from '../../src/record/record.ts';
import { until } from '../e2e/until.ts';
import { RecordingLogger } from '../recording-logger.ts';
import { settings } from '../settings.ts';
import { TestHost } from './test-host.ts';

export const delivered: Outcome = { kind: 'delivered' };
export const options: OutboxOptions = {
  maxRecords: 10,
  maxBytes: 1_000_000,
  flushMs: 0,
  quota: { records: 100, bytes: 1_000_000 },
  probeMs: 1,
  retry: { initialMs: 1, multiplier: 1, randomization: 0, maxMs: 1 },
};

/** Notes every delivery; answers what the test wants, but takes notices of refusals at once. */
export class Backend implements Destination {
  readonly requests: string[][] = [];
  readonly notices: LogRecord[] = [];
  answer: (bodies: readonly string[], attempt: number, signal: AbortSignal) => Outcome | Promise<Outcome>;

  constructor(answer: Backend['answer'] = () => delivered) {
    this.answer = answer;
  }

  async deliver(records: Parameters<Destination['deliver']>[0], signal: AbortSignal): Promise<Outcome> {
    const isNotice = ({ attributes }: LogRecord): boolean =>
      attributes['riskpipe.notice.kind'] === 'records_refused';
    this.notices.push(...records.filter(isNotice));
    const others = records.filter((record) => !isNotice(record));
    if (others.length === 0) return delivered;
    const bodies = others.map(({ body }) => (typeof body === 'string' ? body : ''));
    this.requests.push(bodies);
    return this.answer(bodies, this.requests.length, signal);
  }
}

/** A record for each body; `given` is common to all. */
export function batchOf(bodies: readonly string[], given: Partial<LogRecord> = {}): RecordBatch {
  const records = bodies.map((body) => logRecord({ observedTime: 1n, resource: noResource, ...given, body }));
  return new RecordBatch(records, 'test', { stream: 'test', offset: 0 });
}

/** What a detection makes: an event of ours, low or high. */
export const low: Partial<LogRecord> = { eventName: 'riskpipe.risk_event', severityNumber: 13 };
export const high: Partial<LogRecord> = { eventName: 'riskpipe.risk_event', severityNumber: 17 };

/** An exporter that runs, and what a test asks of it. */
export class Bench {
  readonly log = new RecordingLogger();
  readonly host: TestHost;
  readonly exporter: OutboxExporter;

  constructor(backend: Destination, given: Partial<OutboxOptions> = {}, host = new TestHost(), id = 'out') {
    this.host = host;
    this.exporter = new OutboxExporter(settings(id, { log: this.log }), { ...options, ...given }, backend);
  }

  async send(...bodies: readonly string[]): Promise<void> {
    await this.host.work((work) => this.exporter.consume(batchOf(bodies), work));
  }

  /** Sends records that have `given` in common. */
  async sendAs(given: Partial<LogRecord>, ...bodies: readonly string[]): Promise<void> {
    await this.host.work((work) => this.exporter.consume(batchOf(bodies, given), work));
  }

  /** The bodies of the dead letters, in order. */
  async dead(): Promise<readonly unknown[]> {
    const rows = await this.host.store.peek('dead/out', 0, 1_000_000);
    return rows.map(({ value }) => decodeRecord(decodeDeadLetter(value).record).body);
  }

  /** Fails unless every record is accounted for. */
  balance(): void {
    const { records = 0, delivered: done = 0, dead = 0, suppressed = 0 } = this.host.counters('out');
    expect(done + dead + suppressed + this.exporter.waiting()).toBe(records);
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
