import { undelivered } from '../pipeline/outbox/queues.ts';
import { attended } from '../store/attendance.ts';
import { counters } from '../store/counter.ts';
import type { Store } from '../store/store.ts';
import { version } from '../record/own.ts';
import { withThousands } from '../util/with-thousands.ts';
import type { Graph } from './graph.ts';

type Counts = Readonly<Record<string, number>>;

/** The counters of design §3, as they are committed. Names are stable: scripts read them. */
export interface Report {
  readonly version: string;
  /** By receiver: `lines`, `bytes`, `oversize`. */
  readonly receivers: Readonly<Record<string, Counts>>;
  /**
   * By processor: its lines, with the records that it has `handed_on`, of which some only `passed`; by detection and
   * by allowlist entry what became of the lines. `evaluated` of a detection are the lines that came while it was
   * configured: `unmatched` + `allowed` + `counted`.
   */
  readonly processors: Readonly<
    Record<
      string,
      {
        readonly lines: Counts;
        readonly detections: Readonly<Record<string, Counts>>;
        readonly allowlists: Readonly<Record<string, Counts>>;
        /** By rule: what became of the risk events. */
        readonly incidents: Readonly<Record<string, Counts>>;
      }
    >
  >;
  /** By exporter: `records` = `delivered` + `queued` + `dead` + `dropped` + `suppressed`. */
  readonly exporters: Readonly<Record<string, Counts>>;
}

/** Whose counters a report is made of, by id; a `Graph` has them. */
export interface Counted {
  readonly receivers: ReadonlyMap<string, unknown>;
  readonly processors: ReadonlyMap<string, unknown>;
  readonly exporters: ReadonlyMap<string, unknown>;
}

export function report(graph: Counted, store: Store): Report {
  const of = (id: string): Counts => Object.fromEntries(counters(store, id));
  return {
    version,
    receivers: mapped(graph.receivers.keys(), (id) => ({ lines: 0, bytes: 0, oversize: 0, ...of(id) })),
    processors: mapped(graph.processors.keys(), (id) => ({
      ...grouped(counters(store, id), (detection, evaluated) => attended(store, id, detection, evaluated)),
      incidents: grouped(counters(store, `${id}:incidents`), (_, evaluated) => evaluated).detections,
    })),
    exporters: mapped(graph.exporters.keys(), (id) => ({
      records: 0,
      delivered: 0,
      queued: undelivered(store, id),
      dead: 0,
      ...of(id),
    })),
  };
}

/** What became of the lines of one detection: unmatched + allowed + counted; of its findings: emitted + suppressed. */
const ofDetection = ['unmatched', 'allowed', 'counted', 'late', 'findings', 'emitted', 'suppressed'];

/** `evaluated` is of lines; `detection/x/unmatched` of the detection x; `allowlist/y/0` of entry 0 of the allowlist y. */
function grouped(
  counts: ReadonlyMap<string, number>,
  evaluatedOf: (detection: string, evaluated: number) => number,
): Omit<Report['processors'][string], 'incidents'> {
  const lines: Record<string, number> = { evaluated: 0, malformed: 0 };
  const zeros = Object.fromEntries(ofDetection.map((what) => [what, 0]));
  const detections = new Map<string, Counts>();
  const allowlists = new Map<string, Counts>();
  for (const [name, value] of counts) {
    const [kind = '', id = '', ...rest] = name.split('/');
    const what = rest.join('/');
    if (kind === 'detection') detections.set(id, { ...(detections.get(id) ?? zeros), [what]: value });
    else if (kind === 'allowlist') allowlists.set(id, { ...allowlists.get(id), [`[${what}]`]: value });
    else lines[name] = value;
  }
  const evaluated = lines['evaluated'] ?? 0;
  const accounted = mapped(detections.keys(), (id) => ({
    evaluated: evaluatedOf(id, evaluated),
    ...detections.get(id),
  }));
  return { lines, detections: accounted, allowlists: Object.fromEntries(allowlists) };
}

function mapped<T>(ids: Iterable<string>, of: (id: string) => T): Readonly<Record<string, T>> {
  return Object.fromEntries([...ids].map((id) => [id, of(id)]));
}

/** The report for people, a line a part. */
export function reportLines({ receivers, processors, exporters }: Report): readonly string[] {
  const lines: string[] = [];
  const say = (name: string, counts: Counts): void => {
    const shown = Object.entries(counts).map(([what, value]) => `${what} ${withThousands(String(value))}`);
    lines.push(`  ${name.padEnd(width)}  ${shown.join('   ')}`);
  };
  const names = [
    ...Object.keys(receivers),
    ...Object.entries(processors).flatMap(([id, { detections, allowlists, incidents }]) => [
      id,
      ...Object.keys(detections),
      ...Object.keys(allowlists),
      ...Object.keys(incidents),
    ]),
    ...Object.keys(exporters),
  ];
  const width = Math.max(...names.map((name) => name.length));
  for (const [id, counts] of Object.entries(receivers)) say(id, counts);
  for (const [id, { lines: seen, detections, allowlists, incidents }] of Object.entries(processors)) {
    say(id, seen);
    for (const [detection, counts] of Object.entries(detections)) say(detection, counts);
    for (const [list, counts] of Object.entries(allowlists)) say(list, counts);
    for (const [rule, counts] of Object.entries(incidents)) say(rule, counts);
  }
  for (const [id, counts] of Object.entries(exporters)) say(id, counts);
  return lines;
}

/** `46 lines, 3 findings, 2 allowed, 0 undelivered`: what was tailed and what came of it; what went wrong, if anything did. */
export function shortReport({ graph, store }: { readonly graph: Graph; readonly store: Store }): string {
  const { receivers, processors, exporters } = report(graph, store);
  const sum = (counts: readonly Counts[], name: string): number =>
    counts.reduce((total, of) => total + (of[name] ?? 0), 0);
  const tailed = [...graph.receivers]
    .filter(([, { kind }]) => kind === 'tail')
    .map(([id]) => receivers[id] ?? {});
  const lines = Object.values(processors).map((processor) => processor.lines);
  const detections = Object.values(processors).flatMap((processor) => Object.values(processor.detections));
  const shown = Object.values(exporters);
  const wrong = [
    [sum(lines, 'malformed'), 'malformed'],
    [sum(tailed, 'oversize'), 'too long'],
    [sum(shown, 'dead'), 'refused'],
    [sum(shown, 'suppressed'), 'counted only'],
  ] as const;
  return [
    `${sum(tailed, 'lines')} lines`,
    `${sum(detections, 'findings')} findings`,
    `${sum(detections, 'allowed')} allowed`,
    `${sum(shown, 'queued')} undelivered`,
    ...wrong.flatMap(([amount, what]) => (amount > 0 ? [`${amount} ${what}`] : [])),
  ].join(', ');
}
