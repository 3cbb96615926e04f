/** One pipeline, for people who look into a running service: its parts, in the order that records pass them. */
export interface PipelineView {
  readonly id: string;
  readonly receivers: readonly PartView[];
  readonly processors: readonly PartView[];
  readonly exporters: readonly PartView[];
}

/** A component in it, and what was counted of it: an exporter that several pipelines share counts for all of them. */
export interface PartView {
  readonly id: string;
  readonly counts: Readonly<Record<string, number>>;
}
