import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { HttpServer, type Answer } from '../../src/net/http-server.ts';
import { listenerFiles } from '../../src/net/listener-files.ts';
import { Rejection } from '../../src/net/rejection.ts';
import {
  canMakeCertificates,
  makeCertificate,
  type Certificate,
} from '../exporters/otlp-http/certificate.ts';
import { RecordingLogger } from '../recording-logger.ts';
import { lateHandshake } from './late-handshake.ts';

interface Given {
  readonly tls?: { cert_file: string; key_file: string; client_ca_file?: string; min_version: '1.2' };
  readonly auth?: { bearer_token_file: string };
}

/** A server that answers "yes" to whom it takes requests from. */
async function serving(given: Given, directory: string, answer?: Answer) {
  const log = new RecordingLogger();
  const files = await listenerFiles({ endpoint: '', allow_unprotected: false, ...given }, directory);
  const server = new HttpServer({
    endpoint: '127.0.0.1:0',
    maxConnections: 8,
    requestTimeoutMs: 5_000,
    log,
    ...files,
  });
  const yes: Answer = async (asked, response) => {
    try {
      await server.authorize(asked);
      response.end('yes');
    } catch (error) {
      response.writeHead(error instanceof Rejection ? error.status : 500).end();
    }
  };
  const { endpoint } = await server.start(answer ?? yes);
  onTestFinished(() => server.stop(AbortSignal.abort()));
  return { server, endpoint, log };
}

function folder(): string {
  const directory = mkdtempSync(join(tmpdir(), 'riskpipe-listen-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}

describe('a token', () => {
  const statusWith = async (endpoint: string, authorization?: string): Promise<number> =>
    (await fetch(`http://${endpoint}`, { headers: authorization === undefined ? {} : { authorization } }))
      .status;

  test.each([
    ['Bearer one', 200],
    ['bearer two', 200],
    ['Bearer  one ', 200],
    [undefined, 401],
    ['Bearer', 401],
    ['Bearer three', 401],
    ['Bearer one two', 401],
    ['Basic one', 401],
  ])('shown as %s is answered with %i', async (authorization, status) => {
    const directory = folder();
    writeFileSync(join(directory, 'tokens'), 'one\r\n\n two\n');
    const { endpoint } = await serving({ auth: { bearer_token_file: 'tokens' } }, directory);
    expect(await statusWith(endpoint, authorization)).toBe(status);
  });

  test('counts as soon as it is in the file, and no longer than that; an empty file changes nothing', async () => {
    const directory = folder();
    const file = join(directory, 'tokens');
    writeFileSync(file, 'old\n');
    const { endpoint, log } = await serving({ auth: { bearer_token_file: 'tokens' } }, directory);
    writeFileSync(file, 'brand-new\n');
    expect(await statusWith(endpoint, 'Bearer old')).toBe(401);
    expect(await statusWith(endpoint, 'Bearer brand-new')).toBe(200);
    writeFileSync(file, '\n');
    expect(await statusWith(endpoint, 'Bearer brand-new')).toBe(200);
    expect(log.lines.join('\n')).toContain('the old ones stay');
  });

  test('that cannot be read stops the start', async () => {
    const directory = folder();
    await expect(serving({ auth: { bearer_token_file: 'none' } }, directory)).rejects.toThrow('none');
  });
});

describe.skipIf(!canMakeCertificates)('tls (needs openssl)', () => {
  let first: Certificate;
  let second: Certificate;
  beforeAll(() => {
    first = makeCertificate();
    second = makeCertificate();
  });
  afterAll(() => {
    first.remove();
    second.remove();
  });

  const files = { cert_file: 'cert.pem', key_file: 'key.pem', min_version: '1.2' } as const;

  /** The status of an answer to a sender that trusts `trusted`, and shows `shown`. */
  function statusFor(endpoint: string, trusted: Certificate, shown?: Certificate): Promise<number> {
    const [host, port] = endpoint.split(':');
    return new Promise((resolve, reject) => {
      const sending = request(
        {
          host,
          port,
          agent: false,
          ca: trusted.cert,
          servername: 'backend.test',
          ...(shown && { cert: shown.cert, key: shown.key }),
        },
        (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        },
      );
      sending.on('error', reject);
      sending.end();
    });
  }

  test('a sender that trusts the certificate is answered, over plain HTTP nobody is', async () => {
    const { endpoint } = await serving({ tls: files }, first.directory);
    expect(await statusFor(endpoint, first)).toBe(200);
    await expect(fetch(`http://${endpoint}`)).rejects.toThrow();
  });

  test('with client_ca_file only a sender with a certificate of that authority is answered', async () => {
    const tls = { ...files, client_ca_file: 'cert.pem' };
    const { endpoint } = await serving({ tls }, first.directory);
    expect(await statusFor(endpoint, first, first)).toBe(200);
    await expect(statusFor(endpoint, first)).rejects.toThrow();
    await expect(statusFor(endpoint, first, second)).rejects.toThrow();
  });

  test('a handshake that ends after a stop does not hold it', async () => {
    const { server, endpoint } = await serving({ tls: files }, first.directory);
    const shakeHands = await lateHandshake(endpoint, first.cert);
    // Connections are taken in order: the one before this is known, too.
    expect(await statusFor(endpoint, first)).toBe(200);
    const stopped = server.stop(AbortSignal.abort());
    shakeHands();
    await stopped;
  });

  test('new files are used by new connections; files that are none are not', async () => {
    const directory = folder();
    const put = (certificate: Certificate): void => {
      copyFileSync(certificate.certFile, join(directory, 'cert.pem'));
      copyFileSync(certificate.keyFile, join(directory, 'key.pem'));
    };
    put(first);
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const { endpoint, log } = await serving({ tls: files }, directory);
    put(second);
    vi.advanceTimersByTime(5_000);
    await vi.waitFor(() => expect(log.lines.join('\n')).toContain('new connections use them'));
    expect(await statusFor(endpoint, second)).toBe(200);
    writeFileSync(join(directory, 'cert.pem'), 'no certificate');
    vi.advanceTimersByTime(5_000);
    await vi.waitFor(() => expect(log.lines.join('\n')).toContain('the old ones stay'));
    expect(await statusFor(endpoint, second)).toBe(200);
  });
});

test('a stop waits for what was begun', async () => {
  let finish: (() => void) | undefined;
  const { server, endpoint } = await serving({}, '.', async (_, response) => {
    await new Promise<void>((resolve) => (finish = resolve));
    response.end('done');
  });
  const answer = fetch(`http://${endpoint}`).then((response) => response.text());
  await vi.waitFor(() => expect(finish).toBeDefined());
  const stopped = server.stop(new AbortController().signal);
  expect(server.isStopping).toBe(true);
  finish?.();
  expect(await answer).toBe('done');
  await stopped;
  await expect(fetch(`http://${endpoint}`)).rejects.toThrow();
});
