import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { until } from '../e2e/until.ts';
import { RecordingConsumer } from '../receivers/otlp/bench.ts';
import { HttpBench } from '../receivers/http/bench.ts';
import { AuditBench, eventList } from '../receivers/kubernetes-audit/bench.ts';
import type { WebhookBench } from '../webhook/bench.ts';

let bench: WebhookBench;
afterEach(() => bench.stop());

/** A connection that has sent `text`, and all that came back. */
function sending(text: string): { readonly socket: Socket; readonly answer: () => string } {
  const [host, port] = bench.address.split(':');
  const socket = connect(Number(port), host);
  const chunks: Buffer[] = [];
  socket.on('error', () => {});
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.write(text);
  onTestFinished(() => void socket.destroy());
  return { socket, answer: () => Buffer.concat(chunks).toString() };
}

const takesGood = async (): Promise<void> => {
  const lines = bench.counters['lines'] ?? 0;
  expect((await bench.post(eventList(`{"auditID":"${lines}"}`))).status).toBe(200);
  expect(bench.counters['lines']).toBe(lines + 1);
};

/** Receivers that others post to; what holds for whatever listens is tested in `endpoints`. */
const benches = [
  ['kubernetes_audit', AuditBench],
  ['http', HttpBench],
] as const;

describe.each(benches)('%s:', (_, Bench) => {
  beforeEach(() => {
    bench = new Bench(new RecordingConsumer());
  });

  describe('a body that is packed', () => {
    beforeEach(() => bench.start({ max_request_body_size: '1MiB' }));

    test.each(['deflate', 'br', 'zstd', 'gzip, gzip'])(
      'by %s is kept as it is, not unpacked',
      async (encoding) => {
        const response = await bench.post(deflateSync('x'.repeat(100_000)), { 'Content-Encoding': encoding });
        expect(response.status).toBe(200);
        expect(bench.counters).toEqual({ requests: 1, quarantined: 1 });
        await takesGood();
      },
    );
  });

  describe('a body that is too large', () => {
    beforeEach(() => bench.start({ max_request_body_size: 1_000 }));

    test.each([1_500, 5_000])(
      'by its length of %i is answered with 413, and nothing is stored',
      async (size) => {
        expect((await bench.post('x'.repeat(size))).status).toBe(413);
        expect(bench.counters).toEqual({});
        await takesGood();
      },
    );

    test('without a length is answered with 413, and its connection closed', async () => {
      const chunk = `400\r\n${'x'.repeat(1_024)}\r\n`;
      const { socket, answer } = sending(
        `POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n${chunk.repeat(10)}`,
      );
      const closed = new Promise((resolve) => socket.once('close', resolve));
      await closed;
      expect(answer()).toContain('HTTP/1.1 413 ');
      expect(bench.counters).toEqual({});
      await takesGood();
    });
  });

  describe('a sender that', () => {
    beforeEach(() => bench.start());

    const head = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 999\r\n\r\n';

    test('sends several requests at once has all of them taken', async () => {
      const body = (n: number): string => eventList(`{"n":${n}}`);
      const request = (n: number): string =>
        `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${body(n).length}\r\n\r\n${body(n)}`;
      const { answer } = sending([1, 2, 3].map(request).join(''));
      await until(() => answer().split('HTTP/1.1 200 ').length === 4, answer);
      expect(bench.counters['lines']).toBe(3);
    });

    test('goes away in the middle of a body leaves nothing behind', async () => {
      sending(`${head}{`).socket.end();
      await until(
        () => bench.log.lines.some((line) => line.includes('the body ends early')),
        () => bench.log.lines.join(),
      );
      expect(bench.counters).toEqual({});
      await takesGood();
    });
  });

  describe('where a token is asked for', () => {
    beforeEach(async () => {
      const directory = mkdtempSync(join(tmpdir(), 'riskpipe-token-'));
      onTestFinished(() => rmSync(directory, { recursive: true }));
      writeFileSync(join(directory, 'tokens'), 'one-token\nother-token\n');
      await bench.start({ auth: { bearer_token_file: join(directory, 'tokens') }, path: '/audit' });
    });

    const body = eventList('{}');
    test.each([
      '//audit',
      '/audit/',
      '/%61udit',
      '/audit;x',
      '/x/../audit',
      '/audit%00',
      '/Audit',
      '/?token=one-token',
    ])('the path %s is another one, and nothing is stored', async (path) => {
      const { answer } = sending(
        `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      );
      await until(() => /^HTTP\/1\.1 40[14] /.test(answer()), answer);
      expect(bench.counters).toEqual({});
    });
  });

  test.each(['GET', 'PUT', 'OPTIONS', 'DELETE'])('%s is answered with 405', async (method) => {
    await bench.start();
    const response = await fetch(`http://${bench.address}/`, { method });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });
});
