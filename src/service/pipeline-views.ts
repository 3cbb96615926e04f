import type { PartView, PipelineView } from '../pipeline/pipeline-view.ts';
import type { PipelineConfig } from './config/config.ts';
import type { Report } from './counts.ts';
import { stateName } from './graph.ts';

/** The pipelines as they are configured, with the counters of their parts. */
export function pipelineViews(
  pipelines: ReadonlyMap<string, PipelineConfig>,
  { receivers, processors, exporters }: Report,
): readonly PipelineView[] {
  return Array.from(pipelines, ([id, pipeline]) => ({
    id,
    receivers: parts(pipeline.receivers, (name) => receivers[name]),
    processors: parts(pipeline.processors, (name) => processors[stateName(id, name)]?.lines),
    exporters: parts(pipeline.exporters, (name) => exporters[name]),
  }));
}

const parts = (
  ids: readonly string[],
  countsOf: (id: string) => PartView['counts'] | undefined,
): readonly PartView[] => ids.map((id) => ({ id, counts: countsOf(id) ?? {} }));
