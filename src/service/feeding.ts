import { attend, attended, hasNotes } from '../store/attendance.ts';
import { counters } from '../store/counter.ts';
import type { State, Store } from '../store/store.ts';
import type { Graph } from './graph.ts';

const counted = ['lines', 'oversize'] as const;

/** What receivers have handed to a pipeline: lines, and how many of them were too long to be handed on. */
export type Fed = Readonly<Record<(typeof counted)[number], number>>;

/** Notes which receivers feed which pipelines from now on: lines that came before are none of a pipeline's. */
export function noteFeeding(state: State, pipelines: Graph['pipelines']): void {
  for (const [id, { sources, chain }] of pipelines) {
    // A pipeline that has counted lines and of which nothing is noted is older than notes.
    const [first = ''] = chain;
    const isOld = !isNoted(state, id) && counters(state, first).has('evaluated');
    for (const name of counted) {
      const amount = (receiver: string): number => amountOf(state, receiver, name);
      attend(state, scopeOf(id, name), sources, amount, () => isOld);
    }
  }
}

/** What `receivers` have handed to `pipeline` while they were a part of it, as far as it is committed. */
export function fed(store: Pick<Store, 'get' | 'scan'>, pipeline: string, receivers: readonly string[]): Fed {
  const sum = (name: keyof Fed): number =>
    receivers.reduce((total, receiver) => {
      const amount = amountOf(store, receiver, name);
      return total + attended(store, scopeOf(pipeline, name), receiver, amount);
    }, 0);
  return { lines: sum('lines'), oversize: sum('oversize') };
}

const isNoted = (state: State, pipeline: string): boolean =>
  counted.some((name) => hasNotes(state, scopeOf(pipeline, name)));

const scopeOf = (pipeline: string, name: keyof Fed): string => `${pipeline}/${name}`;

const amountOf = (store: Pick<Store, 'scan'>, receiver: string, name: keyof Fed): number =>
  counters(store, receiver).get(name) ?? 0;
