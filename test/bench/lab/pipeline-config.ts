/** What differs between the configurations that are measured. */
export interface PipelineWishes {
  /** The logs to read: paths and globs. */
  readonly include: readonly string[];
  /** Paths and globs of detection files; if there are none, there is no processor. */
  readonly detections: readonly string[];
  /** By id, instead of the `file_log` that reads `include`. */
  readonly receivers?: Readonly<Record<string, object>>;
  /** Further options of that `file_log`, of the processor. */
  readonly receiver?: object;
  readonly processor?: object;
  /** By id; `nop` unless given. */
  readonly exporters?: Readonly<Record<string, object>>;
  /** The folder of a durable store; in memory unless given. */
  readonly storedIn?: string;
}

/** A configuration, for `--config`: from files through detections to exporters. */
export function pipelineConfig(wishes: PipelineWishes): object {
  const { include, detections, receiver, processor, exporters = { nop: {} }, storedIn } = wishes;
  const storage = storedIn === undefined ? {} : { storage: 'file_storage' };
  const file_log = { include, start_at: 'beginning', ...storage, ...receiver };
  const { receivers = { file_log } } = wishes;
  const processors = detections.length === 0 ? {} : { detection: { detections, ...processor } };
  return {
    receivers,
    processors,
    exporters,
    ...(storedIn === undefined
      ? {}
      : { extensions: { file_storage: { directory: storedIn, create_directory: true } } }),
    service: {
      ...(storedIn === undefined ? {} : { extensions: ['file_storage'] }),
      telemetry: { logs: { level: 'error' } },
      pipelines: {
        logs: {
          receivers: Object.keys(receivers),
          processors: Object.keys(processors),
          exporters: Object.keys(exporters),
        },
      },
    },
  };
}
