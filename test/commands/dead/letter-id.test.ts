import { describe, expect, test } from 'vitest';
import { formatLetterId, parseLetterId } from '../../../src/commands/dead/letter-id.ts';

describe('the id of a dead letter', () => {
  test.each([
    ['otlp_http:12', { exporter: 'otlp_http', number: 12 }],
    ['otlp_http/eu:1', { exporter: 'otlp_http/eu', number: 1 }],
    ['otlp_http/a:b:3', { exporter: 'otlp_http/a:b', number: 3 }],
  ])('%s', (text, id) => {
    expect(parseLetterId(text)).toEqual(id);
    expect(formatLetterId(id)).toBe(text);
  });

  test.each([
    '',
    '12',
    'otlp_http',
    'otlp_http:',
    'otlp_http:0',
    'otlp_http:-1',
    'otlp_http:1.5',
    ':1',
    'a:1e3',
  ])('is not "%s"', (text) => expect(parseLetterId(text)).toBeUndefined());
});
