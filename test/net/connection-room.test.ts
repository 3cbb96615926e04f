import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { ConnectionRoom } from '../../src/net/connection-room.ts';
import { RecordingLogger } from '../recording-logger.ts';

/** A room for `most`; `come` connects, and gives both ends of the connection. */
async function scene(most: number) {
  const log = new RecordingLogger();
  const room = new ConnectionRoom(most, log);
  const server = createServer((socket) => room.admit(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    room.closeAll();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const come = async (): Promise<{ readonly here: Socket; readonly there: Socket }> => {
    const accepted = once(server, 'connection');
    const there = connect(port, '127.0.0.1').on('error', () => {});
    const [here] = (await accepted) as [Socket];
    return { here: here.on('error', () => {}), there };
  };
  return { room, log, come };
}

test('who has been without a request for longest gives up its place', async () => {
  const { room, log, come } = await scene(3);
  const [first, second, third] = [await come(), await come(), await come()];
  room.hold(first.here)();
  const fourth = await come();
  const all = [first, second, third, fourth];
  expect(all.map(({ here }) => here.destroyed)).toEqual([false, true, false, false]);
  expect(log.lines).toEqual(['warn: closed a connection without a request: 3 are open']);
});

test('while requests of all are being answered another one is refused', async () => {
  const { room, log, come } = await scene(2);
  const [first, second] = [await come(), await come()];
  const releases = [room.hold(first.here), room.hold(first.here), room.hold(second.here)];
  expect((await come()).here.destroyed).toBe(true);
  expect(log.lines).toEqual(['warn: refused a connection: 2 are open']);
  releases[0]?.();
  expect((await come()).here.destroyed).toBe(true);
  releases[1]?.();
  expect((await come()).here.destroyed).toBe(false);
  expect([first, second].map(({ here }) => here.destroyed)).toEqual([true, false]);
});

test('who has gone leaves its place', async () => {
  const { log, come } = await scene(1);
  const { here, there } = await come();
  there.destroy();
  here.resume();
  await once(here, 'close');
  expect((await come()).here.destroyed).toBe(false);
  expect(log.lines).toEqual([]);
});
