import { rmSync } from 'node:fs';
import { RunningProgram } from '../lab/running-program.ts';
import type { Scratch } from '../lab/scratch.ts';
import type { Protocol } from '../load/load.ts';

/**
 * A Collector that hands on to `backend` what is sent to `port`, from a queue that is on disk before it answers, empty
 * at first. There is no batch processor; while the queue is full, senders wait. Resolves when it is ready.
 */
export function startRelay(
  binary: string,
  scratch: Scratch,
  protocol: Protocol,
  port: number,
  backend: string,
): Promise<RunningProgram> {
  const directory = scratch.path('collector-state');
  rmSync(directory, { recursive: true, force: true });
  const receivers = receiversFor(protocol, { endpoint: `127.0.0.1:${port}` });
  const sending_queue = { storage: 'file_storage', block_on_overflow: true };
  const config = {
    receivers,
    extensions: { file_storage: { directory, create_directory: true, fsync: true } },
    exporters: { otlp_http: { endpoint: backend, compression: 'none', sending_queue } },
    service: {
      extensions: ['file_storage'],
      telemetry: { metrics: { level: 'none' } },
      pipelines: { logs: { receivers: Object.keys(receivers), exporters: ['otlp_http'] } },
    },
  };
  const file = scratch.write('collector.yaml', config);
  return RunningProgram.start('the Collector', binary, ['--config', file]);
}

function receiversFor(protocol: Protocol, listener: object): Readonly<Record<string, object>> {
  switch (protocol) {
    case 'webhook':
      // Its defaults, 100 kB and half a second, are too little for requests of an API server.
      return {
        webhook_event: {
          ...listener,
          path: '/',
          max_request_body_size: 20 * 2 ** 20,
          read_timeout: '10s',
          write_timeout: '10s',
        },
      };
    case 'otlp grpc':
      return { otlp: { protocols: { grpc: listener } } };
    default:
      return { otlp: { protocols: { http: listener } } };
  }
}
