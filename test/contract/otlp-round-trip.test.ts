import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import type { Consumer } from '../../src/pipeline/consumer.ts';
import { logRecord, type LogRecord } from '../../src/record/record.ts';
import { until } from '../e2e/until.ts';
import { ExporterBench } from '../exporters/otlp-http/bench.ts';
import { expected, record } from '../otlp/arbitrary-record.ts';
import { ReceiverBench, RecordingConsumer } from '../receivers/otlp/bench.ts';

const running: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of running.splice(0).reverse()) await one.stop();
});

async function receiver(consumer: Consumer, http: object = {}): Promise<ReceiverBench> {
  const bench = new ReceiverBench(consumer);
  await bench.start(http);
  running.push(bench);
  return bench;
}

async function exporter(address: string, given: object = {}): Promise<ExporterBench> {
  const bench = await ExporterBench.make({ endpoint: `http://${address}`, ...given });
  await bench.start();
  running.push(bench);
  return bench;
}

const numbered = (count: number): readonly LogRecord[] =>
  Array.from({ length: count }, (_, index) =>
    logRecord({
      observedTime: BigInt(index + 1),
      resource: { attributes: { pod: 'a' } },
      body: String(index),
    }),
  );

const bodies = ({ records }: RecordingConsumer): unknown[] => records.map(({ body }) => body);

describe.each(['json', 'proto'])('in %s', (encoding) => {
  describe.each(['gzip', 'none'])('with compression %s', (compression) => {
    test('every record that the exporter ships is the record that the receiver hands on', async () => {
      const consumer = new RecordingConsumer();
      const { address } = await receiver(consumer);
      const sender = await exporter(address, { encoding, compression });
      let sent = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 5 }), async (records) => {
          consumer.batches.length = 0;
          sent += records.length;
          await sender.send(records);
          await sender.drained();
          // Grouped by resource and scope; the order within a group is that of sending.
          for (const one of records) expect(consumer.records).toContainEqual(expected(one));
          expect(consumer.records).toHaveLength(records.length);
        }),
        { seed: 11, numRuns: 40 },
      );
      expect(sender.host.counters('otlp_http')).toEqual({ records: sent, delivered: sent });
      expect(consumer.records.length).toBeGreaterThan(0);
    });

    test('records of one source arrive in order, over many requests', async () => {
      const consumer = new RecordingConsumer();
      const { address } = await receiver(consumer);
      const batch = { max_size: 7, flush_timeout: '0s' };
      const sender = await exporter(address, { encoding, compression, sending_queue: { batch } });
      const records = numbered(100);
      await sender.send(records);
      await sender.drained();
      expect(consumer.records).toEqual(records);
      expect(consumer.batches).toHaveLength(15);
    });
  });
});

test('a receiver that cannot commit is asked again, and each record arrives once', async () => {
  const consumer = new RecordingConsumer();
  const target = await receiver(consumer);
  let failures = 3;
  consumer.before = async () => {
    if (failures-- > 0) throw new Error('the disk is full');
  };
  const quick = { initial_interval: '1ms', max_interval: '1ms', multiplier: 1 };
  const sender = await exporter(target.address, { retry_on_failure: quick });
  await sender.sendBodies('1');
  await sender.logged('503 Service Unavailable');
  // The receiver asks for a second of patience each time; what comes then is the same request.
  expect(sender.host.store.length('outbox/otlp_http')).toBe(1);
  expect(bodies(consumer)).toEqual([]);
  failures = 0;
  await sender.drained();
  expect(bodies(consumer)).toEqual(['1']);
});

test('a record over the limit of the receiver is set aside, a stub arrives, and the next goes on', async () => {
  const consumer = new RecordingConsumer();
  const { address } = await receiver(consumer, { max_request_body_size: '2kB' });
  const batch = { max_size: 1, flush_timeout: '0s' };
  const sender = await exporter(address, { compression: 'none', sending_queue: { batch } });
  await sender.sendBodies('x'.repeat(3_000), 'small');
  await sender.drained();
  expect(bodies(consumer)).toEqual([expect.stringMatching(/^a record of \d+ bytes is larger/), 'small']);
  expect(sender.host.counters('otlp_http')).toEqual({ records: 2, delivered: 1, dead: 1, stubs: 1 });
  expect(sender.log.lines.join()).toContain('413 Payload Too Large');
  expect(sender.log.lines.join()).toContain('the body is larger than 2.0 kB; send it in parts');
});

test('a receiver that is restarted gets what was queued meanwhile', async () => {
  const consumer = new RecordingConsumer();
  const first = await receiver(consumer);
  const { address } = first;
  const sender = await exporter(address);
  await sender.sendBodies('1');
  await sender.drained();
  await first.stop();
  await sender.sendBodies('2', '3');
  await sender.logged('cannot deliver');
  await receiver(consumer, { endpoint: address });
  await sender.drained();
  await until(
    () => bodies(consumer).length === 3,
    () => JSON.stringify(bodies(consumer)),
  );
  expect(bodies(consumer)).toEqual(['1', '2', '3']);
});
