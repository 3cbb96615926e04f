import { afterEach, describe, expect, test } from 'vitest';
import { splunkHec } from '../../src/exporters/splunk-hec.ts';
import { logRecord, noResource } from '../../src/record/record.ts';
import { userAgent } from '../../src/net/user-agent.ts';
import type { Answer } from '../chaos/scripted-backend.ts';
import { ExporterBench } from './otlp-http/bench.ts';
import { riskEvent } from './risk-event.ts';
import { HecServer } from './splunk-hec/hec-server.ts';

const token = '11111111-2222-3333-4444-555555555555';
const running: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of running.splice(0).reverse()) await one.stop();
});

interface Scene {
  readonly server: HecServer;
  readonly bench: ExporterBench;
}

/** A server whose first answers are `script`, and an exporter to it that knows the token. */
async function scene(given: object = {}, ...script: readonly Answer[]): Promise<Scene> {
  const server = await HecServer.start({ token, indexes: ['main', 'risk'], poison: 'poison' }, script);
  const bench = await ExporterBench.of(splunkHec, { endpoint: server.url, token, ...given });
  running.push(server, bench);
  await bench.start();
  return { server, bench };
}

const eventsOf = ({ server }: Scene): readonly unknown[] => server.events.map(({ event }) => event);

test('posts gzipped events to /services/collector with the token, and says who it is', async () => {
  const { server, bench } = await scene();
  await bench.sendBodies('one', 'two');
  await bench.drained();
  const [request] = server.backend.requests;
  expect(request).toMatchObject({ method: 'POST', url: '/services/collector' });
  expect(request?.headers).toMatchObject({
    authorization: `Splunk ${token}`,
    'content-type': 'application/json',
    'content-encoding': 'gzip',
    'user-agent': userAgent,
  });
  expect(server.events.map(({ event }) => event)).toEqual(['one', 'two']);
});

test('disable_compression sends the body as it is', async () => {
  const { server, bench } = await scene({ disable_compression: true });
  await bench.sendBodies('one');
  await bench.drained();
  expect(server.backend.requests[0]?.headers['content-encoding']).toBeUndefined();
  expect(server.events).toHaveLength(1);
});

test('source, sourcetype and index are those of the configuration', async () => {
  const { server, bench } = await scene({ source: 's', sourcetype: 'riskpipe:risk', index: 'risk' });
  await bench.send([riskEvent()]);
  await bench.drained();
  expect(server.events).toMatchObject([{ source: 's', sourcetype: 'riskpipe:risk', index: 'risk' }]);
});

test('max_content_length_logs divides what is larger; a record that is too large by itself leaves a stub', async () => {
  const given = { disable_compression: true, max_content_length_logs: 900 };
  const made = await scene(given);
  const { bench } = made;
  await bench.sendBodies('a'.repeat(600), 'b'.repeat(600), 'c'.repeat(2_000));
  await bench.drained();
  const sizes = made.server.backend.requests.map(({ sent }) => sent.length);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(900);
  expect(eventsOf(made)).toEqual([
    'a'.repeat(600),
    'b'.repeat(600),
    expect.stringContaining('larger than the backend takes'),
  ]);
  expect(bench.host.counters('splunk_hec')).toMatchObject({ records: 3, delivered: 2, dead: 1, stubs: 1 });
});

test('max_content_length_logs: 0 is no limit', async () => {
  const { server, bench } = await scene({ disable_compression: true, max_content_length_logs: 0 });
  await bench.sendBodies('a'.repeat(3_000_000));
  await bench.drained();
  expect(server.events).toHaveLength(1);
});

test('timeout: a silent HEC is given up, and asked again', async () => {
  const { server, bench } = await scene({ timeout: '50ms' }, { instead: 'silence' });
  await bench.sendBodies('one');
  await bench.drained();
  expect(server.backend.requests).toHaveLength(2);
  expect(bench.log.lines.join()).toContain('no answer within 50ms');
});

test('start says where events go', async () => {
  const { server, bench } = await scene();
  expect(bench.log.lines).toEqual([`info: shipping events for Splunk HEC to ${new URL(server.url).host}`]);
});

test('the token never reaches the log', async () => {
  const { bench } = await scene({}, { status: 503 }, { status: 403, body: `{"text":"no","code":4}` });
  await bench.sendBodies('one');
  await bench.logged('parked');
  expect(bench.log.lines.join()).not.toContain(token);
});

