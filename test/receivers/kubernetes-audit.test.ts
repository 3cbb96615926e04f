import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { kubernetesAudit } from '../../src/receivers/kubernetes-audit.ts';
import { quarantinedBy } from '../../src/webhook/quarantine.ts';
import { until } from '../e2e/until.ts';
import { AuditBench, eventList } from './kubernetes-audit/bench.ts';
import { RecordingConsumer } from './otlp/bench.ts';

let consumer: RecordingConsumer;
let bench: AuditBench;
beforeEach(() => {
  consumer = new RecordingConsumer();
  bench = new AuditBench(consumer);
});
afterEach(() => bench.stop());

const bodies = (): unknown[] => consumer.records.map(({ body }) => body);
const kinds = (): unknown[] =>
  consumer.records.flatMap(({ attributes }) => attributes['riskpipe.notice.kind'] ?? []);

describe('takes', () => {
  beforeEach(() => bench.start());

  test('each event as a line, with the bytes that were sent, and answers 200', async () => {
    const events = ['{"auditID":"a","n":1.0}', '{"auditID": "b\\u0026é"}'];
    const response = await bench.post(eventList(...events));
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(bodies()).toEqual(events);
    expect(bench.counters).toEqual({ requests: 1, lines: 2, bytes: events.join('..').length + 1 });
  });

  test('events that are spread over several lines, as one line each', async () => {
    await bench.post(JSON.stringify(JSON.parse(eventList('{"a":[1,{"b":"c"}]}')), undefined, 2));
    expect(bodies().map((body) => JSON.parse(String(body)))).toEqual([{ a: [1, { b: 'c' }] }]);
  });

  test('gzip', async () => {
    expect((await bench.post(gzipSync(eventList('{}')), { 'Content-Encoding': 'gzip' })).status).toBe(200);
    expect(bodies()).toEqual(['{}']);
  });

  test.each(['[]', 'null'])('the list %s, which has no events', async (items) => {
    const body = `{"kind":"EventList","apiVersion":"audit.k8s.io/v1","items":${items}}`;
    expect((await bench.post(body)).status).toBe(200);
    expect([bodies(), bench.counters]).toEqual([[], { requests: 1 }]);
  });

  test('events longer than a block, between others, in order and in full', async () => {
    const events = ['{"n":1}', `{"long":"${'x'.repeat(3_000_000)}"}`, '{"n":2}'];
    await bench.post(eventList(...events));
    expect(bodies()).toEqual(events);
  });

  test('more than a block holds, as several batches at one position after the other', async () => {
    const events = Array.from({ length: 3_000 }, (_, n) => `{"n":${n},"pad":"${'x'.repeat(1_000)}"}`);
    await bench.post(eventList(...events));
    expect(bodies()).toEqual(events);
    const offsets = consumer.batches.map(({ batch }) => batch.position.offset);
    expect(offsets.length).toBeGreaterThan(2);
    expect(offsets).toEqual([...offsets].sort((a, b) => a - b));
    expect(offsets.at(-1)).toBe(bench.counters['bytes']);
  });

  test('one stream, whose position counts over all requests', async () => {
    await bench.post(eventList('{"n":1}'));
    await bench.post(eventList('{"n":2}'));
    expect(consumer.batches.map(({ batch }) => batch.position)).toEqual([
      { stream: bench.id, offset: 8 },
      { stream: bench.id, offset: 16 },
    ]);
    expect(consumer.batches[0]?.batch.source).toBe('127.0.0.1');
  });
});

