import type { Measurement } from '../../otlp/metric-data.ts';
import type { Exporter, Receiver } from '../../pipeline/component.ts';
import type { Status } from '../status.ts';
import { measured } from './measured.ts';

/** What of the components is told beside their counters. */
interface Parts {
  readonly receivers: ReadonlyMap<string, Pick<Receiver, 'kind'>>;
  readonly exporters: ReadonlyMap<string, Pick<Exporter, 'capacity'>>;
}

type Counts = Readonly<Record<string, number>>;

/** What receivers, exporters and the service as a whole tell of themselves, of the counters in `status`. */
export function measureFlow(status: Status, { receivers, exporters }: Parts): readonly Measurement[] {
  return [
    ...Object.entries(status.receivers).flatMap(([id, counts]) =>
      ofReceiver(id, counts, receivers.get(id)?.kind),
    ),
    ...Object.entries(status.exporters).flatMap(([id, counts]) =>
      ofExporter(id, counts, status.oldest[id]?.ageSeconds ?? 0, exporters.get(id)?.capacity),
    ),
    measured('riskpipe_accounts_hold', Number(status.holds)),
    ...ofHealth(status.process?.health.reasons ?? []),
  ];
}

function ofReceiver(
  receiver: string,
  { lines = 0, oversize = 0, bytes = 0 }: Counts,
  kind: Receiver['kind'] | undefined,
): readonly Measurement[] {
  const labels = { receiver, ...(kind === 'tail' && { transport: 'file' }) };
  return [
    measured('otelcol_receiver_accepted_log_records', lines - oversize, labels),
    measured('otelcol_receiver_refused_log_records', oversize, labels),
    measured('riskpipe_receiver_read_bytes', bytes, { receiver }),
  ];
}

function ofExporter(
  exporter: string,
  { delivered = 0, queued = 0, dead = 0, dropped = 0, retried = 0, suppressed = 0 }: Counts,
  ageSeconds: number,
  capacity: number | undefined,
): readonly Measurement[] {
  const queue = { exporter, data_type: 'logs' };
  // What was refused and sent again was refused all the same: a counter never falls.
  const refused = dead + dropped + retried;
  return [
    measured('otelcol_exporter_sent_log_records', delivered, { exporter }),
    measured('otelcol_exporter_send_failed_log_records', refused, { exporter }),
    measured('otelcol_exporter_enqueue_failed_log_records', suppressed, { exporter }),
    measured('otelcol_exporter_queue_size', queued, queue),
    ...(capacity === undefined ? [] : [measured('otelcol_exporter_queue_capacity', capacity, queue)]),
    measured('riskpipe_exporter_oldest_record_age_seconds', ageSeconds, { exporter }),
    measured('riskpipe_exporter_dead_letters', dead, { exporter }),
  ];
}

function ofHealth(reasons: readonly { readonly component: string }[]): readonly Measurement[] {
  return [
    measured('riskpipe_healthy', Number(reasons.length === 0)),
    ...reasons.map(({ component }) => measured('riskpipe_component_trouble', 1, { component })),
  ];
}
