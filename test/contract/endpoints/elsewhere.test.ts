import { describe, expect, test } from 'vitest';
import { overHttp1 } from './endpoints.ts';
import { RawConnection } from './raw-connection.ts';

const rest = 'Connection: close\r\nContent-Length: 0\r\n\r\n';

/** spec/reliability.md P12, P14, P15: nobody gets anything but what is meant for him, by way of a browser or a proxy. */
for (const { name, head, open, takesBodies } of overHttp1) {
  const [method = '', path = ''] = head.split(' ');
  const statusOf = async (text: string): Promise<string | undefined> => {
    const { address, lines } = await open();
    const answer = await (await RawConnection.to(address, text)).closed;
    expect(answer).not.toMatch(/access-control-allow/i);
    expect(answer).not.toContain('root:');
    expect(lines()).toBe(0);
    return /^HTTP\/1\.1 (\d+) /.exec(answer)?.[1];
  };

  describe(`${name} gives nothing away`, () => {
    test.each([
      '/../../../../etc/passwd',
      '/%2e%2e/%2e%2e/%2e%2e/etc/passwd',
      '/..%2f..%2fetc%2fpasswd',
      '/etc/passwd',
      'file:///etc/passwd',
    ])('of its files to who asks for %s', async (asked) => {
      expect(await statusOf(`${method} ${asked} HTTP/1.1\r\nHost: localhost\r\n${rest}`)).toBe('404');
    });

    test.each([
      ['an address elsewhere', `${method} http://169.254.169.254/latest HTTP/1.1`, '404'],
      ['such an address in IPv6', `${method} http://[::ffff:169.254.169.254]/ HTTP/1.1`, '404'],
      ['a tunnel', 'CONNECT 169.254.169.254:80 HTTP/1.1', undefined],
    ])('of what it could reach to who asks for %s', async (_, line, status) => {
      expect(await statusOf(`${line}\r\nHost: localhost\r\n${rest}`)).toBe(status);
    });

    test.each(['OPTIONS', 'TRACE', 'DELETE', 'PUT'])('to who asks with %s', async (other) => {
      const headers = `Host: localhost\r\nOrigin: https://evil.example\r\n${rest}`;
      expect(await statusOf(`${other} ${path} HTTP/1.1\r\n${headers}`)).toBe('405');
    });

    // A receiver answers nothing that a web page could read.
    const spoofed = takesBodies ? [] : ['evil.example', 'localhost.evil.example:8889', '169.254.169.254'];
    test.each(spoofed)('to a browser that takes us for %s', async (host) => {
      expect(await statusOf(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n${rest}`)).toBe('421');
    });
  });
}
