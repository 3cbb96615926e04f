import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { schema, type Config } from '../../../src/exporters/otlp-http/config.ts';
import { quotaOf } from '../../../src/pipeline/outbox/queue-config.ts';

const endpoint = 'http://127.0.0.1:4318';

function parsed(given: object): Config {
  return schema.parse({ endpoint, ...given });
}

/** `path: message` of each problem. */
function problems(given: unknown): readonly string[] {
  const issues = schema.safeParse(given).error?.issues ?? [];
  return issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

test('the defaults are those of the Collector where it has them', () => {
  expect(parsed({})).toEqual({
    url: 'http://127.0.0.1:4318/v1/logs',
    headers: {},
    timeout: 30_000,
    compression: 'gzip',
    encoding: 'json',
    tls: { min_version: '1.2', insecure: false, insecure_skip_verify: false },
    retry_on_failure: {
      initial_interval: 5_000,
      randomization_factor: 0.5,
      multiplier: 1.5,
      max_interval: 30_000,
      probe_interval: 300_000,
    },
    sending_queue: {
      sizer: 'items',
      max_bytes: 512 * 2 ** 20,
      batch: { flush_timeout: 200, max_size: 512, max_bytes: 4 * 2 ** 20 },
    },
  });
});

test('logs_endpoint is taken as it is, and before endpoint', () => {
  expect(parsed({ logs_endpoint: 'https://b/custom' }).url).toBe('https://b/custom');
  expect(schema.parse({ logs_endpoint: 'https://b/custom' }).url).toBe('https://b/custom');
});

test('headers are a map or a list', () => {
  const list = [
    { name: 'Authorization', value: 'Bearer x' },
    { name: 'X-Scope-OrgID', value: '1' },
  ];
  const map = { Authorization: 'Bearer x', 'X-Scope-OrgID': '1' };
  expect(parsed({ headers: list }).headers).toEqual(map);
  expect(parsed({ headers: map }).headers).toEqual(map);
});

describe('refuses', () => {
  test.each([
    [{}, 'endpoint: is required; write the base URL'],
    [{ endpoint: '127.0.0.1:4318' }, 'endpoint: is no http or https URL'],
    [{ logs_endpoint: 'x' }, 'logs_endpoint: is no http or https URL'],
    [{ endpoint, timeout: '0s' }, 'timeout: must be longer than 0s'],
    [{ endpoint, timeout: 30 }, 'timeout: 30 is not a duration'],
    [
      { endpoint, headers: { 'Content-Type': 'x' } },
      'headers.Content-Type: "Content-Type" is set by the exporter',
    ],
    [{ endpoint, headers: { 'a b': 'x' } }, 'headers.a b: "a b" is no name of a header'],
    [{ endpoint, headers: { a: 'x\ny' } }, 'headers.a: the value of "a" holds characters'],
    [{ endpoint, headers: [{ name: 'a', value: 'x\ny' }] }, 'headers.0: the value of "a" holds characters'],
    [{ endpoint, tls: { cert_file: 'c.pem' } }, 'tls: "cert_file" and "key_file" belong together'],
    [{ endpoint, retry_on_failure: { enabled: false } }, 'retry_on_failure.enabled: cannot be turned off'],
    [{ endpoint, sending_queue: { enabled: false } }, 'sending_queue.enabled: cannot be turned off'],
    [
      { endpoint, retry_on_failure: { max_interval: '1s' } },
      'retry_on_failure.max_interval: is shorter than "initial_interval"',
    ],
    [
      { endpoint, sending_queue: { batch: { min_size: 9, max_size: 8 } } },
      'batch.min_size: is above "max_size"',
    ],
    [
      { endpoint, sending_queue: { sizer: 'requests' } },
      'sending_queue.sizer: is neither "items" nor "bytes"',
    ],
    [{ endpoint, sending_queue: { max_bytes: 0 } }, 'sending_queue.max_bytes: must be more than 0'],
    [{ endpoint, retry_on_failure: { probe_interval: '0s' } }, 'probe_interval: must be longer than 0s'],
    [{ endpoint, proxy_url: 'socks5://p' }, 'proxy_url: is no URL of an HTTP proxy'],
    [{ endpoint, sending_queue: { batch: { max_bytes: 0 } } }, 'batch.max_bytes: must be more than 0'],
  ])('%j', (given, problem) => expect(problems(given)).toContainEqual(expect.stringContaining(problem)));
});

describe('the quota of', () => {
  test.each([
    [{}, { records: 1_000_000, bytes: 512 * 2 ** 20 }],
    [
      { queue_size: 5, max_bytes: '1MiB' },
      { records: 5, bytes: 2 ** 20 },
    ],
    [
      { sizer: 'bytes', queue_size: 5 },
      { records: Number.MAX_SAFE_INTEGER, bytes: 5 },
    ],
    [{ sizer: 'bytes' }, { records: Number.MAX_SAFE_INTEGER, bytes: 512 * 2 ** 20 }],
  ])('%j', (sending_queue, quota) => expect(quotaOf(parsed({ sending_queue }).sending_queue)).toEqual(quota));
});

test('accepts what the Collector writes for what is always on', () => {
  const given = { endpoint, retry_on_failure: { enabled: true }, sending_queue: { enabled: true } };
  expect(problems(given)).toEqual([]);
});

test('no problem shows the value of a header', () => {
  const given = { endpoint, headers: { 'a b': 'secret\n', ok: 'secret\n', 'Content-Length': 'secret' } };
  expect(problems(given)).toHaveLength(3);
  expect(problems(given).join()).not.toContain('secret');
});

test('an editor can complete it', () => {
  const described = z.toJSONSchema(schema, { io: 'input' });
  expect(Object.keys(described.properties ?? {})).toContain('sending_queue');
  expect(described.required ?? []).toEqual([]);
});
