import { expect, test } from 'vitest';
import { metricData, type Instrument } from '../../src/otlp/metric-data.ts';
import { prometheusText } from '../../src/otlp/prometheus-text.ts';
import { ownScope } from '../../src/record/own.ts';

const lag: Instrument = { name: 'lag', kind: 'gauge', unit: 's', description: 'a \\ and\na second line' };
const lines: Instrument = { name: 'lines', kind: 'counter', unit: '{line}', description: 'lines' };

const textOf = (value: number, labels: Readonly<Record<string, string>> = {}, name = 'lag'): string =>
  prometheusText(metricData([lag, lines], [{ name, value, labels }], 'one', 0));

test('a metric has its description, its kind and a line for each set of labels', () => {
  const measurements = [
    { name: 'lines', value: 3, labels: { receiver: 'a' } },
    { name: 'lines', value: 4, labels: { receiver: 'b' } },
  ];
  expect(prometheusText(metricData([lag, lines], measurements, 'one', 0))).toBe(
    [
      '# HELP target_info what the metrics are of',
      '# TYPE target_info gauge',
      `target_info{service_name="riskpipe",service_version="${ownScope.version}",service_instance_id="one"} 1`,
      '# HELP lines lines',
      '# TYPE lines counter',
      'lines{receiver="a"} 3',
      'lines{receiver="b"} 4',
      '',
    ].join('\n'),
  );
});

test('no value of a label ends its line or its quotes', () => {
  const text = textOf(1, { file: 'a"} 7\nevil{x="\\' });
  expect(text).toContain(String.raw`lag{file="a\"} 7\nevil{x=\"\\"} 1`);
  expect(text.split('\n').filter((line) => line.startsWith('evil'))).toEqual([]);
});

test('a description stays on its line', () => {
  expect(textOf(1)).toContain(String.raw`# HELP lag a \\ and\na second line`);
});

for (const [value, written] of [
  [0.25, '0.25'],
  [1e21, '1e+21'],
  [Number.NaN, 'NaN'],
  [Number.POSITIVE_INFINITY, '+Inf'],
  [Number.NEGATIVE_INFINITY, '-Inf'],
] as const) {
  test(`the value ${written}`, () => expect(textOf(value)).toContain(`\nlag ${written}\n`));
}

test('a label with a dot in its name has none here', () => {
  expect(textOf(1, { 'otel.signal': 'logs' })).toContain('lag{otel_signal="logs"} 1');
});

test('what is no instrument is not told', () => {
  expect(textOf(1, {}, 'other')).not.toContain('other');
});
