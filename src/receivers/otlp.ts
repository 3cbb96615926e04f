import { listenerFiles } from '../net/listener-files.ts';
import type { ReceiverFactory } from '../pipeline/component.ts';
import { schema, type Config } from './otlp/config.ts';
import { OtlpReceiver } from './otlp/otlp-receiver.ts';

/** `otlp`: takes log records over OTLP/HTTP (spec/collector.md §6). gRPC comes with a later version. */
export const otlp: ReceiverFactory<Config> = {
  type: 'otlp',
  schema,
  create: async (settings, { protocols: { http } }, next) => {
    const files = await listenerFiles(http, settings.directory);
    return new OtlpReceiver(settings, http, files, next);
  },
};
