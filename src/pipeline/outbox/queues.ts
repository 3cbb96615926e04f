import type { State, Store } from '../../store/store.ts';

/**
 * The queues of one exporter. High and critical records wait apart from the others, as they leave first. No two
 * exporters share a name, whatever their ids: the kind stands in front.
 */
export interface Queues {
  readonly urgent: string;
  readonly ordinary: string;
  readonly dead: string;
}

export const queuesOf = (exporter: string): Queues => ({
  urgent: `urgent/${exporter}`,
  ordinary: `outbox/${exporter}`,
  dead: `dead/${exporter}`,
});

/** The severity number from which a record is urgent: OTLP's ERROR, which is what a score of 60 gives. */
const urgentFrom = 17;

/** The queue of a record of this severity. */
export const queueFor = ({ urgent, ordinary }: Queues, severityNumber: number): string =>
  severityNumber >= urgentFrom ? urgent : ordinary;

/** Number of committed records of an exporter that are not yet delivered. */
export function undelivered(store: Pick<Store, 'length'>, exporter: string): number {
  const { urgent, ordinary } = queuesOf(exporter);
  return store.length(urgent) + store.length(ordinary);
}

/** Records and bytes in a queue. */
export interface Usage {
  readonly records: number;
  readonly bytes: number;
}

const usageTable = 'usage';

/** What a unit of work has seen put into a queue and taken out. Rows that an earlier version left are not in it. */
export function usageOf(state: Pick<State, 'get'>, queue: string): Usage {
  const stored = state.get(usageTable, queue);
  const [records, bytes] = Array.isArray(stored) ? stored : [];
  return { records: Number(records ?? 0), bytes: Number(bytes ?? 0) };
}

/** Notes what was put in, or with negative numbers taken out. */
export function addUsage(state: State, queue: string, added: Usage): void {
  const before = usageOf(state, queue);
  setUsage(state, queue, { records: before.records + added.records, bytes: before.bytes + added.bytes });
}

export function setUsage(state: State, queue: string, { records, bytes }: Usage): void {
  // An empty queue ends any difference that rows of an earlier version made.
  if (records > 0) state.put(usageTable, queue, [records, Math.max(0, bytes)]);
  else if (state.get(usageTable, queue) !== undefined) state.delete(usageTable, queue);
}