describe('a request that comes again', () => {
  test('counts once, and is answered with 200', async () => {
    await bench.start();
    const body = eventList('{"auditID":"a"}');
    for (let time = 0; time < 3; time++) expect((await bench.post(body)).status).toBe(200);
    expect(bodies()).toHaveLength(1);
    expect(bench.counters).toMatchObject({ requests: 3, repeated: 2, lines: 1 });
  });

  test('counts once over a restart between commit and answer', async () => {
    await bench.start();
    const body = eventList('{"auditID":"a"}');
    await bench.post(body);
    await bench.stop();
    bench = new AuditBench(consumer, bench.host);
    await bench.start();
    expect((await bench.post(body)).status).toBe(200);
    expect(bench.counters).toMatchObject({ requests: 2, repeated: 1, lines: 1 });
  });

  test('and was not committed counts', async () => {
    await bench.start({}, 0);
    bench.host.failingCommits = 1;
    const body = eventList('{"auditID":"a"}');
    expect((await bench.post(body)).status).toBe(503);
    expect((await bench.post(body)).status).toBe(200);
    expect(bench.counters).toMatchObject({ requests: 1, lines: 1 });
  });

  test('is told by its content: another event under the same id counts', async () => {
    await bench.start();
    await bench.post(eventList('{"auditID":"a","verb":"get"}'));
    await bench.post(eventList('{"auditID":"a","verb":"delete"}'));
    expect(bench.counters['lines']).toBe(2);
  });
});

describe('what cannot be stored now', () => {
  test('is held, and answered with 200 once it is stored', async () => {
    await bench.start();
    bench.host.failingCommits = 2;
    expect((await bench.post(eventList('{}'))).status).toBe(200);
    expect(bench.counters['lines']).toBe(1);
    expect(bench.log.lines.filter((line) => line.includes('has to wait: ENOSPC'))).toHaveLength(1);
  });

  test('is answered with 503 and Retry-After when it was held long enough', async () => {
    await bench.start({}, 50);
    bench.host.failingCommits = Number.POSITIVE_INFINITY;
    const response = await bench.post(eventList('{}'));
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await response.text()).toBe('the events could not be stored now; send them again\n');
    expect(bench.counters).toEqual({});
  });

  test('does not keep others from being stored', async () => {
    await bench.start();
    consumer.before = async () => {
      if (bench.host.counters(bench.id)['lines'] === undefined) throw new Error('the queue is full');
    };
    const held = bench.post(eventList('{"n":1}'));
    await until(
      () => bench.log.lines.some((line) => line.includes('has to wait: the queue is full')),
      () => bench.log.lines.join(),
    );
    consumer.before = async () => {};
    expect((await bench.post(eventList('{"n":2}'))).status).toBe(200);
    expect((await held).status).toBe(200);
  });

  test('is let go with 503 when the receiver stops', async () => {
    await bench.start();
    bench.host.failingCommits = Number.POSITIVE_INFINITY;
    const held = bench.post(eventList('{}'));
    await until(
      () => bench.log.lines.some((line) => line.includes('has to wait')),
      () => bench.log.lines.join(),
    );
    await bench.stop(new AbortController().signal);
    expect((await held).status).toBe(503);
  });
});

describe('a body that is no list of events', () => {
  beforeEach(() => bench.start({ resource: { 'k8s.cluster.name': 'prod' } }));

  test.each([
    ['', 'there should be "{" at byte 0'],
    ['[1]', 'there should be "{" at byte 0'],
    ['{}', 'there should be a name and ":" at byte 1'],
    ['{"kind":"EventList"}', 'there are no "items" in it'],
    ['{"items":{}}', 'there should be a value at byte 11'],
    ['{"kind":"Event","apiVersion":"audit.k8s.io/v1","items":[]}', 'it is no "EventList" of'],
    [`${eventList()}x`, 'there should be nothing more at byte 77'],
    ['\u0000\u0001binary', 'there should be "{" at byte 0'],
  ])('%j is answered with 200, kept, and told once', async (body, reason) => {
    for (let time = 0; time < 2; time++) expect((await bench.post(body)).status).toBe(200);
    expect(kinds()).toEqual(['body_quarantined']);
    expect(consumer.records[0]?.body).toContain(reason);
    expect(consumer.records[0]?.resource.attributes).toEqual({ 'k8s.cluster.name': 'prod' });
    expect(quarantinedBy(bench.host.store, bench.id)).toMatchObject([
      { source: '127.0.0.1', bytes: Buffer.byteLength(body) },
    ]);
    expect(bench.counters).toMatchObject({ requests: 2, repeated: 1, quarantined: 1 });
  });

  test('of an unknown packing, or a broken one, is kept, too', async () => {
    expect((await bench.post('x', { 'Content-Encoding': 'br' })).status).toBe(200);
    expect((await bench.post('y', { 'Content-Encoding': 'gzip' })).status).toBe(200);
    expect(quarantinedBy(bench.host.store, bench.id).map(({ reason }) => reason)).toEqual([
      'its content encoding is neither gzip nor identity',
      'the body is not gzip, or ends early',
    ]);
  });

  test('gives the events that stand before the fault', async () => {
    await bench.post('{"items":[{"n":1},{"n":2},{"n":');
    expect(bodies().slice(0, 2)).toEqual(['{"n":1}', '{"n":2}']);
    expect(kinds()).toEqual(['body_quarantined']);
    expect(bench.counters).toMatchObject({ lines: 2, quarantined: 1 });
  });

  test('is kept without what may be secret, and no more than a hundred are', async () => {
    for (let n = 0; n < 105; n++) await bench.post(`{"verb":"get","token":"hunter${100 + n}"`);
    const kept = quarantinedBy(bench.host.store, bench.id);
    expect(kept).toHaveLength(100);
    expect(JSON.stringify(kept)).not.toContain('hunter');
    expect(kept[0]?.text).toBe('{"verb":"get",<5>:<9>');
    expect(bench.counters['quarantined']).toBe(105);
  });
});

