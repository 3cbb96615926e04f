import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { splunkHec } from '../../../src/exporters/splunk-hec.ts';
import { ExporterBench } from '../otlp-http/bench.ts';
import { canMakeCertificates, makeCertificate, type Certificate } from '../otlp-http/certificate.ts';
import { HecServer } from './hec-server.ts';

describe.skipIf(!canMakeCertificates)('tls (needs openssl)', () => {
  let certificate: Certificate;
  beforeAll(() => {
    certificate = makeCertificate();
  });
  afterAll(() => certificate.remove());

  async function sending(tls: object): Promise<{ server: HecServer; bench: ExporterBench }> {
    const { cert, key, directory } = certificate;
    const server = await HecServer.start({ token: 't' }, [], { cert, key });
    onTestFinished(() => server.stop());
    const bench = await ExporterBench.of(splunkHec, { endpoint: server.url, token: 't', tls }, directory);
    onTestFinished(() => bench.stop());
    await bench.start();
    await bench.sendBodies('one');
    return { server, bench };
  }

  test('events go to a HEC whose authority is named', async () => {
    const { server, bench } = await sending({ ca_file: 'cert.pem', server_name_override: 'backend.test' });
    await bench.drained();
    expect(server.backend.requests[0]?.tls).toMatch(/^TLSv1\.[23]$/);
    expect(server.events).toHaveLength(1);
  });

  test('the certificate that Splunk brings along is refused unless it is trusted, and the token is not shown to it', async () => {
    const { server, bench } = await sending({});
    await bench.logged('its certificate is self-signed; name it in tls.ca_file to trust it');
    expect(server.backend.requests).toEqual([]);
  });

  test('insecure_skip_verify takes it, and warns', async () => {
    const { server, bench } = await sending({ insecure_skip_verify: true });
    await bench.drained();
    expect(server.events).toHaveLength(1);
    expect(bench.log.lines.join()).toContain('anyone can pose as the backend');
  });
});
