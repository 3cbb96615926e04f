import { describe, expect, test } from 'vitest';
import { metricsConfig } from '../../../src/service/telemetry/metrics-config.ts';

const pull = (prometheus: object) => ({ readers: [{ pull: { exporter: { prometheus } } }] });
const push = (otlp: object, rest = {}) => ({ readers: [{ periodic: { ...rest, exporter: { otlp } } }] });
const backend = { protocol: 'http/protobuf', endpoint: 'http://127.0.0.1:4318' };

test('by itself it is scraped on loopback, beside the port of a Collector', () => {
  expect(metricsConfig.parse({})).toEqual({
    level: 'normal',
    readers: [
      { pull: { exporter: { prometheus: { host: 'localhost', port: 8889, allow_unprotected: false } } } },
    ],
  });
});

test('a push has the times of a Collector', () => {
  expect(metricsConfig.parse(push(backend)).readers).toEqual([
    { periodic: { interval: 60_000, timeout: 30_000, exporter: { otlp: backend } } },
  ]);
});

describe('what is taken and what is not', () => {
  for (const [what, config, problem] of [
    ['no readers at level none', { level: 'none', readers: [] }, undefined],
    ['no readers', { readers: [] }, 'is empty, so nobody would get the metrics'],
    ['all interfaces', pull({ host: '0.0.0.0' }), 'can be reached from other machines'],
    ['all interfaces, asked for', pull({ host: '0.0.0.0', allow_unprotected: true }), undefined],
    ['IPv6 loopback', pull({ host: '::1' }), undefined],
    ['a port that is none', pull({ port: 70_000 }), 'Too big'],
    ['gRPC', push({ ...backend, protocol: 'grpc' }), 'is not supported; write "http/protobuf"'],
    ['an endpoint that is none', push({ ...backend, endpoint: 'collector:4318' }), 'is no http or https URL'],
    ['a secret in the URL', push({ ...backend, endpoint: 'http://a:b@c' }), 'has a name or password in it'],
    ['no time between pushes', push(backend, { interval: 0 }), 'Too small'],
    ['a reader of no kind', { readers: [{}] }, 'is to be either "pull" or "periodic"'],
    [
      'a reader of both',
      { readers: [{ ...pull({}).readers[0], ...push(backend).readers[0] }] },
      'is to be either',
    ],
  ] as const) {
    test(`${what}: ${problem ?? 'taken'}`, () => {
      const { success, error } = metricsConfig.safeParse(config);
      expect(success).toBe(problem === undefined);
      if (problem !== undefined) expect(error?.issues[0]?.message).toContain(problem);
    });
  }
});
