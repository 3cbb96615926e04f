import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { otlpGrpc } from '../../../src/exporters/otlp-grpc.ts';
import { ScriptedBackend } from '../../chaos/scripted-backend.ts';
import { ExporterBench } from '../otlp-http/bench.ts';
import { canMakeCertificates, makeCertificate, type Certificate } from '../otlp-http/certificate.ts';
import { GrpcBackend } from './grpc-backend.ts';

describe.skipIf(!canMakeCertificates)('tls (needs openssl)', () => {
  const running: { stop(): Promise<void> }[] = [];
  let certificate: Certificate;
  beforeAll(() => {
    certificate = makeCertificate();
  });
  afterAll(() => certificate.remove());
  afterEach(async () => {
    for (const one of running.splice(0).reverse()) await one.stop();
  });

  async function sending(backend: GrpcBackend, given: object): Promise<ExporterBench> {
    const options = { endpoint: backend.endpoint, ...given };
    const bench = await ExporterBench.of(otlpGrpc, options, certificate.directory);
    running.push(backend, bench);
    await bench.start();
    await bench.sendBodies('1');
    return bench;
  }

  const backendOf = ({ cert, key }: Certificate): Promise<GrpcBackend> =>
    GrpcBackend.start([], { cert, key });
  const trusted = { ca_file: 'cert.pem', server_name_override: 'backend.test' };

  test('is spoken unless tls.insecure says otherwise', async () => {
    const backend = await backendOf(certificate);
    await (await sending(backend, { tls: trusted })).drained();
    expect(backend.bodies).toEqual([['1']]);
  });

  test('a certificate of another authority is refused, and the records wait', async () => {
    const backend = await backendOf(certificate);
    const bench = await sending(backend, { tls: { server_name_override: 'backend.test' } });
    await bench.logged('its certificate is self-signed; name it in tls.ca_file to trust it');
    expect(backend.requests).toEqual([]);
  });

  test('to a backend without it the records wait, and the reason is said', async () => {
    const bench = await sending(await GrpcBackend.start(), { tls: trusted });
    expect(await bench.loggedLike(/it does not speak TLS|the connection was cut/)).toBe(true);
  });

  test('to a backend that speaks HTTP/1.1 only the records wait, and the reason is said', async () => {
    const backend = await ScriptedBackend.start();
    running.push(backend);
    const options = { endpoint: backend.url, tls: { insecure: true } };
    const bench = await ExporterBench.of(otlpGrpc, options);
    running.push(bench);
    await bench.start();
    await bench.sendBodies('1');
    expect(
      await bench.loggedLike(/it does not speak HTTP\/2; is it a port for gRPC|the connection was cut/),
    ).toBe(true);
  });

  test('without it to a backend with it the records wait, and the reason is said', async () => {
    const bench = await sending(await backendOf(certificate), { tls: { insecure: true } });
    expect(
      await bench.loggedLike(/is it a port for gRPC, with TLS or not as here|the connection was cut/),
    ).toBe(true);
  });

  test('an authority that is replaced is used without a restart', async () => {
    const other = makeCertificate();
    try {
      const backend = await backendOf(other);
      const bench = await sending(backend, { tls: trusted });
      await bench.logged('no answer from');
      copyFileSync(other.certFile, join(certificate.directory, 'cert.pem'));
      await bench.drained();
      expect(backend.bodies).toEqual([['1']]);
      await bench.logged('certificates have changed; new connections use them');
    } finally {
      other.remove();
    }
  });
});
