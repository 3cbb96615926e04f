import { once } from 'node:events';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { onTestFinished } from 'vitest';

/** A sender that is connected to `endpoint`, without a handshake: the function begins it, and nothing is sent after it. */
export async function lateHandshake(endpoint: string, ca: string): Promise<() => void> {
  const [host, port] = endpoint.split(':');
  const socket = connect(Number(port), host);
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => {});
  await once(socket, 'connect');
  return () => {
    connectTls({ socket, ca, servername: 'backend.test', ALPNProtocols: ['h2', 'http/1.1'] }).on(
      'error',
      () => {},
    );
  };
}
