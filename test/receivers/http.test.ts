import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { http } from '../../src/receivers/http.ts';
import { quarantinedBy } from '../../src/webhook/quarantine.ts';
import { auditEvent, azureRecords, firehose, pubsubPush, subscription } from '../envelope/packers.ts';
import { HttpBench } from './http/bench.ts';
import { RecordingConsumer } from './otlp/bench.ts';

let consumer: RecordingConsumer;
let bench: HttpBench;
beforeEach(() => {
  consumer = new RecordingConsumer();
  bench = new HttpBench(consumer);
});
afterEach(() => bench.stop());

const bodies = (): unknown[] => consumer.records.map(({ body }) => body);
const a = auditEvent('a');
const b = auditEvent('b');
const requestId = 'ed4acda5-034f-9f42-bba1-f29aea6d7d8f';
const ofFirehose = { 'X-Amz-Firehose-Protocol-Version': '1.0', 'X-Amz-Firehose-Request-Id': requestId };

describe('takes', () => {
  beforeEach(() => bench.start());

  test.each([
    ['a delivery of Firehose', firehose([gzipSync(subscription([a, b]))])],
    ['records of an Event Hub', azureRecords([a, b])],
    ['a push of Pub/Sub', pubsubPush(`${a}\n${b}`)],
    ['events, one a line', `${a}\n${b}\n`],
  ])('%s: each event is a line, and the answer is an empty 200', async (_, body) => {
    const response = await bench.post(body);
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(bodies()).toEqual([a, b]);
    expect(bench.counters).toEqual({ requests: 1, lines: 2, bytes: a.length + b.length + 2 });
  });

  test('a body that is packed by its content encoding', async () => {
    const body = gzipSync(firehose([gzipSync(subscription([a]))]));
    expect((await bench.post(body, { 'Content-Encoding': 'gzip' })).status).toBe(200);
    expect(bodies()).toEqual([a]);
  });

  test('an event over several lines as one line', async () => {
    await bench.post(JSON.stringify(JSON.parse(a), undefined, 2));
    expect(bodies().map((body): unknown => JSON.parse(String(body)))).toEqual([JSON.parse(a)]);
    expect(String(bodies()[0])).not.toContain('\n');
  });

  test('documents without an event', async () => {
    const control = subscription([], { messageType: 'CONTROL_MESSAGE' });
    expect((await bench.post(firehose([gzipSync(control)]))).status).toBe(200);
    expect([bodies(), bench.counters]).toEqual([[], { requests: 1 }]);
  });
});

describe('Firehose', () => {
  test('is answered in JSON with the id of its request and the time', async () => {
    await bench.start();
    const response = await bench.post(firehose([a]), ofFirehose);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect([response.status, await response.json()]).toEqual([
      200,
      { requestId, timestamp: 1_775_995_200_000 },
    ]);
  });

  test('is told in JSON why its request was not taken', async () => {
    await bench.start({ max_request_body_size: 100 });
    const response = await bench.post(firehose([a]), ofFirehose);
    expect([response.status, await response.json()]).toEqual([
      413,
      {
        requestId,
        timestamp: 1_775_995_200_000,
        errorMessage: 'the body is larger than 100 B; send it in parts',
      },
    ]);
  });

  test('shows its access key as the token', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'riskpipe-token-'));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    writeFileSync(join(directory, 'tokens'), 'one-token\n');
    await bench.start({ auth: { bearer_token_file: join(directory, 'tokens') } });
    const attempts: readonly (readonly [Record<string, string>, number])[] = [
      [{}, 401],
      [{ 'X-Amz-Firehose-Access-Key': 'wrong' }, 401],
      [{ 'X-Amz-Firehose-Access-Key': 'one-token two' }, 401],
      [{ 'X-Amz-Firehose-Access-Key': 'one-token', Authorization: 'Bearer wrong' }, 401],
      [{ 'X-Amz-Firehose-Access-Key': 'one-token' }, 200],
    ];
    for (const [headers, status] of attempts) {
      const response = await bench.post(firehose([a]), { ...ofFirehose, ...headers });
      expect([headers, response.status]).toEqual([headers, status]);
      expect(await response.json()).toMatchObject({ requestId });
    }
    expect(bench.counters['requests']).toBe(1);
  });
});

