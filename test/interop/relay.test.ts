import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { encode } from '../../src/otlp/encode.ts';
import { recordsOf, type Delivered } from '../e2e/otlp-json.ts';
import { until } from '../e2e/until.ts';
import { ReceiverBench, RecordingConsumer } from '../receivers/otlp/bench.ts';
import { Collector, type Relay } from './collector.ts';
import { sayCompared } from './say-compared.ts';

const binary = inject('collector');
const missing = inject('missing');

const ways: readonly Omit<Relay, 'to'>[] = [
  { by: 'otlp_grpc', compression: 'gzip', encoding: 'proto' },
  { by: 'otlp_grpc', compression: 'zstd', encoding: 'proto' },
  { by: 'otlp_grpc', compression: 'none', encoding: 'proto' },
  { by: 'otlp_http', compression: 'gzip', encoding: 'proto' },
  { by: 'otlp_http', compression: 'gzip', encoding: 'json' },
  { by: 'otlp_http', compression: 'zstd', encoding: 'proto' },
  { by: 'otlp_http', compression: 'zstd', encoding: 'json' },
  { by: 'otlp_http', compression: 'deflate', encoding: 'proto' },
  { by: 'otlp_http', compression: 'none', encoding: 'json' },
];
const nameOf = ({ by, compression, encoding }: Omit<Relay, 'to'>): string =>
  `${by}, ${encoding}, compression ${compression}`;

describe.skipIf(missing !== '')(`a real Collector hands on to us${missing && `: ${missing}`}`, () => {
  for (const way of ways) {
    test(`every record as it is: ${nameOf(way)}`, async () => {
      const { collector, delivered } = await scene(way);
      const request = requestOf(0, 500);
      await post(collector, request);
      const records = await delivered(500);
      expect(records).toEqual(recordsOf(request));
      sayCompared(nameOf(way), records);
    });
  }

  for (const by of ['otlp_grpc', 'otlp_http'] as const) {
    const way = { by, compression: 'gzip', encoding: 'proto' } as const;

    test(`and tries again while we cannot store: ${by}`, async () => {
      const { bench, collector, delivered } = await scene(way);
      bench.host.failingCommits = 3;
      await post(collector, requestOf(0, 50));
      await until(
        () => bench.host.failingCommits === 0 && Number(bench.host.counters('otlp/in')['lines']) === 50,
        () => `all records; the Collector said:\n${collector.said}`,
      );
      // What was consumed and not committed is in the recording, too.
      const records = await delivered(50 * 4);
      expect(records.slice(-50)).toEqual(recordsOf(requestOf(0, 50)));
      sayCompared(`${by}, after 3 failed commits`, records.slice(-50));
    });

    test(`and tries again while we are stopped: ${by}`, async () => {
      const { bench, consumer, collector, delivered } = await scene(way);
      await post(collector, requestOf(0, 10));
      await delivered(10);
      const endpoint = bench.address;
      await bench.stop();
      await post(collector, requestOf(10, 20));
      const next = new ReceiverBench(consumer);
      onTestFinished(() => next.stop());
      await startOf(next, by, { endpoint });
      const records = await delivered(20);
      expect(records).toEqual(recordsOf(requestOf(0, 10)).concat(recordsOf(requestOf(10, 20))));
      sayCompared(`${by}, after a restart of ours`, records);
    });

    test(`and is told what will never be taken: ${by}`, async () => {
      const limit = by === 'otlp_grpc' ? { max_recv_msg_size_mib: 1 } : { max_request_body_size: '1MiB' };
      const { collector, delivered } = await scene(way, limit);
      await post(collector, requestOf(0, 1, 'x'.repeat(2_000_000)));
      await collectorSays(collector, /larger than 1\.0 MB|Request Entity Too Large|413/);
      await post(collector, requestOf(1, 5));
      expect(await delivered(4)).toEqual(recordsOf(requestOf(1, 5)));
    });

    test(`and is refused without a token: ${by}`, async () => {
      const directory = mkdtempSync(join(tmpdir(), 'riskpipe-token-'));
      onTestFinished(() => rmSync(directory, { recursive: true }));
      const file = join(directory, 'tokens');
      writeFileSync(file, 'known\n');
      const { consumer, collector } = await scene(way, { auth: { bearer_token_file: file } });
      await post(collector, requestOf(0, 5));
      await collectorSays(collector, /no token that is known here/);
      expect(consumer.records).toEqual([]);
    });
  }
});

/** A Collector that hands on to a receiver of ours. */
async function scene(way: Omit<Relay, 'to'>, options: object = {}) {
  const consumer = new RecordingConsumer();
  const bench = new ReceiverBench(consumer);
  onTestFinished(() => bench.stop());
  await startOf(bench, way.by, options);
  const collector = await Collector.relay(binary, { ...way, to: bench.address });
  /** At least `count` records, as they came to us, read by no code of ours. */
  const delivered = (count: number): Promise<readonly Delivered[]> =>
    until(
      () =>
        consumer.records.length >= count &&
        recordsOf(Buffer.from(encode(consumer.records, 'json')).toString()),
      () => `${count} records, not ${consumer.records.length}; the Collector said:\n${collector.said}`,
    );
  return { bench, consumer, collector, delivered };
}

const startOf = (bench: ReceiverBench, by: Relay['by'], options: object): Promise<void> =>
  by === 'otlp_grpc' ? bench.startGrpc(options) : bench.start(options);

async function post({ endpoint }: Collector, body: string): Promise<void> {
  const headers = { 'Content-Type': 'application/json' };
  const { status } = await fetch(`${endpoint}/v1/logs`, { method: 'POST', headers, body });
  expect(status).toBe(200);
}

function collectorSays(collector: Collector, pattern: RegExp): Promise<boolean> {
  return until(
    () => pattern.test(collector.said),
    () => `${pattern} in what the Collector said:\n${collector.said}`,
  );
}

/** The records with these numbers, of one resource and scope, with values of every kind; the first body is `body`. */
function requestOf(from: number, to: number, body = 'first'): string {
  const logRecords = Array.from({ length: to - from }, (_, index) =>
    recordOf(from + index, index === 0, body),
  );
  const resource = { attributes: [{ key: 'k8s.cluster.name', value: { stringValue: 'interop' } }] };
  const scope = { name: 'scope', version: '1.2.3' };
  return JSON.stringify({ resourceLogs: [{ resource, scopeLogs: [{ scope, logRecords }] }] });
}

function recordOf(number: number, isFirst: boolean, body: string): object {
  const event = {
    values: [
      { key: 'verb', value: { stringValue: 'get' } },
      { key: 'groups', value: { arrayValue: { values: [{ stringValue: 'a' }, { intValue: '1' }] } } },
    ],
  };
  return {
    timeUnixNano: String(1_700_000_000_000_000_000n + BigInt(number)),
    observedTimeUnixNano: String(1_700_000_001_000_000_000n + BigInt(number)),
    severityNumber: 1 + (number % 24),
    severityText: 'words',
    eventName: `event ${number}`,
    body: isFirst ? { stringValue: body } : { kvlistValue: event },
    attributes: [
      { key: 'log.record.uid', value: { stringValue: `uid-${number}` } },
      { key: 'integer', value: { intValue: String(number) } },
      { key: 'double', value: { doubleValue: number + 0.5 } },
      { key: 'truth', value: { boolValue: number % 2 === 0 } },
      { key: 'text', value: { stringValue: 'zwölf \u0000 💡' } },
      { key: 'map', value: { kvlistValue: event } },
    ],
  };
}
