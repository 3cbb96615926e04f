import { existsSync, readFileSync } from 'node:fs';
import { recordsOfLines, type Delivered } from './otlp-json.ts';
import type { Report } from './report.ts';
import type { Workspace } from './workspace.ts';

/** What came out of one log. */
interface Replayed {
  readonly records: readonly Delivered[];
  /** Of this log alone. */
  readonly report: Report;
  /** What its pipeline said. */
  readonly said: readonly string[];
}

/**
 * Replays several logs with one start of the program, each in a pipeline, with a detection and a file of its own, so
 * that none can cover for another. `includes`: the path or glob of each log. In their order.
 */
export async function replayEach(
  workspace: Workspace,
  includes: readonly string[],
): Promise<readonly Replayed[]> {
  const { report, log } = await workspace.replay(configured(workspace, includes));
  const lines = log.split('\n');
  return includes.map((_, index) => {
    const file = outputOf(workspace, index);
    const processor = `logs%2F${index}:detection`;
    return {
      records: existsSync(file) ? recordsOfLines(readFileSync(file, 'utf8')) : [],
      report: {
        receivers: only(report.receivers, `file_log/${index}`),
        processors: only(report.processors, processor),
        exporters: only(report.exporters, `file/${index}`),
      },
      said: lines.filter((line) => line.includes(`"component":"${processor}"`)),
    };
  });
}

const outputOf = (workspace: Workspace, index: number): string => workspace.path(`out-${index}.json`);

function configured(workspace: Workspace, includes: readonly string[]): string {
  const single = JSON.parse(readFileSync(workspace.configure('', { file: '' }), 'utf8')) as {
    readonly receivers: { readonly file_log: object };
    readonly service: object;
  };
  const all = <T>(kind: string, optionsOf: (include: string, index: number) => T): Record<string, T> =>
    Object.fromEntries(includes.map((include, index) => [`${kind}/${index}`, optionsOf(include, index)]));
  const config = {
    ...single,
    receivers: all('file_log', (include) => ({ ...single.receivers.file_log, include: [include] })),
    exporters: all('file', (_, index) => ({ path: outputOf(workspace, index) })),
    service: {
      ...single.service,
      pipelines: all('logs', (_, index) => ({
        receivers: [`file_log/${index}`],
        processors: ['detection'],
        exporters: [`file/${index}`],
      })),
    },
  };
  return workspace.write('config.yaml', JSON.stringify(config));
}

/** The one entry of that name; throws if there is none. */
function only<T>(all: Readonly<Record<string, T>>, name: string): Record<string, T> {
  const found = all[name];
  if (found === undefined) throw new Error(`there is no ${name} among ${Object.keys(all).join(', ')}`);
  return { [name]: found };
}
