import { z } from 'zod';
import { httpUrl } from '../../net/url-config.ts';
import { longestTimer } from '../../util/duration.ts';
import { isLoopback } from '../../util/host-and-port.ts';

const milliseconds = z.number().int().min(1).max(longestTimer);

const prometheus = z
  .strictObject({
    host: z.string().min(1).default('localhost').describe('Address to be scraped at'),
    port: z.number().int().min(0).max(65_535).default(8889).describe('Port to be scraped at, under /metrics'),
    allow_unprotected: z
      .boolean()
      .default(false)
      .describe('Let other machines read the metrics, without TLS and without asking who they are'),
  })
  .superRefine(({ host, port, allow_unprotected }, context) => {
    if (allow_unprotected || isLoopback({ host, port })) return;
    const message =
      'can be reached from other machines, and anybody there could read the metrics; write "localhost", ' +
      'or "allow_unprotected: true" if something else protects it';
    context.addIssue({ code: 'custom', path: ['host'], message });
  });

const otlp = z.strictObject({
  protocol: z
    .literal('http/protobuf', { error: 'is not supported; write "http/protobuf"' })
    .describe('How metrics are sent'),
  endpoint: httpUrl.describe('URL of the backend; without a path "/v1/metrics" is added'),
});

const pull = z.strictObject({ exporter: z.strictObject({ prometheus: prometheus.prefault({}) }) });
const periodic = z.strictObject({
  interval: milliseconds.default(60_000).describe('Milliseconds from one push to the next'),
  timeout: milliseconds.default(30_000).describe('Milliseconds that one push may take'),
  exporter: z.strictObject({ otlp }),
});

const reader = z
  .strictObject({ pull: pull.optional(), periodic: periodic.optional() })
  .refine((ways) => (ways.pull === undefined) !== (ways.periodic === undefined), {
    message: 'is to be either "pull" or "periodic"',
  });

/**
 * `service.telemetry.metrics` as the Collector has it (spec/collector.md §5.1). The port is our own: a Collector shares
 * the pod, and takes 8888.
 */
export const metricsConfig = z
  .strictObject({
    level: z
      .enum(['none', 'basic', 'normal', 'detailed'])
      .default('normal')
      .describe('How much is told; none: nothing is measured, and no port opened'),
    readers: z
      .array(reader)
      .prefault([{ pull: { exporter: { prometheus: {} } } }])
      .describe('Who gets the metrics'),
  })
  .refine(({ level, readers }) => level === 'none' || readers.length > 0, {
    path: ['readers'],
    message: 'is empty, so nobody would get the metrics; name a reader, or write "level: none"',
  });

export type MetricsConfig = z.output<typeof metricsConfig>;
export type PullConfig = z.output<typeof prometheus>;
export type PushConfig = z.output<typeof periodic>;
