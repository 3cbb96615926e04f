import { z } from 'zod';
import { operators } from '../../../src/receivers/file-log/operators.ts';
import type {
  Component,
  ExporterFactory,
  ExtensionFactory,
  ProcessorFactory,
  ReceiverFactory,
} from '../../../src/pipeline/component.ts';
import type { ComponentEntry } from '../../../src/pipeline/registry.ts';
import { byteSize } from '../../../src/util/byte-size.ts';
import { duration } from '../../../src/util/duration.ts';

const idle: Component = { start: async () => {}, shutdown: async () => {} };
const sink = { ...idle, consume: async () => {} };

const fileLogSchema = z.strictObject({
  include: z.union([z.string(), z.array(z.string()).min(1)]),
  start_at: z.enum(['beginning', 'end']).default('end'),
  poll_interval: duration.prefault('250ms'),
  max_log_size: byteSize.prefault('16MiB'),
  operators,
  include_file_name: z.boolean().default(true),
  resource: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
});
const otlpHttpSchema = z.strictObject({
  endpoint: z.url().optional(),
  headers: z
    .union([
      z.record(z.string(), z.string()),
      z.array(z.strictObject({ name: z.string(), value: z.string() })),
    ])
    .default({}),
  tls: z.strictObject({ min_version: z.enum(['1.2', '1.3']).default('1.2') }).prefault({}),
  grpc: z.never({ error: 'gRPC is for later' }).optional(),
  sending_queue: z
    .strictObject({ queue_size: z.number().int().min(1).default(1000), storage: z.string().optional() })
    .prefault({}),
});
const detectionSchema = z.strictObject({
  detections: z.array(z.string()),
  mode: z.enum(['streaming', 'scheduled']).default('streaming'),
});

const fileLog: ReceiverFactory<z.infer<typeof fileLogSchema>> = {
  type: 'file_log',
  schema: fileLogSchema,
  create: async () => ({ ...idle, kind: 'tail' }),
};
const detection: ProcessorFactory<z.infer<typeof detectionSchema>> = {
  type: 'detection',
  schema: detectionSchema,
  create: async () => sink,
};
const otlpHttp: ExporterFactory<z.infer<typeof otlpHttpSchema>> = {
  type: 'otlp_http',
  schema: otlpHttpSchema,
  create: async () => ({ ...sink, waiting: () => 0, drained: async () => {} }),
};
const nop: ExporterFactory<Record<string, never>> = {
  type: 'nop',
  schema: z.strictObject({}),
  create: async () => ({ ...sink, waiting: () => 0, drained: async () => {} }),
};
const fileStorage: ExtensionFactory<{ directory: string }> = {
  type: 'file_storage',
  schema: z.strictObject({ directory: z.string().default('/var/lib/riskpipe') }),
  create: async () => idle,
};

/** A build of five component types, whose schemas have every shape that the real ones have. */
export const components: readonly ComponentEntry[] = [
  { kind: 'receiver', type: 'file_log', aliases: ['filelog'], load: async () => fileLog },
  { kind: 'processor', type: 'detection', aliases: [], load: async () => detection },
  { kind: 'exporter', type: 'otlp_http', aliases: ['otlphttp'], load: async () => otlpHttp },
  { kind: 'exporter', type: 'nop', aliases: [], load: async () => nop },
  { kind: 'extension', type: 'file_storage', aliases: [], load: async () => fileStorage },
  { kind: 'extension', type: 'idle', aliases: [], load: async () => ({ ...fileStorage, type: 'idle' }) },
];
