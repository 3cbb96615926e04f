import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServerOptions } from 'node:https';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { ExporterBench } from './bench.ts';
import {
  canMakeCertificates,
  makeCertificate,
  makeExpiredCertificate,
  type Certificate,
} from './certificate.ts';
import { ScriptedBackend } from '../../chaos/scripted-backend.ts';
import { ConfigError } from '../../../src/util/problem.ts';

describe.skipIf(!canMakeCertificates)('tls (needs openssl)', () => {
  const running: { stop(): Promise<void> }[] = [];
  let certificate: Certificate;
  beforeAll(() => {
    certificate = makeCertificate();
  });
  afterAll(() => certificate.remove());
  afterEach(async () => {
    vi.unstubAllEnvs();
    for (const one of running.splice(0).reverse()) await one.stop();
  });

  async function backendWith(options: ServerOptions = {}): Promise<ScriptedBackend> {
    const { cert, key } = certificate;
    const backend = await ScriptedBackend.start([], { cert, key, ...options });
    running.push(backend);
    return backend;
  }

  async function sending(backend: ScriptedBackend, tls: object): Promise<ExporterBench> {
    const bench = await ExporterBench.make({ endpoint: backend.url, tls }, certificate.directory);
    running.push(bench);
    await bench.start();
    await bench.sendBodies('1');
    return bench;
  }

  const trusted = { ca_file: 'cert.pem', server_name_override: 'backend.test' };

  test('ca_file and server_name_override: a certificate of another authority and name is accepted', async () => {
    const backend = await backendWith();
    await (await sending(backend, trusted)).drained();
    expect(backend.requests).toHaveLength(1);
  });

  test('without ca_file the certificate is refused, and the records wait', async () => {
    const backend = await backendWith();
    const bench = await sending(backend, { server_name_override: 'backend.test' });
    await bench.logged('its certificate is self-signed; name it in tls.ca_file to trust it');
    expect(backend.requests).toEqual([]);
  });

  test('without server_name_override another name is refused', async () => {
    const backend = await backendWith();
    const bench = await sending(backend, { ca_file: 'cert.pem' });
    await bench.logged('its certificate is for another name; see tls.server_name_override');
    expect(backend.requests).toEqual([]);
  });

  test('insecure_skip_verify accepts any certificate, and warns', async () => {
    const backend = await backendWith();
    const bench = await sending(backend, { insecure_skip_verify: true });
    await bench.drained();
    expect(backend.requests).toHaveLength(1);
    expect(bench.log.lines.join()).toContain('anyone can pose as the backend');
  });

  test('the environment cannot turn verification off', async () => {
    const backend = await backendWith();
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    const bench = await sending(backend, {});
    await bench.logged('its certificate is self-signed');
    expect(backend.requests).toEqual([]);
  });

  test('cert_file and key_file: a backend that asks for a certificate gets ours', async () => {
    const mutual = { requestCert: true, rejectUnauthorized: true, ca: certificate.cert };
    const backend = await backendWith(mutual);
    const without = await sending(backend, trusted);
    await without.logged('cannot deliver');
    await without.stop();
    expect(backend.requests).toEqual([]);
    const own = { cert_file: 'cert.pem', key_file: certificate.keyFile };
    await (await sending(backend, { ...trusted, ...own })).drained();
    expect(backend.requests).toHaveLength(1);
  });

  test('an expired certificate is refused, though its authority is trusted', async () => {
    const expired = makeExpiredCertificate();
    running.push({ stop: async () => expired.remove() });
    const backend = await backendWith({ cert: expired.cert, key: expired.key });
    const bench = await sending(backend, { ...trusted, ca_file: expired.certFile });
    await bench.logged('its certificate has expired (CERT_HAS_EXPIRED)');
    expect(backend.requests).toEqual([]);
  });

  test.each([
    ['TLS 1.0', { minVersion: 'TLSv1', maxVersion: 'TLSv1' }, 'only versions of TLS that are older'],
    ['TLS 1.1', { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1' }, 'only versions of TLS that are older'],
    ['a cipher that hides nothing', { maxVersion: 'TLSv1.2', ciphers: 'NULL' }, 'refused the handshake'],
  ] as const)('a backend that speaks only %s gets nothing, and is told why', async (_, options, reason) => {
    const { ciphers = 'DEFAULT', ...versions }: ServerOptions = options;
    const backend = await backendWith({ ...versions, ciphers: `${ciphers}:@SECLEVEL=0` });
    const bench = await sending(backend, trusted);
    await bench.logged(reason);
    expect(backend.requests).toEqual([]);
  });

  test('a backend that redirects to http is not followed', async () => {
    const plain = await ScriptedBackend.start();
    const backend = await backendWith();
    running.push(plain);
    backend.script.push({ status: 301, headers: { Location: `${plain.url}/v1/logs` } });
    const bench = await sending(backend, trusted);
    await bench.logged('parked: 301 Moved Permanently');
    expect([backend.requests.length, plain.requests.length]).toEqual([1, 0]);
  });

  test('min_version 1.3 does not speak 1.2', async () => {
    const backend = await backendWith({ maxVersion: 'TLSv1.2' });
    await (await sending(backend, trusted)).drained();
    expect(backend.requests[0]?.tls).toBe('TLSv1.2');
    const strict = await sending(backend, { ...trusted, min_version: '1.3' });
    await strict.logged('cannot deliver');
    expect(backend.requests).toHaveLength(1);
  });

  test('insecure does not turn TLS off, and says so', async () => {
    const backend = await backendWith();
    const bench = await sending(backend, { ...trusted, insecure: true });
    await bench.drained();
    expect(backend.requests[0]?.tls).toMatch(/^TLS/);
    expect(bench.log.lines.join()).toContain('tls.insecure has no effect: the endpoint says https');
  });

  test.each([
    ['ca_file', { ca_file: 'none.pem' }, /tls\.ca_file: could not read ".*none\.pem": ENOENT/],
    ['cert_file', { cert_file: 'none.pem', key_file: 'key.pem' }, /tls\.cert_file: could not read/],
    ['key_file', { cert_file: 'cert.pem', key_file: 'none.pem' }, /tls\.key_file: could not read/],
    [
      'a file of something else',
      { cert_file: 'junk.pem', key_file: 'key.pem' },
      /tls: a file holds no usable/,
    ],
  ])('%s that cannot be used is an error before anything starts', async (_, tls, message) => {
    writeFileSync(join(certificate.directory, 'junk.pem'), 'junk');
    const making = ExporterBench.make({ endpoint: 'https://127.0.0.1:1', tls }, certificate.directory);
    await expect(making).rejects.toThrow(message);
    await expect(making).rejects.toBeInstanceOf(ConfigError);
  });

  describe('when files change on disk', () => {
    /** An exporter whose files are in a directory of their own, and a backend that asks for a certificate. */
    async function rotating(): Promise<{
      bench: ExporterBench;
      backend: ScriptedBackend;
      directory: string;
    }> {
      const next = makeCertificate();
      running.push({ stop: async () => next.remove() });
      const { cert, key } = next;
      const backend = await ScriptedBackend.start([], {
        cert,
        key,
        requestCert: true,
        rejectUnauthorized: true,
        ca: cert,
      });
      running.push(backend);
      const directory = mkdtempSync(join(tmpdir(), 'riskpipe-rotate-'));
      running.push({ stop: async () => rmSync(directory, { recursive: true }) });
      copyPair(certificate, directory);
      const tls = { ...trusted, cert_file: 'cert.pem', key_file: 'key.pem' };
      const bench = await ExporterBench.make({ endpoint: backend.url, tls }, directory);
      running.push(bench);
      await bench.start();
      await bench.sendBodies('1');
      await bench.logged('cannot deliver');
      expect(backend.requests).toEqual([]);
      copyPair(next, directory);
      return { bench, backend, directory };
    }

    function copyPair({ certFile, keyFile }: Certificate, directory: string): void {
      copyFileSync(certFile, join(directory, 'cert.pem'));
      copyFileSync(keyFile, join(directory, 'key.pem'));
    }

    test('the authority and our certificate are read again, without a restart', async () => {
      const { bench, backend } = await rotating();
      await bench.drained();
      expect(backend.requests).toHaveLength(1);
      expect(bench.log.lines).toContain('info: certificates have changed; new connections use them');
    });

    test('what cannot be used is said once, and the old ones go on', async () => {
      const { bench, backend, directory } = await rotating();
      await bench.drained();
      writeFileSync(join(directory, 'key.pem'), 'half a k');
      for (const body of ['2', '3']) {
        await bench.sendBodies(body);
        await bench.drained();
      }
      expect(backend.requests).toHaveLength(3);
      const complaints = bench.log.lines.filter((line) =>
        line.includes('cannot be used, so the old ones stay'),
      );
      expect(complaints).toHaveLength(1);
      rmSync(join(directory, 'cert.pem'));
      await bench.sendBodies('4');
      await bench.drained();
      expect(bench.log.lines.join()).toContain('tls.ca_file: could not read');
    });
  });

  test('an https endpoint that does not speak TLS is told apart', async () => {
    const plain = await ScriptedBackend.start();
    running.push(plain);
    const bench = await ExporterBench.make({ endpoint: plain.url.replace('http:', 'https:') });
    running.push(bench);
    await bench.start();
    await bench.sendBodies('1');
    expect(await bench.logged('it does not speak TLS, or no version of it')).toBe(true);
  });
});
