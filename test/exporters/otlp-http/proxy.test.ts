import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { ScriptedBackend } from '../../chaos/scripted-backend.ts';
import { ExporterBench } from './bench.ts';
import { canMakeCertificates, makeCertificate } from './certificate.ts';

const running: { stop(): Promise<void> | void }[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const one of running.splice(0).reverse()) await one.stop();
});

/** An HTTP proxy on loopback: what it was asked for. `refuse`: the status that it answers CONNECT with. */
async function startProxy(refuse?: number): Promise<{ url: string; asked: readonly string[] }> {
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} for ${request.headers.host}`);
    request.resume();
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end('{}');
  });
  server.on('connect', (request, client) => {
    asked.push(`CONNECT ${request.url}`);
    if (refuse !== undefined) {
      client.end(`HTTP/1.1 ${refuse} No\r\n\r\n`);
      return;
    }
    const [host = '', port] = (request.url ?? '').split(':');
    const backend = connect(Number(port), host, () => client.write('HTTP/1.1 200 OK\r\n\r\n'));
    backend.pipe(client).pipe(backend);
    client.on('close', () => backend.destroy());
    for (const socket of [client, backend]) socket.on('error', () => backend.destroy());
    running.push({ stop: () => void client.destroy() });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  running.push({
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  });
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`, asked };
}

async function sending(given: object, directory?: string): Promise<ExporterBench> {
  const bench = await ExporterBench.make(given, directory);
  running.push(bench);
  await bench.start();
  await bench.sendBodies('1');
  return bench;
}

test('an http backend is asked through the proxy by its whole URL', async () => {
  const proxy = await startProxy();
  const bench = await sending({ endpoint: 'http://backend.test:4318', proxy_url: proxy.url });
  await bench.drained();
  expect(proxy.asked).toEqual(['POST http://backend.test:4318/v1/logs for backend.test:4318']);
});

test('variables of the environment have no effect', async () => {
  const proxy = await startProxy();
  for (const name of ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY']) vi.stubEnv(name, proxy.url);
  const backend = await ScriptedBackend.start();
  running.push(backend);
  await (await sending({ endpoint: backend.url })).drained();
  expect([proxy.asked, backend.requests.length]).toEqual([[], 1]);
});

describe.skipIf(!canMakeCertificates)('an https backend (needs openssl)', () => {
  test('is reached through a tunnel, which sees no more than its name, and the connection is kept', async () => {
    const certificate = makeCertificate();
    running.push({ stop: () => certificate.remove() });
    const { cert, key } = certificate;
    const backend = await ScriptedBackend.start([], { cert, key });
    running.push(backend);
    const proxy = await startProxy();
    const tls = { ca_file: 'cert.pem', server_name_override: 'backend.test' };
    const given = { endpoint: backend.url, proxy_url: proxy.url, tls };
    const bench = await sending(given, certificate.directory);
    await bench.drained();
    await bench.sendBodies('2');
    await bench.drained();
    expect([proxy.asked, backend.requests.length]).toEqual([[`CONNECT 127.0.0.1:${backend.port}`], 2]);
    expect(backend.requests[0]?.tls).toBe('TLSv1.3');
  });

  test('that presents another name is refused, tunnel or not', async () => {
    const certificate = makeCertificate();
    running.push({ stop: () => certificate.remove() });
    const { cert, key } = certificate;
    const backend = await ScriptedBackend.start([], { cert, key });
    running.push(backend);
    const proxy = await startProxy();
    const given = { endpoint: backend.url, proxy_url: proxy.url, tls: { ca_file: 'cert.pem' } };
    const bench = await sending(given, certificate.directory);
    await bench.logged('its certificate is for another name');
    expect(backend.requests).toEqual([]);
  });
});

test('a proxy that refuses, or is not there, is named', async () => {
  const proxy = await startProxy(407);
  const refused = await sending({ endpoint: 'https://backend.test', proxy_url: proxy.url });
  await refused.logged(`the proxy ${new URL(proxy.url).host} refused to connect with status 407`);
  const absent = await sending({ endpoint: 'https://backend.test', proxy_url: 'http://127.0.0.1:1' });
  expect(await absent.logged('the proxy 127.0.0.1:1: connect ECONNREFUSED')).toBe(true);
});
