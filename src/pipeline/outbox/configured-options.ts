import type { z } from 'zod';
import type { OutboxOptions } from './options.ts';
import { quotaOf, type queue } from './queue-config.ts';
import type { retry } from './retry-config.ts';

/** What a component that ships to a backend is configured with, as its outbox wants it. */
export function configuredOptions({
  sending_queue,
  retry_on_failure,
}: {
  readonly sending_queue: z.output<typeof queue>;
  readonly retry_on_failure: z.output<typeof retry>;
}): OutboxOptions {
  const { batch } = sending_queue;
  return {
    maxRecords: batch.max_size,
    maxBytes: batch.max_bytes,
    minRecords: batch.min_size ?? batch.max_size,
    flushMs: batch.flush_timeout,
    quota: quotaOf(sending_queue),
    probeMs: retry_on_failure.probe_interval,
    retry: {
      initialMs: retry_on_failure.initial_interval,
      multiplier: retry_on_failure.multiplier,
      randomization: retry_on_failure.randomization_factor,
      maxMs: retry_on_failure.max_interval,
    },
  };
}
