import { describe, expect, test } from 'vitest';
import { proxyProblem, shownUrl, urlProblem } from '../../src/net/endpoint.ts';

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
