/** The text of a file, and what it is called in messages; nothing is read. */
interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** What a `Detector` is made of. */
export interface DetectorFiles {
  /** Our own or Splunk's, one in each. */
  readonly detections: readonly SourceFile[];
  /** Allowlists that detections name. */
  readonly allowlists?: readonly SourceFile[];
  /** Search macros, for Splunk's. */
  readonly macros?: readonly SourceFile[];
  /** When searches run, for Splunk's; their own if there is none. */
  readonly deployments?: readonly SourceFile[];
}

/** How a `Detector` runs them. */
export interface DetectorOptions {
  /** `streaming`, the default: a finding leaves at its first match; `scheduled`: when its window closes. */
  readonly mode?: 'streaming' | 'scheduled';
  /** Name of the cluster, part of every record's id, if `resource` has no `k8s.cluster.name`. */
  readonly cluster?: string;
  /** Attributes of where the events come from, by the names of OpenTelemetry's semantic conventions. */
  readonly resource?: Readonly<Record<string, string>>;
}
