import { expect, test } from 'vitest';
import { hostInUrl, parseHostAndPort } from '../../src/util/host-and-port.ts';

for (const [text, host, written] of [
  ['localhost:1', 'localhost', 'localhost'],
  ['127.0.0.1:1', '127.0.0.1', '127.0.0.1'],
  ['[fe80::1]:1', 'fe80::1', '[fe80::1]'],
  [':1', '', ''],
] as const) {
  test(`the host of "${text}" is "${host}", in a URL "${written}"`, () => {
    expect(parseHostAndPort(text)).toEqual({ host, port: 1 });
    expect(hostInUrl(host)).toBe(written);
  });
}

test.each(['localhost', 'localhost:65536', '::1:1', '[localhost]:1', 'a b:1', 'http://a:1'])(
  '"%s" is no host and port',
  (text) => expect(parseHostAndPort(text)).toBeUndefined(),
);
