import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type ClientHttp2Session, type SecureClientSessionOptions } from 'node:http2';
import { connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { Http2Server } from '../../src/net/http2-server.ts';
import { listenerFiles } from '../../src/net/listener-files.ts';
import { until } from '../e2e/until.ts';
import {
  canMakeCertificates,
  makeCertificate,
  type Certificate,
} from '../exporters/otlp-http/certificate.ts';
import { RecordingLogger } from '../recording-logger.ts';
import { lateHandshake } from './late-handshake.ts';

interface Given {
  readonly tls?: { cert_file: string; key_file: string; client_ca_file?: string; min_version: '1.2' };
  readonly requestTimeoutMs?: number;
  readonly maxConnections?: number;
}

const day = 86_400_000;
const bounds = {
  idleMs: day,
  ageMs: undefined,
  graceMs: day,
  pingMs: day,
  pingTimeoutMs: day,
  minPingMs: 0,
  pingsWithoutCall: true,
};

/** A server that answers 204 to each call once it is whole. */
async function serving(given: Given = {}, directory = '') {
  const { tls, requestTimeoutMs = 5_000, maxConnections = 8 } = given;
  const log = new RecordingLogger();
  const files = await listenerFiles({ endpoint: '', allow_unprotected: false, tls }, directory);
  const limits = { requestTimeoutMs, maxConnections, maxStreams: 4, bounds };
  const server = new Http2Server({ endpoint: '127.0.0.1:0', ...limits, log, ...files });
  const { endpoint } = await server.start(async (stream) => {
    stream.resume();
    await new Promise((resolve) => stream.once('end', resolve).once('close', resolve));
    if (!stream.destroyed) stream.respond({ ':status': 204 }, { endStream: true });
  });
  onTestFinished(() => server.stop(AbortSignal.abort()));
  return { server, endpoint, log };
}

function sessionTo(url: string, options: SecureClientSessionOptions = {}): ClientHttp2Session {
  const session = connect(url, options);
  session.on('error', () => {});
  onTestFinished(() => session.destroy());
  return session;
}

/** The status of a call, or undefined if it ends without one. */
function statusOf(session: ClientHttp2Session): Promise<number | undefined> {
  return new Promise((resolve) => {
    const stream = session.request({ ':method': 'POST' });
    let status: number | undefined;
    stream.on('response', (headers) => (status = headers[':status']));
    stream.on('error', () => {});
    stream.once('close', () => resolve(status));
    stream.end();
  });
}

test('a call that does not arrive in time is ended, and others are served meanwhile', async () => {
  const { endpoint } = await serving({ requestTimeoutMs: 50 });
  const session = sessionTo(`http://${endpoint}`);
  const slow = session.request({ ':method': 'POST' });
  slow.on('error', () => {});
  const ended = new Promise((resolve) => slow.once('close', resolve));
  slow.write('the beginning');
  expect(await statusOf(session)).toBe(204);
  await ended;
  expect(await statusOf(session)).toBe(204);
});

test('of more connections than it may have those without a call give way, and those with one go on', async () => {
  const { endpoint, log } = await serving({ maxConnections: 2 });
  const busy = sessionTo(`http://${endpoint}`).request({ ':method': 'POST' });
  await new Promise((resolve) => busy.write('the beginning', resolve));
  const idle = sessionTo(`http://${endpoint}`);
  expect(await statusOf(idle)).toBe(204);
  const closed = new Promise((resolve) => idle.once('close', resolve));
  expect(await statusOf(sessionTo(`http://${endpoint}`))).toBe(204);
  await closed;
  expect(log.lines.join()).toContain('closed a connection without a request: 2 are open');
  const answered = new Promise((resolve) => busy.once('response', resolve));
  busy.end();
  expect(await answered).toMatchObject({ ':status': 204 });
});

test('a stop ends although a peer does not close its connection', async () => {
  const { endpoint, server } = await serving();
  const peer = connectTcp({ port: Number(endpoint.split(':')[1]), host: '127.0.0.1', allowHalfOpen: true });
  onTestFinished(() => void peer.destroy());
  peer.on('error', () => {});
  const emptySettings = Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]);
  peer.write(Buffer.concat([Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), emptySettings]));
  await new Promise((resolve) => peer.once('data', resolve));
  await expect(server.stop(AbortSignal.abort())).resolves.toBeUndefined();
});

