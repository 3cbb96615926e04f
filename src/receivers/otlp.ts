import type { ReceiverFactory } from '../pipeline/component.ts';
import { schema, type Config } from './otlp/config.ts';
import { OtlpReceiver } from './otlp/otlp-receiver.ts';

/** `otlp`: takes log records over OTLP/HTTP (spec/collector.md §6). gRPC comes with a later version. */
export const otlp: ReceiverFactory<Config> = {
  type: 'otlp',
  schema,
  create: async (settings, { protocols }, next) => new OtlpReceiver(settings, protocols.http, next),
};
