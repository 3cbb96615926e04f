import { describe, expect, test } from 'vitest';
import type { Opened } from './endpoint.ts';
import { endpoints, overHttp1 } from './endpoints.ts';
import { RawConnection } from './raw-connection.ts';

/** What a sender opens at once: `RISKPIPE_CONNECTIONS=1000` for as many as P10 asks for. */
const connections = Number(process.env['RISKPIPE_CONNECTIONS'] ?? 100);

const allServed = [200, 200, 200, 200, 200];

async function fiveSent({ send }: Opened): Promise<readonly number[]> {
  const statuses: number[] = [];
  while (statuses.length < 5) statuses.push(await send());
  return statuses;
}

/** spec/reliability.md P10: whoever behaves like this, a good client is served meanwhile. */
for (const { name, open } of endpoints) {
  describe(`${name} serves others while a sender`, () => {
    test(`holds ${connections} connections open and says nothing`, async () => {
      const opened = await open();
      await RawConnection.many(connections, opened.address);
      expect(await fiveSent(opened)).toEqual(allServed);
    });

    test('says something else than HTTP', async () => {
      const opened = await open();
      const connection = await RawConnection.to(opened.address, 'garbage\r\n\r\n'.repeat(1_000));
      await connection.closed;
      expect(await fiveSent(opened)).toEqual(allServed);
    });

    test('begins TLS where there is none', async () => {
      const opened = await open();
      await RawConnection.many(50, opened.address, '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03');
      expect(await fiveSent(opened)).toEqual(allServed);
    });
  });
}

for (const { name, head, open, takesBodies } of overHttp1) {
  describe(`${name} serves others while a sender of HTTP/1.1`, () => {
    test(`never ends the head of its requests, on ${connections} connections`, async () => {
      const opened = await open();
      await RawConnection.many(connections, opened.address, `${head}X: `);
      expect(await fiveSent(opened)).toEqual(allServed);
    });

    test('never sends the body that it has announced', async () => {
      const opened = await open();
      await RawConnection.many(20, opened.address, `${head}Content-Length: 999\r\n\r\n{`);
      expect(await fiveSent(opened)).toEqual(allServed);
    });

    test('never reads an answer', async () => {
      const opened = await open();
      const connection = await RawConnection.to(opened.address);
      connection.stopReading();
      await connection.repeat(`${head}\r\n`, 10 * connections);
      expect(await fiveSent(opened)).toEqual(allServed);
    });

    test('sends a head without end, which is refused', async () => {
      const opened = await open();
      const connection = await RawConnection.to(opened.address, head);
      await connection.repeat(`X: ${'x'.repeat(65_536)}\r\n`, 1_600);
      expect(await connection.closed).toMatch(/^(HTTP\/1\.1 431 |$)/);
      expect(await fiveSent(opened)).toEqual(allServed);
    });

    test.each([
      ['two lengths', 'Content-Length: 3\r\nContent-Length: 30\r\n\r\n{}\n'],
      ['a length and chunks', 'Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
      ['chunks, and again something else', 'Transfer-Encoding: chunked, x\r\n\r\n0\r\n\r\n'],
      ['chunks of a length that is none', 'Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n'],
      ['a negative length', 'Content-Length: -1\r\n\r\n'],
      ['a name with a blank', 'Content-Length : 3\r\n\r\n{}\n'],
    ])('sends %s, which is refused or not read', async (_, rest) => {
      const opened = await open();
      const connection = await RawConnection.to(opened.address, head + rest);
      const answers = (await connection.closed).match(/HTTP\/1\.1 \d+/g);
      // A page is shown before its request's body has come; then the connection is closed, whatever that body was.
      expect(['HTTP/1.1 400', ...(takesBodies ? [] : ['HTTP/1.1 200'])]).toContain(answers?.join());
      expect(opened.lines()).toBe(0);
      expect(await fiveSent(opened)).toEqual(allServed);
    });
  });
}
