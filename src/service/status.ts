import type { HealthReport } from '../pipeline/component.ts';
import { queuesOf } from '../pipeline/outbox/queues.ts';
import { decodeRecord } from '../record/codec.ts';
import { formatTime, toMillis, type Time } from '../record/time.ts';
import type { Store } from '../store/store.ts';
import type { Config } from './config/config.ts';
import { report, type Report } from './counts.ts';
import { equations, type Equation } from './equations.ts';
import { fileLags, type FileLag } from './file-lag.ts';
import { stateName } from './graph.ts';

/** All that `riskpipe status` tells, as JSON has it. Names are stable: scripts read them. */
export interface Status extends Report {
  readonly state: 'running' | 'stopped';
  /** Wall time of it, RFC 3339. */
  readonly at: string;
  /** Of a running instance. */
  readonly process?: { readonly pid: number; readonly health: HealthReport };
  readonly equations: readonly Equation[];
  /** All of them hold. */
  readonly holds: boolean;
  /** By receiver. */
  readonly files: Readonly<Record<string, readonly FileLag[]>>;
  /** By exporter: the oldest record that is not delivered; left out if there is none. */
  readonly oldest: Readonly<Record<string, Oldest>>;
}

interface Oldest {
  /** When it was made, RFC 3339. */
  readonly observed: string;
  readonly ageSeconds: number;
}

/** The status of what is committed in `store`, by the ids that `config` has. `process`: of a running instance. */
export async function statusOf(
  config: Config,
  store: Store,
  now: Time,
  process?: Status['process'],
): Promise<Status> {
  const files: Record<string, readonly FileLag[]> = {};
  for (const id of config.receivers.keys()) {
    const lags = await fileLags(store, id, now);
    if (lags.length > 0) files[id] = lags;
  }
  const oldest: Record<string, Oldest> = {};
  for (const id of config.exporters.keys()) {
    const found = await oldestOf(store, id, now);
    if (found !== undefined) oldest[id] = found;
  }
  // From here on nothing waits: all counters are of one commit.
  const processors = [...config.pipelines].flatMap(([id, pipeline]) =>
    pipeline.processors.map((name) => [stateName(id, name), name] as const),
  );
  const { receivers, exporters } = config;
  const counted = report({ receivers, exporters, processors: new Map(processors) }, store);
  const sums = equations(config.pipelines, counted, store);
  const holds = sums.every((sum) => sum.holds);
  const state = process === undefined ? 'stopped' : 'running';
  const at = formatTime(now);
  return { state, at, ...(process && { process }), ...counted, equations: sums, holds, files, oldest };
}

async function oldestOf(store: Store, exporter: string, now: Time): Promise<Oldest | undefined> {
  const { urgent, ordinary } = queuesOf(exporter);
  const first = [...(await store.peek(urgent, 0, 1)), ...(await store.peek(ordinary, 0, 1))];
  const [observed] = first.map(({ value }) => decodeRecord(value).observedTime).toSorted(compare);
  if (observed === undefined) return undefined;
  const age = Math.max(0, toMillis(now - observed));
  return { observed: formatTime(observed), ageSeconds: Math.round(age / 1_000) };
}

const compare = (one: Time, other: Time): number => (one < other ? -1 : Number(one > other));
