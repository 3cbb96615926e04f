import { once } from 'node:events';
import type { Server } from 'node:http';
import type { Logger } from '../../pipeline/logger.ts';
import { assert } from '../../util/assert.ts';
import { isLoopback, parseAddress } from './address.ts';

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there; stop it, or write another port',
  EACCES: 'this user may not use that port; write one above 1023',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'the host name is not known',
};

/** Resolves once `server` listens on `endpoint`; throws an error that says what to change. */
export async function listen(server: Server, endpoint: string, log: Logger): Promise<void> {
  const address = parseAddress(endpoint);
  assert(address, `the schema let "${endpoint}" pass`);
  const { host, port } = address;
  server.listen({ port, ...(host !== '' && { host }) });
  try {
    await once(server, 'listening');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`could not listen on ${endpoint}: ${reasons[code] ?? message}`, { cause });
  }
  const bound = server.address();
  const actual = typeof bound === 'object' && bound !== null ? bound.port : port;
  log.info(`listening for OTLP/HTTP on ${endpoint.replace(/\d+$/, String(actual))}`);
  if (!isLoopback(address)) {
    log.warn(`${endpoint} can be reached from other machines, and whoever reaches it can send records`);
  }
}
