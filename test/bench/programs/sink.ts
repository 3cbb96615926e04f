import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';

/**
 * `sink`: a backend that takes every request and answers it at once; a process of its own, so that nothing of it
 * counts as ours. Tells its parent the port, and the moment of every record that carries a stamp when it has
 * answered: nanoseconds of the monotonic clock, which all processes of a machine share.
 */
const stamps = /sent-(\d+)/g;

const server = createServer((request, response) => void answer(request, response));
server.listen(0, '127.0.0.1', () => process.send?.({ address: server.address() }));
process.on('disconnect', () => process.exit());

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await buffer(request);
  const sent = new Set(Array.from(body.toString('latin1').matchAll(stamps), ([, stamp]) => stamp));
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end('{}', () => {
    const now = process.hrtime.bigint();
    for (const stamp of sent) process.send?.({ latencyMs: Number(now - BigInt(stamp ?? 0)) / 1e6 });
  });
}
