import { parseId } from '../../pipeline/id.ts';
import type { ComponentEntry } from '../../pipeline/registry.ts';
import { didYouMean } from '../../util/suggest.ts';
import type { Config, PipelineConfig } from './config.ts';
import { entriesOf, isEmpty, type Entry, type Node, type Place } from './node.ts';
import type { Report } from './report.ts';
import { Section } from './section.ts';
import { serviceSchema } from './service-schema.ts';
import { checkStorage } from './storage-reference.ts';
import { unknownKey, validate } from './validate.ts';

type Checked = Omit<Config, 'warnings'>;

const sectionNames = ['receivers', 'processors', 'exporters', 'extensions', 'service'];

/** The configuration that the merged tree `root` describes. All that is wrong with it is reported; it is then partial. */
export async function check(
  root: Node,
  components: readonly ComponentEntry[],
  directoryOf: (place: Place) => string,
  report: Report,
): Promise<Checked | undefined> {
  checkSectionNames(root, report);
  const sections = sectionsOf(root, components, report);
  const service = entriesOf(root).get('service');
  if (service === undefined || isEmpty(service.value)) {
    report.error(service?.place ?? root.place, ['service'], 'is required: its pipelines say what runs');
    return undefined;
  }
  const list = entriesOf(service.value).get('extensions')?.value;
  const started = sections.extensions.resolve(list, ['service', 'extensions']);
  const pipelines = readPipelines(service, sections, report);
  checkStorage(
    {
      receivers: sections.receivers.used,
      exporters: sections.exporters.used,
      extensions: sections.extensions.used,
    },
    idsIn(list),
    report,
  );
  const part = { node: service.value, place: service.place, path: ['service'], owner: 'service' };
  const settings = validate(serviceSchema, part, report)?.config ?? serviceSchema.parse({});
  const [receivers, processors, exporters, loaded] = await Promise.all([
    sections.receivers.load(directoryOf),
    sections.processors.load(directoryOf),
    sections.exporters.load(directoryOf),
    sections.extensions.load(directoryOf),
  ]);
  const extensions = new Map([...loaded].toSorted(([a], [b]) => started.indexOf(a) - started.indexOf(b)));
  const { telemetry, shutdown_timeout: shutdownTimeoutMs } = settings;
  return { receivers, processors, exporters, extensions, pipelines, telemetry, shutdownTimeoutMs };
}

function checkSectionNames(root: Node, report: Report): void {
  for (const [key, { place, value }] of entriesOf(root)) {
    if (sectionNames.includes(key)) continue;
    if (key !== 'connectors') report.error(place, [key], unknownKey(key, sectionNames));
    else if (!definesNothing(value)) {
      report.error(
        place,
        [key],
        'connectors are not supported; let several pipelines name the same receiver instead',
      );
    }
  }
}

type Sections = ReturnType<typeof sectionsOf>;

function sectionsOf(root: Node, components: readonly ComponentEntry[], report: Report) {
  const node = (name: string): Node | undefined => entriesOf(root).get(name)?.value;
  const receivers = components.filter((entry) => entry.kind === 'receiver');
  const processors = components.filter((entry) => entry.kind === 'processor');
  const exporters = components.filter((entry) => entry.kind === 'exporter');
  const extensions = components.filter((entry) => entry.kind === 'extension');
  return {
    receivers: new Section('receiver', node('receivers'), receivers, report),
    processors: new Section('processor', node('processors'), processors, report),
    exporters: new Section('exporter', node('exporters'), exporters, report),
    extensions: new Section('extension', node('extensions'), extensions, report),
  };
}

function readPipelines(service: Entry, sections: Sections, report: Report): Map<string, PipelineConfig> {
  const entry = entriesOf(service.value).get('pipelines');
  const written = entriesOf(entry?.value);
  const path = ['service', 'pipelines'];
  if (written.size === 0 && (entry === undefined || entry.value.kind === 'map' || isEmpty(entry.value))) {
    report.error(entry?.place ?? service.place, path, 'at least one pipeline is needed, such as "logs"');
  }
  const pipelines = new Map<string, PipelineConfig>();
  for (const [id, pipeline] of written) {
    const lists = readPipeline(id, pipeline, sections);
    if (!isForLogs(id, pipeline.place, report)) continue;
    checkEnds(id, pipeline, report);
    pipelines.set(id, lists);
  }
  return pipelines;
}

/** Whether the pipeline is one of logs; says so if not. A bad id was reported where its source was read. */
function isForLogs(id: string, place: Place, report: Report): boolean {
  const parsed = parseId(id);
  if (typeof parsed === 'string') return false;
  if (parsed.type === 'logs') return true;
  const path = ['service', 'pipelines', id];
  if (['traces', 'metrics', 'profiles'].includes(parsed.type)) {
    report.error(place, path, `riskpipe handles logs only; remove this pipeline of ${parsed.type}`);
  } else {
    const guess = didYouMean(parsed.type, ['logs']);
    report.error(place, path, `"${parsed.type}" is no signal; write "logs" or "logs/name"${guess}`);
  }
  return false;
}

/** A pipeline has to begin and to end somewhere. What is no map or no list is the schema's to report. */
function checkEnds(id: string, { place, value }: Entry, report: Report): void {
  if (value.kind !== 'map' && !isEmpty(value)) return;
  for (const role of ['receivers', 'exporters'] as const) {
    const written = entriesOf(value).get(role);
    if (written !== undefined && !definesNothing(written.value)) continue;
    const path = ['service', 'pipelines', id, role];
    report.error(written?.place ?? place, path, `a pipeline needs at least one ${role.slice(0, -1)}`);
  }
}

function readPipeline(id: string, { value }: Entry, sections: Sections): PipelineConfig {
  const list = (role: keyof PipelineConfig): string[] =>
    sections[role].resolve(entriesOf(value).get(role)?.value, ['service', 'pipelines', id, role]);
  return { receivers: list('receivers'), processors: list('processors'), exporters: list('exporters') };
}

/** The ids that a list names, whether or not there is such a component. */
function idsIn(list: Node | undefined): readonly string[] {
  const items = list?.kind === 'list' ? list.items : [];
  return items.flatMap((item) =>
    item.kind === 'scalar' && typeof item.value === 'string' ? [item.value] : [],
  );
}

function definesNothing(node: Node): boolean {
  if (node.kind === 'map') return node.entries.size === 0;
  return node.kind === 'list' ? node.items.length === 0 : isEmpty(node);
}
