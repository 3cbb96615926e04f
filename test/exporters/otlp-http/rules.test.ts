import { describe, expect, test } from 'vitest';
import { logsUrl, proxyProblem, shownUrl, urlProblem } from '../../../src/exporters/otlp-http/endpoint.ts';
import { networkReason } from '../../../src/exporters/otlp-http/network-reason.ts';
import { outcomeOf, shown } from '../../../src/exporters/otlp-http/outcome.ts';
import { retryAfterMs } from '../../../src/exporters/otlp-http/retry-after.ts';
import { encodeStatus } from '../../../src/otlp/status.ts';
import { fromMillis } from '../../../src/record/time.ts';

const now = fromMillis(Date.UTC(2026, 3, 12, 12, 0, 0));

describe('the logs URL of', () => {
  test.each([
    ['http://127.0.0.1:4318', 'http://127.0.0.1:4318/v1/logs'],
    ['http://127.0.0.1:4318/', 'http://127.0.0.1:4318/v1/logs'],
    ['https://backend/otlp', 'https://backend/otlp/v1/logs'],
    ['https://backend/otlp/', 'https://backend/otlp/v1/logs'],
    ['https://backend/otlp//', 'https://backend/otlp//v1/logs'],
    ['https://backend?tenant=1', 'https://backend/v1/logs?tenant=1'],
  ])('%s is %s', (base, url) => expect(logsUrl(base)).toBe(url));
});

describe('no endpoint is', () => {
  test.each([
    ['127.0.0.1:4318', 'is no http or https URL'],
    ['grpc://127.0.0.1:4317', 'is no http or https URL'],
    ['', 'is no http or https URL'],
    ['http://user:secret@backend', 'has a name or password in it'],
    ['http://:secret@backend', 'has a name or password in it'],
  ])('%s', (text, problem) => {
    expect(urlProblem(text)).toContain(problem);
    expect(urlProblem(text)).not.toContain('secret');
  });
});

describe('as a proxy', () => {
  test.each([
    ['', undefined],
    ['http://127.0.0.1:3128', undefined],
    ['https://127.0.0.1:3128', 'is no URL of an HTTP proxy'],
    ['socks5://127.0.0.1:1080', 'is no URL of an HTTP proxy'],
    ['127.0.0.1', 'is no URL of an HTTP proxy'],
    ['http://user:secret@127.0.0.1:3128', 'has a name or password in it'],
  ])('"%s": %s', (text, problem) => {
    const found = proxyProblem(text);
    if (problem === undefined) expect(found).toBeUndefined();
    else expect(found).toContain(problem);
    expect(found ?? '').not.toContain('secret');
  });
});

test('messages show neither query nor fragment of a URL', () => {
  expect(shownUrl(new URL('https://backend/v1/logs?token=secret#x'))).toBe('https://backend/v1/logs');
});

describe('Retry-After', () => {
  test.each([
    ['0', 0],
    ['7', 7_000],
    [' 7 ', 7_000],
    ['999999999999', 600_000],
    ['Sun, 12 Apr 2026 12:00:30 GMT', 30_000],
    ['Sun, 12 Apr 2026 11:00:00 GMT', 0],
    ['Sun, 12 Apr 2027 12:00:00 GMT', 600_000],
    ['-5', undefined],
    ['1.5', undefined],
    ['soon', undefined],
    ['2026-04-12T12:00:30Z', undefined],
    ['Sun, 99 Apr 2026 12:00:30 GMT', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%s means %s ms', (header, ms) => expect(retryAfterMs(header, now)).toBe(ms));
});

describe('the answer', () => {
  const reply = (status: number, given: { body?: string; type?: string; retryAfter?: string } = {}) => ({
    status,
    statusText: 'Words',
    contentType: given.type,
    retryAfter: given.retryAfter,
    body: Buffer.from(given.body ?? ''),
  });

  test.each([
    [301, 'park'],
    [304, 'park'],
    [307, 'park'],
    [400, 'refused'],
    [401, 'park'],
    [403, 'park'],
    [404, 'park'],
    [405, 'park'],
    [408, 'park'],
    [413, 'too large'],
    [415, 'park'],
    [422, 'refused'],
    [429, 'wait'],
    [500, 'park'],
    [501, 'park'],
    [502, 'wait'],
    [503, 'wait'],
    [504, 'wait'],
    [507, 'park'],
  ])('%i means %s', (status, kind) =>
    expect(outcomeOf(reply(status), 'http://b/v1/logs', now).kind).toBe(kind),
  );

  test('that redirects is told to write the URL itself', () => {
    expect(outcomeOf(reply(308), 'http://b', now)).toEqual({
      kind: 'park',
      reason: '308 Words from http://b; redirects are not followed, write the URL itself',
    });
  });

  test.each([
    [{}, '503 Words from http://b'],
    [{ body: 'upstream\n\tis  down ' }, '503 Words from http://b: upstream is down'],
    [{ body: '{"code":14,"message":"full"}', type: 'application/json' }, '503 Words from http://b: full'],
    [{ body: '{"error":1}', type: 'application/json' }, '503 Words from http://b: {"error":1}'],
    [{ body: 'a\u001b[31mb' }, '503 Words from http://b: a\\u{1b}[31mb'],
  ])('%j is told as %s', (given, reason) => {
    expect(outcomeOf(reply(503, given), 'http://b', now)).toEqual({ kind: 'wait', reason });
  });

  test('in protobuf is told by its status message', () => {
    const body = encodeStatus(3, 'no such field', 'proto');
    const given = { ...reply(400, { type: 'application/x-protobuf' }), body };
    expect(outcomeOf(given, 'http://b', now)).toEqual({
      kind: 'refused',
      reason: '400 Words from http://b: no such field',
      status: 400,
    });
  });

  test('says how long to stay away', () => {
    expect(outcomeOf(reply(503, { retryAfter: '3' }), 'http://b', now)).toMatchObject({ afterMs: 3_000 });
  });

  test('is cut to what fits a line', () => {
    expect(shown('x'.repeat(1_000_000))).toHaveLength(200);
  });
});

describe('no answer', () => {
  const failure = (message: string, code?: unknown): Error => Object.assign(new Error(message), { code });
  test.each([
    [
      failure('connect ECONNREFUSED', 'ECONNREFUSED'),
      'no answer from http://b: nothing listens there (ECONNREFUSED)',
    ],
    [failure('odd', 'EODD'), 'no answer from http://b: odd (EODD)'],
    [
      failure('write EPROTO ssl3_read_bytes:tlsv1 alert protocol version', 'EPROTO'),
      'no answer from http://b: it speaks only versions of TLS that are older than tls.min_version allows (EPROTO)',
    ],
    [
      failure('write EPROTO ssl3_read_bytes:sslv3 alert handshake failure', 'EPROTO'),
      'no answer from http://b: it refused the handshake: it wants our certificate (tls.cert_file) or another cipher (EPROTO)',
    ],
    [
      failure('write EPROTO wrong version number', 'EPROTO'),
      'no answer from http://b: it does not speak TLS, or no version of it that both sides allow (EPROTO)',
    ],
    [failure('no answer within 30s'), 'no answer from http://b: no answer within 30s'],
    [failure('a\nb', 20), 'no answer from http://b: a\\u{a}b'],
    ['text', 'no answer from http://b: text'],
  ])('%s', (error, reason) => expect(networkReason(error, 'http://b')).toBe(reason));
});
