import { JsonMetricsSerializer } from '@opentelemetry/otlp-transformer';
import { expect, test } from 'vitest';
import { encodeMetrics } from '../../src/otlp/encode-metrics.ts';
import { metricData, type Instrument, type Measurement } from '../../src/otlp/metric-data.ts';

const instruments: readonly Instrument[] = [
  { name: 'lines', kind: 'counter', unit: '{line}', description: 'lines' },
  { name: 'lag', kind: 'gauge', unit: 's', description: 'lag' },
];
const measurements: readonly Measurement[] = [
  { name: 'lines', value: 7, labels: { receiver: 'file_log' } },
  { name: 'lag', value: 0.5, labels: {} },
];
const collected = metricData(instruments, measurements, 'one', 1_775_995_200_250);

test('counters are cumulative sums that only rise, of an unknown beginning; gauges are gauges', () => {
  const json = JSON.parse(Buffer.from(JsonMetricsSerializer.serializeRequest(collected) ?? []).toString());
  const [lines, lag] = json.resourceMetrics[0].scopeMetrics[0].metrics;
  expect(lines).toMatchObject({
    name: 'lines',
    sum: {
      isMonotonic: true,
      aggregationTemporality: 2,
      dataPoints: [{ asDouble: 7, startTimeUnixNano: '0' }],
    },
  });
  expect(lag.gauge.dataPoints).toMatchObject([{ asDouble: 0.5, timeUnixNano: '1775995200250000000' }]);
});

test('a request names the process and holds every metric', () => {
  const text = Buffer.from(encodeMetrics(collected)).toString('latin1');
  for (const part of ['service.instance.id', 'one', 'lines', 'file_log', 'lag']) expect(text).toContain(part);
});
