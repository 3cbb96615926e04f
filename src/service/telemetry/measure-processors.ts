import type { Measurement } from '../../otlp/metric-data.ts';
import { toMillis, type Time } from '../../record/time.ts';
import type { Store } from '../../store/store.ts';
import type { Status } from '../status.ts';
import type { MetricName } from './metric-catalog.ts';
import { measured } from './measured.ts';

type Processor = Status['processors'][string];
type Counts = Readonly<Record<string, number>>;

const lineResults = ['unmatched', 'allowed', 'counted'];
const findingResults = ['emitted', 'suppressed'];

/** What became of lines and findings, by detection and by entry of an allowlist, and how far event time has got. */
export function measureProcessors(
  { processors }: Pick<Status, 'processors'>,
  store: Pick<Store, 'get'>,
  now: Time,
): readonly Measurement[] {
  return Object.entries(processors).flatMap(([id, processor]) => [
    ...ofLines(id, processor),
    ...Object.entries(processor.detections).flatMap(([detection, counts]) =>
      ofDetection(id, detection, counts),
    ),
    ...Object.entries(processor.incidents).flatMap(([rule, counts]) =>
      byResult('riskpipe_incident_findings', { processor: id, rule }, counts, findingResults),
    ),
    ...ofWatermark(id, store, now),
  ]);
}

function ofLines(processor: string, { lines, allowlists }: Processor): readonly Measurement[] {
  const entries = Object.entries(allowlists).flatMap(([allowlist, counts]) =>
    Object.entries(counts).map(([entry, value]) => {
      const labels = { processor, allowlist, entry: entry.slice(1, -1) };
      return measured('riskpipe_allowlist_allowed_lines', value, labels);
    }),
  );
  const { evaluated = 0, malformed = 0, passed = 0, handed_on: handedOn = 0 } = lines;
  const items = { processor, otel_signal: 'logs' };
  return [
    measured('otelcol_processor_incoming_items', evaluated + malformed + passed, items),
    measured('otelcol_processor_outgoing_items', handedOn, items),
    ...byResult('riskpipe_processor_lines', { processor }, lines, ['evaluated', 'malformed']),
    ...entries,
  ];
}

function ofDetection(processor: string, detection: string, counts: Counts): readonly Measurement[] {
  const labels = { processor, detection };
  return [
    measured('riskpipe_detection_evaluated_lines', counts['evaluated'] ?? 0, labels),
    measured('riskpipe_detection_late_lines', counts['late'] ?? 0, labels),
    ...byResult('riskpipe_detection_lines', labels, counts, lineResults),
    ...byResult('riskpipe_detection_findings', labels, counts, findingResults),
  ];
}

function byResult(
  name: MetricName,
  labels: Readonly<Record<string, string>>,
  counts: Counts,
  results: readonly string[],
): readonly Measurement[] {
  return results.map((result) => measured(name, counts[result] ?? 0, { ...labels, result }));
}

/** The watermark is state of the detection (design §5); of it only this is read, as of the positions of files. */
function ofWatermark(processor: string, store: Pick<Store, 'get'>, now: Time): readonly Measurement[] {
  const watermark = store.get(`detect/${processor}/clock`, 'watermark');
  if (typeof watermark !== 'string') return [];
  const behind = Math.max(0, toMillis(now - BigInt(watermark)) / 1_000);
  return [measured('riskpipe_processor_watermark_lag_seconds', behind, { processor })];
}
