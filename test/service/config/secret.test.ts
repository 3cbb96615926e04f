import type { Config } from '../../../src/service/config/config.ts';
import { describe, expect, test } from 'vitest';
import { printConfig } from '../../../src/service/config/print-config.ts';
import { isSecret, leaks, redact, redactUrl } from '../../../src/service/config/secret.ts';
import { loadText, problemsOf, valid } from './load-text.ts';

describe('which values are secret', () => {
  for (const [path, secret] of [
    [['exporters', 'otlp_http', 'headers', 'x'], true],
    [['exporters', 'otlp_http', 'headers', 0, 'value'], true],
    [['a', 'Authorization'], true],
    [['a', 'api_key'], true],
    [['a', 'apikey'], true],
    [['a', 'bearer_token'], true],
    [['a', 'tokens', 0], true],
    [['a', 'password'], true],
    [['a', 'client_secret'], true],
    [['tls', 'key_pem'], true],
    [['tls', 'key_file'], false],
    [['exporters', 'otlp_http', 'endpoint'], false],
    [['exporters', 'otlp_http/secret', 'endpoint'], false],
    [[], false],
  ] as const) {
    test(`${path.join('.')}: ${secret}`, () => expect(isSecret(path)).toBe(secret));
  }
});

test('masks what is secret and nothing else', () => {
  const value = {
    endpoint: 'https://user:hunter2@host:4318/a@b',
    headers: { a: 'x', b: ['y', 5], empty: '', none: null },
    auth: { token: 'x', token_file: '/run/token', retry: true },
    'otlp_http/secret': { timeout: '5s' },
  };
  expect(redact(value, [])).toEqual({
    endpoint: 'https://[REDACTED]@host:4318/a@b',
    headers: { a: '[REDACTED]', b: ['[REDACTED]', '[REDACTED]'], empty: '', none: null },
    auth: { token: '[REDACTED]', token_file: '[REDACTED]', retry: true },
    'otlp_http/secret': { timeout: '5s' },
  });
});

test('finds a secret in a message, escaped or not', () => {
  expect(leaks('no "a\\"b"', { headers: { x: 'a"b' } }, [])).toBe(true);
  expect(leaks('no a"b', { headers: ['a"b'] }, [])).toBe(true);
  expect(leaks('no c', { headers: { x: 'a"b' }, c: 'c' }, [])).toBe(false);
});

test('masks users and passwords of URLs in any text', () => {
  expect(redactUrl('"http://u:p@h/x" and "https://t@h" and http://h/a@b')).toBe(
    '"http://[REDACTED]@h/x" and "https://[REDACTED]@h" and http://h/a@b',
  );
});

describe('masks what may be a secret in the query or the fragment of a URL', () => {
  for (const [url, shown] of [
    ['https://h/v1?api_key=hunter2', 'https://h/v1?api_key=[REDACTED]'],
    ['https://h?a=hunter2&b=hunter2#hunter2', 'https://h?a=[REDACTED]&b=[REDACTED]#[REDACTED]'],
    ['https://h/?hunter2', 'https://h/?[REDACTED]'],
    ['https://h/?a=hunter2=hunter2&hunter2&', 'https://h/?a=[REDACTED]&[REDACTED]&'],
    ['https://h/?a=hunter2?hunter2/hunter2', 'https://h/?a=[REDACTED]'],
    ['https://h/#token=hunter2&b?c', 'https://h/#[REDACTED]'],
    ['https://h/#?a=hunter2', 'https://h/#[REDACTED]'],
    ['https://me:hunter2@h/?a=hunter2@x', 'https://[REDACTED]@h/?a=[REDACTED]'],
    [
      '"https://h/?a=hunter2" and "http://g/?b=hunter2"',
      '"https://h/?a=[REDACTED]" and "http://g/?b=[REDACTED]"',
    ],
    ['http://h,http://me:hunter2@g', 'http://h,http://[REDACTED]@g'],
    ['/var/log/*?x=1#2 is no URL', '/var/log/*?x=1#2 is no URL'],
  ] as const) {
    test(url, () => expect(redactUrl(url)).toBe(shown));
  }
});

