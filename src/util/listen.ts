import { once } from 'node:events';
import type { Server } from 'node:net';
import { assert } from './assert.ts';
import { isLoopback, parseHostAndPort } from './host-and-port.ts';
import { reasonOf } from './reason-of.ts';

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there; stop it, or write another port',
  EACCES: 'this user may not use that port; write one above 1023',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'the host name is not known',
};

/** Where a server listens. */
export interface Listening {
  /** As it was written, with the port that was really taken. */
  readonly endpoint: string;
  /** Other machines can reach it. */
  readonly exposed: boolean;
}

/** Resolves once `server` listens on `endpoint`, a host and a port; throws an error that says what to change. */
export async function listen(server: Server, endpoint: string): Promise<Listening> {
  const address = parseHostAndPort(endpoint);
  assert(address, `the schema let "${endpoint}" pass`);
  const { host, port } = address;
  server.listen({ port, ...(host !== '' && { host }) });
  try {
    await once(server, 'listening');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const message = reasonOf(cause);
    throw new Error(`could not listen on ${endpoint}: ${reasons[code] ?? message}`, { cause });
  }
  const bound = server.address();
  const actual = typeof bound === 'object' && bound !== null ? bound.port : port;
  return { endpoint: endpoint.replace(/\d+$/, String(actual)), exposed: !isLoopback(address) };
}
