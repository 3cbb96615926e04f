import type {
  ExporterFactory,
  ExtensionFactory,
  ProcessorFactory,
  ReceiverFactory,
} from '../../pipeline/component.ts';
import type { Problem } from '../../util/problem.ts';
import type { MetricsConfig } from '../telemetry/metrics-config.ts';
import type { Place } from './node.ts';

/** A configuration that was read, merged and checked: all that the service is built from. Used components only. */
export interface Config {
  readonly receivers: Components<ReceiverFactory<unknown>>;
  readonly processors: Components<ProcessorFactory<unknown>>;
  readonly exporters: Components<ExporterFactory<unknown>>;
  /** In the order of `service.extensions`, which is the order they start in. */
  readonly extensions: Components<ExtensionFactory<unknown>>;
  /** By id, `logs` or `logs/name`, in the order they were written. */
  readonly pipelines: ReadonlyMap<string, PipelineConfig>;
  readonly telemetry: TelemetryConfig;
  /** How long a stop may take before it is cut short, in milliseconds. */
  readonly shutdownTimeoutMs: number;
  /** What works but deserves a look, sorted by place. */
  readonly warnings: readonly Problem[];
}

export type Components<Loaded> = ReadonlyMap<string, ComponentConfig<Loaded>>;

export interface ComponentConfig<Loaded> {
  /** Canonical: `file_log/audit`. */
  readonly id: string;
  readonly type: string;
  readonly factory: Loaded;
  /** What the factory's schema made of it; for `factory.create`. */
  readonly config: unknown;
  /** Of the file that defines it, absolute; the working directory for `--set`. */
  readonly directory: string;
  /** Where the value at a path below it is written; the nearest thing above it if it is not written. */
  readonly placeOf: (path: string) => Place;
  /** As written, merged and substituted, without what was left out. Holds secrets. */
  readonly raw: unknown;
}

/** Canonical ids; processors in the order that records pass them. */
export interface PipelineConfig {
  readonly receivers: readonly string[];
  readonly processors: readonly string[];
  readonly exporters: readonly string[];
}

interface TelemetryConfig {
  readonly logs: {
    readonly level: 'debug' | 'info' | 'warn' | 'error';
    /** `auto`: for a person on a terminal, JSON elsewhere. */
    readonly encoding: 'auto' | 'console' | 'json';
  };
  readonly metrics: MetricsConfig;
}
