import { Agent, request } from 'node:http';
import { GrpcClient } from '../../../src/net/grpc/grpc-client.ts';

/** One client of a server on the loopback address, with one connection, that has one request under way at a time. */
export interface Sender {
  /** True: the request was taken; false: it is to be sent again. Rejects if it was refused for good, or lost. */
  send(parts: readonly Buffer[]): Promise<boolean>;
  close(): void;
}

const patienceMs = 60_000;
const grpcMethod = '/opentelemetry.proto.collector.logs.v1.LogsService/Export';
/** UNAVAILABLE and RESOURCE_EXHAUSTED. */
const againCodes: ReadonlySet<number> = new Set([14, 8]);
const againStatuses: ReadonlySet<number> = new Set([429, 503]);

/** Posts the parts of a body, one behind the other. */
export function httpSender(port: number, path: string, contentType: string): Sender {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const options = { host: '127.0.0.1', port, path, method: 'POST', agent };
  return {
    send: (parts) =>
      new Promise((resolve, reject) => {
        const length = parts.reduce((sum, part) => sum + part.length, 0);
        const headers = { 'Content-Type': contentType, 'Content-Length': length };
        const asked = request({ ...options, headers });
        asked.on('error', reject);
        asked.on('response', (response) => {
          const { statusCode: status = 0 } = response;
          response.resume();
          response.on('end', () => resolve(status === 200));
          if (status !== 200 && !againStatuses.has(status)) reject(new Error(`it answered ${status}`));
        });
        for (const part of parts) asked.write(part);
        asked.end();
      }),
    close: () => agent.destroy(),
  };
}

/** Calls the log service of OTLP/gRPC with a message. */
export function grpcSender(port: number): Sender {
  const options = { origin: `http://127.0.0.1:${port}`, authority: undefined, timeoutMs: patienceMs };
  const client = new GrpcClient(options, {});
  const { signal } = new AbortController();
  return {
    async send(parts) {
      const call = { message: Buffer.concat(parts), packed: false };
      const { code, message } = await client.call(grpcMethod, call, {}, signal);
      if (code !== 0 && !againCodes.has(code)) throw new Error(`it answered ${code}: ${message}`);
      return code === 0;
    },
    close: () => client.close(),
  };
}
