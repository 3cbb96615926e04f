import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { until } from '../../e2e/until.ts';
import { seeded } from '../../e2e/random.ts';
import { RecordingConsumer } from '../otlp/bench.ts';
import { ApiServer } from './api-server.ts';
import { AuditBench, eventList } from './bench.ts';

/** Ten seconds are a fifth of one. */
const scale = 50;
const holdMs = 20_000 / scale;

let consumer: RecordingConsumer;
let bench: AuditBench;
let servers: ApiServer[];
beforeEach(() => {
  consumer = new RecordingConsumer();
  bench = new AuditBench(consumer);
  servers = [];
});
afterEach(async () => {
  for (const server of servers) server.close();
  await bench.stop();
});

function apiServer(speed = scale): ApiServer {
  const server = new ApiServer(bench.address, speed);
  servers.push(server);
  return server;
}

const numbered = (count: number): string[] =>
  Array.from({ length: count }, (_, n) => `{"auditID":"${n}","pad":"${'x'.repeat(200)}"}`);

/** As many lines are durable as there are events, which all differ. */
function expectOnce(events: readonly string[]): void {
  expect(bench.counters['lines']).toBe(events.length);
}

test('fifteen batches at a time are taken, each event once', async () => {
  await bench.start();
  const events = numbered(15 * 400);
  const server = apiServer(1);
  await server.send(events);
  expect(server.seen).toEqual({ retries: 0, dropped: 0 });
  expectOnce(events);
  expect(new Set(consumer.records.map(({ body }) => body))).toEqual(new Set(events));
});

test('a store that fails again and again costs retries, no event, and counts none twice', async () => {
  await bench.start({}, holdMs);
  const random = seeded(20_260_412);
  const work = bench.host.work.bind(bench.host);
  let failures = 0;
  let lost = 0;
  bench.host.work = async (run) => {
    const chance = random();
    if (chance < 0.4) {
      failures++;
      throw new Error('EIO');
    }
    const result = await work(run);
    // It is committed, and nobody hears of it: as when the answer is lost.
    if (chance < 0.6 && lost++ < 20) throw new Error('the answer is lost');
    return result;
  };
  const events = numbered(15 * 400);
  const server = apiServer();
  await server.send(events);
  expect(server.seen.dropped).toBe(0);
  expectOnce(events);
  expect(failures).toBeGreaterThan(5);
  expect(bench.counters['repeated']).toBeGreaterThan(0);
});

test('an outage that outlasts the holding is answered with 503, and what comes after it is taken', async () => {
  await bench.start({}, 20);
  let isDown = true;
  consumer.before = async () => {
    if (isDown) throw new Error('the queue is full');
  };
  const events = numbered(3 * 400);
  const server = apiServer(100);
  const sent = server.send(events);
  await until(
    () => server.seen.retries >= 3,
    () => bench.log.lines.join(),
  );
  expect(bench.log.lines.join()).toContain('503 to ');
  isDown = false;
  await sent;
  expect(server.seen.dropped).toBe(0);
  expectOnce(events);
});

test('200 batches at once, as after an outage, are all taken', { timeout: 120_000 }, async () => {
  await bench.start();
  // All of them would be more than the test is about.
  consumer.batches.push = () => 0;
  const events = numbered(200 * 400);
  const server = apiServer(1);
  await server.send(events);
  expect(server.seen).toEqual({ retries: 0, dropped: 0 });
  expectOnce(events);
});

test('no more than 32 bodies are in memory: others wait unread, then are answered with 503', async () => {
  await bench.start({}, 500);
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  consumer.before = () => held;
  const responses = numbered(40).map((event) => bench.post(eventList(event)));
  await until(
    () => bench.log.lines.filter((line) => line.includes('too many requests at a time')).length === 8,
    () => bench.log.lines.join(),
  );
  release();
  const statuses = (await Promise.all(responses)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(32);
  expect(statuses.filter((status) => status === 503)).toHaveLength(8);
  expect(bench.counters['lines']).toBe(32);
});

test('senders that go away while they wait take no place of others', async () => {
  await bench.start({}, 5_000);
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  consumer.before = () => held;
  const inside = numbered(32).map((event) => bench.post(eventList(event)));
  // An answer to what came later shows that what came before has been looked at.
  const looked = (): Promise<Response> => fetch(`http://${bench.address}/`);
  await looked();
  const [host, port] = bench.address.split(':');
  const sockets = Array.from({ length: 40 }, () => connect(Number(port), host));
  for (const socket of sockets) {
    await new Promise((resolve) =>
      socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{', resolve),
    );
  }
  await looked();
  for (const socket of sockets) socket.destroy();
  await looked();
  release();
  expect((await Promise.all(inside)).map(({ status }) => status)).toEqual(Array(32).fill(200));
  expect((await bench.post(eventList('{}'))).status).toBe(200);
});