describe('what HEC answers', () => {
  const quick = { retry_on_failure: { initial_interval: '1ms', max_interval: '1ms', probe_interval: '1ms' } };

  test('an event that is refused is set aside, and costs three requests more', async () => {
    const made = await scene();
    await made.bench.sendBodies('1', '2', '3', '4', '5', 'poison', '6', '7');
    await made.bench.drained();
    expect(eventsOf(made)).toEqual(['1', '2', '3', '4', '5', '6', '7']);
    expect(made.bench.host.counters('splunk_hec')).toEqual({ records: 8, delivered: 7, dead: 1 });
    expect(made.server.backend.requests).toHaveLength(4);
    const [dead] = await made.bench.host.store.peek('dead/splunk_hec', 0, 1);
    expect(dead?.value).toContain('Invalid data format (code 6)');
  });

  test.each([
    ['503, code 9', { status: 503, body: '{"text":"Server is busy","code":9,"invalid-event-number":0}' }],
    ['500, code 8', { status: 500, body: '{"text":"Internal server error","code":8}' }],
    ['429', { status: 429, body: '' }],
    ['502 of a proxy', { status: 502, body: '<html>' }],
    ['200, code 9', { status: 200, body: '{"text":"Server is busy","code":9}' }],
  ])('%s: the same bytes are sent again', async (_, answer) => {
    const made = await scene(quick, answer);
    await made.bench.sendBodies('one');
    await made.bench.drained();
    const [first, second] = made.server.backend.requests;
    expect(second?.sent).toEqual(first?.sent);
    expect(made.bench.host.counters('splunk_hec')).toEqual({ records: 1, delivered: 1 });
  });

  test.each([
    ['403, code 1', { status: 403, body: '{"text":"Token disabled","code":1}' }, '"token"'],
    ['401, code 2', { status: 401, body: '{"text":"Token is required","code":2}' }, '"token"'],
    ['401, code 3', { status: 401, body: '{"text":"Invalid authorization","code":3}' }, '"token"'],
    ['403, code 4', { status: 403, body: '{"text":"Invalid token","code":4}' }, '"token"'],
    ['400, code 7', { status: 400, body: '{"text":"Incorrect index","code":7}' }, '"index"'],
    ['400, code 10', { status: 400, body: '{"text":"Data channel is missing","code":10}' }, 'acknowledgment'],
    ['400, code 11', { status: 400, body: '{"text":"Invalid data channel","code":11}' }, 'acknowledgment'],
    ['400, code 14', { status: 400, body: '{"text":"ACK is disabled","code":14}' }, 'acknowledgment'],
    ['404', { status: 404, body: '' }, '404'],
    ['200, code 17', { status: 200, body: '{"text":"HEC is healthy","code":17}' }, 'HEC is healthy'],
  ])('%s: parked, and sent again once an empty request finds the token good', async (_, answer, hint) => {
    const made = await scene(quick, answer);
    await made.bench.sendBodies('one');
    await made.bench.drained();
    expect(made.server.backend.requests.map(({ body }) => body.length > 0)).toEqual([true, false, true]);
    expect(made.bench.log.lines.find((line) => line.includes('parked'))).toContain(hint);
    expect(made.bench.host.counters('splunk_hec')).toEqual({ records: 1, delivered: 1, parked_resend: 1 });
  });

  test('a wrong token: nothing is delivered until it is the right one', async () => {
    const { server, bench } = await scene(quick);
    server.token = 'other';
    await bench.sendBodies('one');
    await bench.logged('Invalid token (code 4)');
    expect(server.events).toEqual([]);
    server.token = token;
    await bench.drained();
    expect(server.events).toHaveLength(1);
  });

  test('an index that the token may not write to parks, as no record is to blame', async () => {
    const { bench } = await scene({ index: 'secret' });
    await bench.sendBodies('one');
    await bench.logged('Incorrect index (code 7); allow the token to write to "index"');
    expect(bench.host.counters('splunk_hec')).toEqual({ records: 1 });
  });

  test('413: the request is halved', async () => {
    const made = await scene(quick, { status: 413, body: '' });
    await made.bench.sendBodies('one', 'two');
    await made.bench.drained();
    expect(made.server.backend.requests).toHaveLength(3);
    expect(eventsOf(made)).toEqual(['one', 'two']);
  });

  test('200 with a page of HTML is delivered, and doubted aloud', async () => {
    const { bench } = await scene({}, { status: 200, body: '<html>' });
    await bench.sendBodies('one');
    await bench.drained();
    expect(bench.log.lines.join()).toContain('which counts as delivered, but not as HEC does');
  });
});

test('what is odd in a record is no reason for HEC to refuse it', async () => {
  const odd = [
    logRecord({ observedTime: 1n, resource: noResource, body: '' }),
    logRecord({ observedTime: 1n, resource: noResource, body: null, eventName: 'named' }),
    logRecord({ observedTime: 10n ** 30n, resource: noResource, body: { a: [1n, { b: null }] } }),
    logRecord({ observedTime: 1n, resource: noResource, body: '\ud800 half' }),
    riskEvent({
      attributes: {
        a: null,
        b: [],
        c: {},
        d: [null, 1],
        e: NaN,
        f: 2n ** 63n,
        g: Uint8Array.of(1),
        _raw: 'forged',
        ['__proto__']: 'x',
        'risk.object': { nested: ['\udfff'] },
        'threat.objects': 'none',
        'threat.techniques': [null, 'x'],
        'riskpipe.annotations': ['x'],
        'finding.window.start': 'never',
        'finding.fields': { index: 'main', user: 'ada' },
      },
    }),
  ];
  const made = await scene();
  await made.bench.send(odd);
  await made.bench.drained();
  expect(made.bench.host.counters('splunk_hec')).toEqual({ records: 5, delivered: 5 });
  expect(eventsOf(made).slice(0, 4)).toEqual(['(empty)', 'named', { a: [1, { b: null }] }, '\ufffd half']);
});