describe('options', () => {
  test('path says where events go', async () => {
    await bench.start({ path: '/k8s/audit' });
    expect((await bench.post(eventList('{}'), {}, '/k8s/audit?timeout=30s')).status).toBe(200);
    expect((await bench.post(eventList('{}'))).status).toBe(404);
  });

  test('max_request_body_size bounds the body', async () => {
    await bench.start({ max_request_body_size: '200 B' });
    expect((await bench.post(eventList('{}'))).status).toBe(200);
    expect((await bench.post(eventList(`{"a":"${'x'.repeat(200)}"}`))).status).toBe(413);
  });

  test('resource and attributes go with every line', async () => {
    await bench.start({ resource: { 'k8s.cluster.name': 'prod' }, attributes: { team: 'blue' } });
    await bench.post(eventList('{}'));
    expect(consumer.records[0]).toMatchObject({
      resource: { attributes: { 'k8s.cluster.name': 'prod' } },
      attributes: { team: 'blue' },
    });
  });

  test('silence: that no event comes is told', async () => {
    await bench.start({ silence: '10ms' });
    await until(
      () => kinds().includes('log_silent'),
      () => bench.log.lines.join(),
    );
  });

  test('silence: 0 tells nothing, and by default it is five minutes', () => {
    const { silence, endpoint, max_request_body_size, path } = kubernetesAudit.schema.parse({});
    expect([silence, endpoint, max_request_body_size, path]).toEqual([
      300_000,
      '127.0.0.1:14443',
      32 * 2 ** 20,
      '/',
    ]);
  });

  test('endpoint beyond loopback needs protection; with allow_unprotected there is a warning', async () => {
    await expect(bench.start({ endpoint: '0.0.0.0:0' })).rejects.toThrow('allow_unprotected');
    await bench.start({ endpoint: '0.0.0.0:0', allow_unprotected: true });
    expect(bench.log.lines.join()).toMatch(/0\.0\.0\.0:\d+ can be reached from other machines/);
  });

  test.each([
    [{ path: 'audit' }, 'must begin with "/"'],
    [{ path: '/a?b' }, 'is no path as it stands in a URL'],
    [{ path: '/a/../b' }, 'is no path as it stands in a URL'],
    [{ path: '/prüf' }, 'is no path as it stands in a URL'],
    [{ max_request_body_size: 0 }, 'must be more than 0'],
    [{ endpoint: 'x' }, 'is no address'],
    [{ inclde: 1 }, 'Unrecognized key'],
  ])('%j is refused', (given, message) => {
    const issues = kubernetesAudit.schema.safeParse(given).error?.issues ?? [];
    expect(issues.map((issue) => issue.message).join()).toContain(message);
  });
});
