import { chmod, rm } from 'node:fs/promises';
import { closeSync, openSync } from 'node:fs';
import { once } from 'node:events';
import { createConnection, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { Status } from './status.ts';

/** Beside the store's own files, which all have other names. */
const name = 'status.sock';
/** What the kernel takes as the path of a socket (unix(7): 108 bytes with the end). */
const maxPath = 107;
const patienceMs = 5_000;
const maxConnections = 8;

/**
 * Answers whoever connects to the socket in the store's directory with one status, as JSON, and closes. Only the
 * process that holds the store has it, and only its user can connect.
 */
export class StatusSocket {
  readonly #server: Server;
  readonly #directory: OpenDirectory;

  private constructor(server: Server, directory: OpenDirectory) {
    this.#server = server;
    this.#directory = directory;
  }

  /** Throws if it cannot be made, which is no reason for a service not to run. The store must be open. */
  static async open(directory: string, status: () => Promise<Status>): Promise<StatusSocket> {
    const place = openDirectory(directory);
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.setTimeout(patienceMs, () => socket.destroy());
      status().then(
        (answer) => socket.end(JSON.stringify(answer)),
        () => socket.destroy(),
      );
    });
    server.maxConnections = maxConnections;
    try {
      // One that is there is of a process that was killed: nobody else can have the store open.
      await rm(place.socket, { force: true });
      server.listen(place.socket);
      await once(server, 'listening');
      await chmod(place.socket, 0o600);
    } catch (error) {
      place.close();
      throw error;
    }
    server.unref();
    return new StatusSocket(server, place);
  }

  async close(): Promise<void> {
    await new Promise((resolve) => this.#server.close(resolve));
    this.#directory.close();
  }
}

/** What the process that has the store in `directory` open answers; undefined if there is none. Throws if it is silent. */
export async function askStatus(directory: string): Promise<Status | undefined> {
  const place = openDirectory(directory);
  const socket = createConnection(place.socket);
  socket.setTimeout(patienceMs, () => socket.destroy(new Error(`no answer within ${patienceMs} ms`)));
  try {
    const text = (await buffer(socket)).toString();
    return JSON.parse(text) as Status;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ECONNREFUSED') return undefined;
    throw error;
  } finally {
    place.close();
  }
}

interface OpenDirectory {
  /** A path of the socket that is short enough. */
  readonly socket: string;
  close(): void;
}

/** Where a path is too long for a socket, Linux knows the directory by its descriptor, too. */
function openDirectory(directory: string): OpenDirectory {
  const plain = join(directory, name);
  if (Buffer.byteLength(plain) <= maxPath) return { socket: plain, close: () => {} };
  if (process.platform !== 'linux') {
    throw new Error(`the path of the storage directory is longer than ${maxPath - name.length - 1} bytes`);
  }
  const descriptor = openSync(directory, 'r');
  return { socket: `/proc/self/fd/${descriptor}/${name}`, close: () => closeSync(descriptor) };
}