test('a connection that breaks in the middle of a call does no harm', async () => {
  const { endpoint } = await serving();
  const session = sessionTo(`http://${endpoint}`);
  const begun = session.request({ ':method': 'POST' });
  begun.on('error', () => {});
  await new Promise((resolve) => begun.write('x', resolve));
  session.destroy();
  const garbage = connectTcp(Number(endpoint.split(':')[1]), '127.0.0.1');
  garbage.on('error', () => {});
  garbage.resume();
  garbage.write(Buffer.alloc(10_000, 0xff));
  await new Promise((resolve) => garbage.once('close', resolve));
  expect(await statusOf(sessionTo(`http://${endpoint}`))).toBe(204);
});

test('a stop waits for the answer of a call that was begun, and tells it', async () => {
  const { server, endpoint } = await serving();
  const session = sessionTo(`http://${endpoint}`);
  expect(await statusOf(session)).toBe(204);
  const begun = session.request({ ':method': 'POST' });
  const status = new Promise((resolve) => begun.once('response', (headers) => resolve(headers[':status'])));
  await new Promise((resolve) => begun.write('x', resolve));
  expect(await statusOf(session)).toBe(204);
  const stopped = server.stop(new AbortController().signal);
  begun.end();
  expect(await status).toBe(204);
  await stopped;
});

describe.skipIf(!canMakeCertificates)('TLS (needs openssl)', () => {
  let own: Certificate;
  let other: Certificate;
  beforeAll(() => {
    own = makeCertificate();
    other = makeCertificate();
  });
  afterAll(() => {
    own.remove();
    other.remove();
  });
  const files = { cert_file: 'cert.pem', key_file: 'key.pem', min_version: '1.2' as const };
  const trusting = (cert: string) => ({ ca: cert, servername: 'backend.test' });

  test('senders have to show a certificate of client_ca_file', async () => {
    const tls = { ...files, client_ca_file: join(other.directory, 'cert.pem') };
    const { endpoint } = await serving({ tls }, own.directory);
    const url = `https://${endpoint}`;
    expect(await statusOf(sessionTo(url, trusting(own.cert)))).toBeUndefined();
    const shown = { ...trusting(own.cert), cert: other.cert, key: other.key };
    expect(await statusOf(sessionTo(url, shown))).toBe(204);
  });

  test('a handshake that ends after a stop does not hold it', async () => {
    // Without a clock no limit of the server itself ends the connection.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const { server, endpoint } = await serving({ tls: files }, own.directory);
    const shakeHands = await lateHandshake(endpoint, own.cert);
    // Connections are taken in order: the one before this is known, too.
    expect(await statusOf(sessionTo(`https://${endpoint}`, trusting(own.cert)))).toBe(204);
    const stopped = server.stop(AbortSignal.abort());
    shakeHands();
    await stopped;
  });

  test('new connections get a certificate that was replaced', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const directory = mkdtempSync(join(tmpdir(), 'riskpipe-listen-'));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    writeFileSync(join(directory, 'cert.pem'), own.cert);
    writeFileSync(join(directory, 'key.pem'), own.key);
    const { endpoint, log } = await serving({ tls: files }, directory);
    const url = `https://${endpoint}`;
    expect(await statusOf(sessionTo(url, trusting(other.cert)))).toBeUndefined();
    copyFileSync(other.certFile, join(directory, 'cert.pem'));
    copyFileSync(other.keyFile, join(directory, 'key.pem'));
    vi.advanceTimersByTime(5_000);
    await until(
      () => log.lines.some((line) => line.includes('certificates have changed; new connections use them')),
      () => log.lines.join(),
    );
    expect(await statusOf(sessionTo(url, trusting(other.cert)))).toBe(204);
  });
});
