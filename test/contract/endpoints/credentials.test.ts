import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Endpoint } from './endpoint.ts';
import { endpoints, overHttp1 } from './endpoints.ts';
import { RawConnection } from './raw-connection.ts';

/** What a header may hold that any client sends. */
const shown: readonly (readonly [string, string | undefined])[] = [
  ['nothing', undefined],
  ['an empty one', 'Bearer '],
  ['another case', 'Bearer ONE-TOKEN'],
  ['its beginning', 'Bearer one-toke'],
  ['more than it', 'Bearer one-token2'],
  ['two in one', 'Bearer one-token other-token'],
  ['two, as one who joins headers does', 'Bearer wrong, Bearer one-token'],
  ['another scheme', 'Basic one-token'],
  ['no scheme', 'one-token'],
  ['the line of the file', 'Bearer one-token\\n'],
  ['8,000 bytes', `Bearer ${'one-token'.repeat(900)}`],
];
/** Heads, or their rest, as only who writes by hand sends them. */
const written: readonly (readonly [string, string])[] = [
  ['a NUL in it', 'Authorization: Bearer one-token\0\r\n'],
  ['a wrong one before it', 'Authorization: Bearer wrong\r\nAuthorization: Bearer one-token\r\n'],
  ['another header', 'X-Authorization: Bearer one-token\r\nCookie: token=one-token\r\n'],
  ['a folded line', 'Authorization: Bearer\r\n one-token\r\n'],
  ['a MiB', `Authorization: Bearer ${'x'.repeat(2 ** 20)}\r\n`],
  ['another method on top', 'X-HTTP-Method-Override: GET\r\n'],
];

/** spec/reliability.md P12. */
for (const endpoint of endpoints.filter(({ takesBodies }) => takesBodies)) {
  describe(`who shows ${endpoint.name} no token of the file`, () => {
    test.each(shown)('but %s is refused, and nothing is taken', async (_, authorization) => {
      const { send, lines } = await guarded(endpoint);
      expect(await send({ ...(authorization !== undefined && { authorization }) })).toBe(401);
      expect(lines()).toBe(0);
      expect(await send({ authorization: 'Bearer other-token' })).toBe(200);
      expect(lines()).toBe(1);
    });
  });
}

for (const endpoint of overHttp1.filter(({ takesBodies }) => takesBodies)) {
  const { name, head } = endpoint;

  describe(`who writes by hand to ${name}, with no token of the file`, () => {
    test.each(written)('but %s is refused, and nothing is taken', async (_, headers) => {
      const { address, lines } = await guarded(endpoint);
      const text = `${head}${headers}Connection: close\r\nContent-Length: 3\r\n\r\n{}\n`;
      const connection = await RawConnection.to(address, text);
      expect(await connection.closed).toMatch(/^(HTTP\/1\.1 4(?:00|01|31) |$)/);
      expect(lines()).toBe(0);
    });

    test.each(['//', '/%2e%2e', '/..', '/.', ';x', '%00', '?token=one-token', '/?'])(
      'but has %s in its path is refused, and nothing is taken',
      async (trick) => {
        const { address, lines } = await guarded(endpoint);
        const asked = head.replace(/ (\/\S*) /, ` $1${trick} `);
        expect(asked).not.toBe(head);
        const connection = await RawConnection.to(
          address,
          `${asked}Connection: close\r\nContent-Length: 3\r\n\r\n{}\n`,
        );
        expect(await connection.closed).toMatch(/^HTTP\/1\.1 40[014] /);
        expect(lines()).toBe(0);
      },
    );
  });
}

/** The endpoint with a file of tokens. */
function guarded({ open }: Endpoint): ReturnType<Endpoint['open']> {
  const directory = mkdtempSync(join(tmpdir(), 'riskpipe-token-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = join(directory, 'tokens');
  writeFileSync(file, 'one-token\nother-token\n');
  return open(file);
}