describe('what comes again', () => {
  beforeEach(() => bench.start());

  test('counts once, also when its sender counts its attempts', async () => {
    for (const attempt of [1, 2, 3]) expect((await bench.post(pubsubPush(a, attempt))).status).toBe(200);
    expect(bodies()).toEqual([a]);
    expect(bench.counters).toMatchObject({ requests: 3, repeated: 2, lines: 1 });
  });

  test('after it could not be stored is taken', async () => {
    consumer.before = async () => Promise.reject(new Error('the queue is full'));
    const held = bench.post(pubsubPush(a));
    await expect
      .poll(() => bench.log.lines.join(), { timeout: 10_000 })
      .toContain('has to wait: the queue is full');
    consumer.before = async () => {};
    expect((await held).status).toBe(200);
    expect(bench.counters).toMatchObject({ requests: 1, lines: 1 });
  });
});

describe('a body that cannot be read wholly', () => {
  beforeEach(() => bench.start());

  test('is answered with 200 and kept, and its events count', async () => {
    const response = await bench.post(firehose([a, 'no event', b]), ofFirehose);
    expect(response.status).toBe(200);
    expect(bodies().slice(0, 2)).toEqual([a, b]);
    expect(consumer.records.at(-1)?.attributes).toMatchObject({ 'riskpipe.notice.kind': 'body_quarantined' });
    expect(bench.counters).toMatchObject({ lines: 2, quarantined: 1 });
    const reasons = quarantinedBy(bench.host.store, bench.id).map(({ reason }) => reason);
    expect(reasons).toEqual(['there is something that is no JSON object']);
  });

  test('is kept without what may be secret', async () => {
    await bench.post('{"token":"hunter2","records":["hunter2"]}');
    expect(quarantinedBy(bench.host.store, bench.id)).toHaveLength(1);
    expect(JSON.stringify(quarantinedBy(bench.host.store, bench.id))).not.toContain('hunter2');
  });
});

test('a bomb in a record is passed over: what stands beside it counts, and memory stays bounded', async () => {
  await bench.start({ max_request_body_size: '1MiB' });
  const bomb = gzipSync(Buffer.alloc(100 * 2 ** 20, 'x'));
  const before = process.memoryUsage().rss;
  expect((await bench.post(firehose([a, bomb, bomb, b]))).status).toBe(200);
  expect(process.memoryUsage().rss - before).toBeLessThan(64 * 2 ** 20);
  expect(bench.counters).toMatchObject({ lines: 2, quarantined: 1 });
});

describe('options', () => {
  test('encoding says what is taken, and what is not is kept', async () => {
    await bench.start({ encoding: 'azure_encoding' });
    await bench.post(azureRecords([a]));
    await bench.post(pubsubPush(b));
    expect(bench.counters).toMatchObject({ requests: 2, lines: 1, quarantined: 1 });
  });

  test('path, resource and attributes are as those of a webhook', async () => {
    await bench.start({
      path: '/push',
      resource: { 'k8s.cluster.name': 'prod' },
      attributes: { team: 'blue' },
    });
    expect((await bench.post(a)).status).toBe(404);
    expect((await bench.post(a, {}, '/push?x=1')).status).toBe(200);
    expect(consumer.records[0]).toMatchObject({
      resource: { attributes: { 'k8s.cluster.name': 'prod' } },
      attributes: { team: 'blue' },
    });
  });

  test('by default it listens on loopback, and tells documents by their shape', () => {
    const { endpoint, encoding, path, max_request_body_size } = http.schema.parse({});
    expect([endpoint, encoding, path, max_request_body_size]).toEqual([
      '127.0.0.1:14080',
      'auto',
      '/',
      32 * 2 ** 20,
    ]);
  });

  test.each([
    [{ encoding: 'aws' }, 'auto'],
    [{ endpoint: '0.0.0.0:1' }, 'allow_unprotected'],
  ])('%j is refused', (given, message) => {
    const issues = http.schema.safeParse(given).error?.issues ?? [];
    expect(issues.map((issue) => issue.message).join()).toContain(message);
  });
});
