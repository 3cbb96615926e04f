import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import type { Status } from '../../src/service/status.ts';
import { askStatus, StatusSocket } from '../../src/service/status-socket.ts';

const socketIn = (directory: string): string => join(directory, 'status.sock');

const status: Status = {
  state: 'running',
  at: '2026-04-12T12:00:00Z',
  version: '1.2.3',
  receivers: {},
  processors: {},
  exporters: {},
  files: {},
  oldest: {},
  equations: [],
  holds: true,
};

/** A directory with a socket that tells `status`, and how often that was looked up. */
async function scene(): Promise<{ directory: string; looks: () => number }> {
  const directory = mkdtempSync(join(tmpdir(), 'riskpipe-socket-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  let looks = 0;
  const socket = await StatusSocket.open(directory, async () => {
    looks++;
    return status;
  });
  onTestFinished(() => socket.close());
  return { directory, looks: () => looks };
}

test('only its user can connect to it', async () => {
  const { directory } = await scene();
  expect(statSync(socketIn(directory)).mode & 0o777).toBe(0o600);
});

test('who connects gets one status, whatever it says', async () => {
  const { directory, looks } = await scene();
  expect(await askStatus(directory)).toEqual(status);
  const talking = createConnection(socketIn(directory));
  talking.end('GET / HTTP/1.1\r\n\r\n'.repeat(10));
  expect(JSON.parse((await buffer(talking)).toString())).toEqual(status);
  expect(looks()).toBe(2);
});

test('where nobody listens there is no status', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'riskpipe-socket-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  expect(await askStatus(directory)).toBeUndefined();
});
