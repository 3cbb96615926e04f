import { listenerFiles } from '../net/listener-files.ts';
import type { ReceiverFactory } from '../pipeline/component.ts';
import { schema, type Config } from './otlp/config.ts';
import { HttpListener } from './otlp/http-listener.ts';
import type { Listener } from './otlp/listener.ts';
import { OtlpReceiver } from './otlp/otlp-receiver.ts';

/** `otlp`: takes log records over OTLP/gRPC and OTLP/HTTP (spec/collector.md §6). */
export const otlp: ReceiverFactory<Config> = {
  type: 'otlp',
  schema,
  create: async (settings, { protocols: { grpc, http } }, next) => {
    const { log, directory } = settings;
    const listeners: Listener[] = [];
    if (grpc !== undefined) {
      // Loaded only where it is used: HTTP/2 is a part of Node that nothing else needs.
      const { GrpcListener } = await import('./otlp/grpc-listener.ts');
      listeners.push(new GrpcListener(log, grpc, await listenerFiles(grpc, directory)));
    }
    if (http !== undefined) {
      listeners.push(new HttpListener(log, http, await listenerFiles(http, directory)));
    }
    return new OtlpReceiver(settings, listeners, next);
  },
};
