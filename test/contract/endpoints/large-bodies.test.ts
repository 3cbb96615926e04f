import { describe, expect, test } from 'vitest';
import { endpoints, overHttp1 } from './endpoints.ts';
import { RawConnection } from './raw-connection.ts';

/** More than any of them takes. */
const size = 33 * 2 ** 20;

/** spec/reliability.md P11. */
for (const { name, head, open, takesBodies } of overHttp1) {
  describe(`a body that is too large for ${name}`, () => {
    const answered = takesBodies ? /^HTTP\/1\.1 413 / : /^HTTP\/1\.1 200 /;

    test('by its announced length is not read, and its connection closed', async () => {
      const { address, send, lines } = await open();
      const connection = await RawConnection.to(address, `${head}Content-Length: ${size}\r\n\r\n{`);
      expect(await connection.closed).toMatch(answered);
      expect(lines()).toBe(0);
      expect(await send()).toBe(200);
    });

    test('that announces none is not read to its end, and its connection closed', async () => {
      const { address, send, lines } = await open();
      const connection = await RawConnection.to(address, `${head}Transfer-Encoding: chunked\r\n\r\n`);
      await connection.repeat(`10000\r\n${'x'.repeat(65_536)}\r\n`, size / 65_536);
      // Who is refused while it sends may find the connection closed before it reads why.
      const answer = await connection.closed;
      if (answer !== '') expect(answer).toMatch(answered);
      expect(lines()).toBe(0);
      expect(await send()).toBe(200);
    });
  });
}

for (const { name, open } of endpoints.filter(({ takesBodies }) => takesBodies)) {
  test(`a body of 33 MiB is refused with 413 by ${name}`, async () => {
    const { send, lines } = await open();
    // Who is refused while it sends may find the connection closed before it reads why.
    expect(await send({ body: Buffer.alloc(size) }).catch(() => 413)).toBe(413);
    expect(lines()).toBe(0);
    expect(await send()).toBe(200);
  });
}
