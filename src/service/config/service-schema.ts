import { z } from 'zod';
import { waitingTime } from '../../util/duration.ts';
import { metricsConfig } from '../telemetry/metrics-config.ts';

const ids = z.array(z.string());

/** The `service` section. Whether what its ids name exists is checked elsewhere. */
export const serviceSchema = z.strictObject({
  extensions: ids.optional().describe('Ids of the extensions to start, in this order'),
  pipelines: z
    .record(
      z.string(),
      z.strictObject({
        receivers: ids.optional().describe('Ids of the receivers that feed this pipeline'),
        processors: ids.optional().describe('Ids of the processors that records pass, in this order'),
        exporters: ids.optional().describe('Ids of the exporters that every record goes to'),
      }),
    )
    .optional()
    .describe('Pipelines by id: "logs" or "logs/name"'),
  telemetry: z
    .strictObject({
      logs: z
        .strictObject({
          level: z
            .enum(['debug', 'info', 'warn', 'error'])
            .default('info')
            .describe('Least severe own log to write'),
          encoding: z
            .enum(['auto', 'console', 'json'])
            .default('auto')
            .describe('Form of own logs; auto: console on a terminal, json elsewhere'),
        })
        .prefault({}),
      metrics: metricsConfig.prefault({}).describe("riskpipe's own metrics"),
    })
    .prefault({})
    .describe("riskpipe's own logs and metrics"),
  shutdown_timeout: waitingTime.prefault('5s').describe('How long a stop may take before it is cut short'),
});
