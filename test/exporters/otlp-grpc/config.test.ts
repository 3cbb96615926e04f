import { expect, test } from 'vitest';
import { schema } from '../../../src/exporters/otlp-grpc/config.ts';
import { originOf } from '../../../src/exporters/otlp-grpc/origin.ts';

test.each([
  ['collector:4317', false, 'https://collector:4317'],
  ['collector:4317', true, 'http://collector:4317'],
  ['http://collector:4317', false, 'http://collector:4317'],
  ['HTTPS://collector:4317/', true, 'https://collector:4317'],
  ['[::1]:4317', true, 'http://[::1]:4317'],
  ['collector', false, undefined],
  [':4317', false, undefined],
  ['collector:0', false, undefined],
  ['dns:///collector:4317', false, undefined],
  ['https://user:secret@collector:4317', false, undefined],
  ['https://collector:4317/v1/logs', false, undefined],
  ['unix:///run/otlp.sock', false, undefined],
])('%s, insecure %s, is %s', (endpoint, insecure, origin) => {
  expect(originOf(endpoint, insecure)).toBe(origin);
});

test('the defaults', () => {
  expect(schema.parse({ endpoint: 'collector:4317' })).toMatchObject({
    origin: 'https://collector:4317',
    headers: {},
    timeout: 30_000,
    compression: 'gzip',
    tls: { min_version: '1.2', insecure: false, insecure_skip_verify: false },
  });
});

test.each([
  [{}, 'endpoint: is required; write a host and a port'],
  [{ endpoint: 'x' }, 'endpoint: is no address; write a host and a port'],
  [{ endpoint: 'x:1', headers: { 'grpc-timeout': '1S' } }, '"grpc-timeout" is set by the exporter'],
  [{ endpoint: 'x:1', headers: { TE: 'x' } }, '"TE" is set by the exporter'],
  [{ endpoint: 'x:1', timeout: '0s' }, 'timeout: must be longer than 0s'],
  [{ endpoint: 'x:1', timeout: '28h' }, 'timeout: must be longer than 0s, and at most 27h'],
  [{ endpoint: 'x:1', compression: 'snappy' }, 'compression: '],
  [{ endpoint: 'x:1', tls: { cert_file: 'a' } }, '"cert_file" and "key_file" belong together'],
])('%j is refused', (given, message) => {
  const issues = schema.safeParse(given).error?.issues ?? [];
  expect(issues.map(({ path, message: said }) => `${path.join('.')}: ${said}`).join()).toContain(message);
});
