import { ValueType } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  DataPointType,
  type DataPoint,
  type MetricData,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics';
import { ownScope } from '../record/own.ts';

/** What is measured, under one name. */
export interface Instrument {
  readonly name: string;
  /** `counter`: it never falls, over restarts as well, unless the process or the store begins anew. */
  readonly kind: 'counter' | 'gauge';
  /** As UCUM writes it: `s`, `By`, `{record}`. */
  readonly unit: string;
  readonly description: string;
}

/** One value of the instrument `name`, now. */
export interface Measurement {
  readonly name: string;
  readonly value: number;
  readonly labels: Readonly<Record<string, string>>;
}

/** All values of one moment, as the OpenTelemetry SDK holds them. */
export type Collected = ResourceMetrics;

/**
 * The measurements as the SDK's metric data, an instrument without one left out. `instance` tells this process from
 * others; `now` is wall time in milliseconds.
 *
 * They are put together here because the SDK's observable instruments never forget a set of labels: a file that is
 * gone would lag for ever, and from the 2,000th set on all others would be one.
 */
export function metricData(
  instruments: readonly Instrument[],
  measurements: readonly Measurement[],
  instance: string,
  now: number,
): Collected {
  const resource = resourceFromAttributes({
    'service.name': ownScope.name,
    'service.version': ownScope.version,
    'service.instance.id': instance,
  });
  const points = new Map<string, DataPoint<number>[]>(instruments.map(({ name }) => [name, []]));
  const endTime: DataPoint<number>['endTime'] = [Math.floor(now / 1_000), (now % 1_000) * 1e6];
  for (const { name, value, labels } of measurements) {
    // Counters are older than the process; 0 is "unknown" (opentelemetry-proto, metrics.proto).
    points.get(name)?.push({ startTime: [0, 0], endTime, attributes: { ...labels }, value });
  }
  const metrics = instruments.flatMap((instrument) => {
    const dataPoints = points.get(instrument.name) ?? [];
    return dataPoints.length === 0 ? [] : [dataOf(instrument, dataPoints)];
  });
  return { resource, scopeMetrics: [{ scope: { name: ownScope.name, version: ownScope.version }, metrics }] };
}

function dataOf({ name, kind, unit, description }: Instrument, dataPoints: DataPoint<number>[]): MetricData {
  const common = {
    descriptor: { name, unit, description, valueType: ValueType.DOUBLE },
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
    dataPoints,
  };
  if (kind === 'gauge') return { ...common, dataPointType: DataPointType.GAUGE };
  return { ...common, dataPointType: DataPointType.SUM, isMonotonic: true };
}
