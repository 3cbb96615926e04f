import { request } from 'node:http';
import { Agent, type AgentOptions, type RequestOptions } from 'node:https';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect } from 'node:tls';
import { hostInUrl } from '../util/host-and-port.ts';

/** Called once: with an error, when the stream is of no use, or with a connection. */
type Connected = (error: Error | null, stream: Duplex) => void;

/** Makes TLS connections through an HTTP proxy, by CONNECT (RFC 9110 §9.3.6): it sees no more than the host's name. */
export class TunnelAgent extends Agent {
  readonly #proxy: URL;
  readonly #timeoutMs: number;

  constructor(proxy: URL, timeoutMs: number, options: AgentOptions) {
    super(options);
    this.#proxy = proxy;
    this.#timeoutMs = timeoutMs;
  }

  override createConnection(
    { host: name, port: at, servername }: RequestOptions,
    done?: Connected,
  ): undefined {
    const target = `${hostInUrl(name ?? '')}:${at}`;
    const { hostname, port, host } = this.#proxy;
    const asking = request({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: port === '' ? 80 : port,
      method: 'CONNECT',
      path: target,
      headers: { Host: target },
      agent: false,
      signal: AbortSignal.timeout(this.#timeoutMs),
    });
    asking.once('connect', ({ statusCode = 0 }, socket) => {
      if (statusCode === 200) {
        done?.(null, connect({ ...this.options, host: name ?? '', servername: servername ?? '', socket }));
        return;
      }
      socket.destroy();
      done?.(new Error(`the proxy ${host} refused to connect with status ${statusCode}`), socket);
    });
    asking.once('error', ({ message }) => done?.(new Error(`the proxy ${host}: ${message}`), new Socket()));
    asking.end();
  }
}