describe('a secret is in no message', () => {
  const secret = 'hunter2';
  for (const [name, from, to] of [
    ['header of the wrong type', 'Bearer hunter2', '[hunter2]'],
    ['headers of the wrong type', '{authorization: Bearer hunter2}', 'hunter2'],
    ['headers as a list of the wrong things', '{authorization: Bearer hunter2}', '[hunter2]'],
    ['broken line', 'Bearer hunter2}', '"Bearer hunter2'],
    ['unknown key', 'headers: {', 'haeders: {'],
    ['default with a mistake', 'Bearer hunter2', '"${TOKEN:-hunter2}"'],
    ['bad variable', 'Bearer hunter2', '"${env:T$:-hunter2}"'],
    ['URL', 'http://127.0.0.1:4318', 'http://me:hunter2@:x'],
    ['query of a URL', 'http://127.0.0.1:4318', 'http://:x?api_key=hunter2'],
  ] as const) {
    test(name, async () => {
      const problems = await problemsOf(valid.replace(from, to));
      expect(problems.length).toBeGreaterThan(0);
      expect(problems.join('\n')).not.toContain(secret);
    });
  }

  test('of --set', async () => {
    const problems = await problemsOf(valid, {
      sets: ['exporters.otlp_http.headers=hunter2', 'exporters.otlp_http.headers={hunter2'],
    });
    expect(problems).toHaveLength(1);
    expect(problems.join()).not.toContain(secret);
  });
});

describe('printing', () => {
  test('shows the configuration in effect under canonical names, secrets masked', async () => {
    const text = valid
      .replace('  otlp_http:', '  nop:\n  otlphttp:')
      .replace('http://127.0.0.1:4318', '${env:E:-http://u:p@h}');
    expect(printConfig(await loadText(text))).toBe(`receivers:
  file_log:
    include:
      - /var/log/audit.log
    start_at: beginning
processors:
  detection:
    detections:
      - detections/*.yaml
exporters:
  otlp_http:
    endpoint: http://[REDACTED]@h
    headers:
      authorization: "[REDACTED]"
    sending_queue:
      storage: file_storage
extensions:
  file_storage:
    directory: /var/lib/riskpipe
service:
  telemetry:
    logs:
      level: info
      encoding: auto
    metrics:
      level: normal
      readers:
        - pull:
            exporter:
              prometheus:
                host: localhost
                port: 8889
                allow_unprotected: false
  extensions:
    - file_storage
  pipelines:
    logs:
      receivers:
        - file_log
      processors:
        - detection
      exporters:
        - otlp_http
  shutdown_timeout: 5s
`);
  });

  for (const include of [
    'a$b',
    'a$$$$b',
    '$${env:X}',
    '$$$$${env:HOME}',
    '${env:V}',
    '"5"',
    'yes',
    '"*x: #"',
  ]) {
    test(`what is printed loads again as it was: ${include}`, async () => {
      const text = valid
        .replace('/var/log/audit.log', () => include)
        .replace('    headers: {authorization: Bearer hunter2}\n', '');
      const around = { environment: { V: 'v$$x${V}', HOME: '/h' } };
      const config = await loadText(text, around);
      const again = await loadText(printConfig(config), around);
      expect(placeless(again)).toEqual(placeless(config));
    });
  }
});

/** A configuration without the places where it was written. */
function placeless(config: Config): unknown {
  const bare = (
    components: Config['receivers'] | Config['processors'] | Config['exporters'] | Config['extensions'],
  ) => [...components.values()].map(({ placeOf: _, ...component }) => component);
  const { receivers, processors, exporters, extensions, ...rest } = config;
  return { ...rest, components: [receivers, processors, exporters, extensions].map(bare) };
}
