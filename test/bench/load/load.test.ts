import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { eventsPerRequest } from './event-batches.ts';
import { Load } from './load.ts';

const bodies: string[] = [];
let server: Server | undefined;
afterEach(() => {
  bodies.splice(0);
  server?.closeAllConnections();
  server?.close();
});

/** Answers requests in turn with `statuses`, the last of which goes on. */
async function listen(...statuses: readonly number[]): Promise<number> {
  let turn = 0;
  server = createServer((request, response) => {
    // Of a client that has gone there is no body.
    const received = text(request).then(
      (body) => void bodies.push(body),
      () => {},
    );
    const status = statuses[Math.min(turn++, statuses.length - 1)] ?? 200;
    void received.then(() => response.writeHead(status).end());
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

test('what is put off is sent again, and no request is like another', async () => {
  const load = new Load('webhook', await listen(503, 429, 200));
  await load.pace(eventsPerRequest * 100, 50);
  load.close();
  expect(bodies).toHaveLength(7);
  expect(new Set(bodies).size).toBe(5);
  for (const body of bodies) {
    const { items } = JSON.parse(body) as { readonly items: readonly unknown[] };
    expect(items).toHaveLength(eventsPerRequest);
  }
});

test('only what was acknowledged counts, and a refusal for good ends it', async () => {
  const load = new Load('otlp http/json', await listen(200));
  const taken = await load.flood(300);
  load.close();
  expect(taken).toBeLessThanOrEqual(bodies.length * eventsPerRequest);
  expect(taken % eventsPerRequest).toBe(0);
  server?.close();
  const refused = new Load('otlp http/json', await listen(400));
  await expect(refused.flood(300)).rejects.toThrow('it answered 400');
  refused.close();
});
