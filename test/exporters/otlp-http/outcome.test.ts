import { describe, expect, test } from 'vitest';
import { outcomeOf } from '../../../src/exporters/otlp-http/outcome.ts';
import { shown } from '../../../src/net/shown.ts';
import { encodeStatus } from '../../../src/otlp/status.ts';
import { fromMillis } from '../../../src/record/time.ts';

const now = fromMillis(Date.UTC(2026, 3, 12, 12, 0, 0));

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
