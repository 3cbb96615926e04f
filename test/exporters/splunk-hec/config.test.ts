import { expect, test } from 'vitest';
import { schema } from '../../../src/exporters/splunk-hec/config.ts';

const endpoint = 'https://splunk:8088';
const token = 'secret-token';

/** `path: message` of each problem. */
function problems(given: unknown): readonly string[] {
  const issues = schema.safeParse(given).error?.issues ?? [];
  return issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

test('the defaults are those of the Collector where it has them', () => {
  expect(schema.parse({ endpoint, token })).toMatchObject({
    url: 'https://splunk:8088/services/collector',
    disable_compression: false,
    max_content_length_logs: 2_097_152,
    timeout: 10_000,
  });
});

test.each([
  ['https://splunk:8088', 'https://splunk:8088/services/collector'],
  ['https://splunk:8088/', 'https://splunk:8088/services/collector'],
  ['https://splunk:8088/services/collector/event', 'https://splunk:8088/services/collector/event'],
  ['https://gateway/hec?tenant=a', 'https://gateway/hec?tenant=a'],
])('endpoint %s is %s', (given, url) => {
  expect(schema.parse({ endpoint: given, token }).url).toBe(url);
});

test.each([
  [{ token }, 'endpoint: '],
  [{ endpoint: 'splunk:8088', token }, 'endpoint: is no http or https URL'],
  [{ endpoint }, 'token: is required; write the HEC token, or its file as "token_file"'],
  [{ endpoint, token, token_file: 'f' }, 'token: and "token_file" are both there; give one of them'],
  [{ endpoint, token: '' }, 'token: is no HEC token'],
  [{ endpoint, token: 'a b' }, 'token: is no HEC token'],
  [{ endpoint, token: 'a\n' }, 'token: is no HEC token'],
  [{ endpoint, token_file: '' }, 'token_file: is empty'],
  [{ endpoint, token, index: '' }, 'index: is empty; leave it out instead'],
  [{ endpoint, token, timeout: '0s' }, 'timeout: must be longer than 0s'],
  [{ endpoint, token, max_content_length_logs: -1 }, 'max_content_length_logs: '],
  [{ endpoint, token, max_content_length_logs: 838_860_801 }, 'max_content_length_logs: '],
  [{ endpoint, token, sending_queue: { enabled: false } }, 'sending_queue.enabled: cannot be turned off'],
  [{ endpoint, token, proxy_url: 'socks5://p' }, 'proxy_url: is no URL of an HTTP proxy'],
  [{ endpoint, token, tls: { cert_file: 'c' } }, 'tls: "cert_file" and "key_file" belong together'],
])('refuses %j', (given, problem) => {
  expect(problems(given)).toContainEqual(expect.stringContaining(problem));
});

test('no problem shows the token', () => {
  expect(problems({ endpoint, token: 'secret token' }).join()).not.toContain('secret');
});
