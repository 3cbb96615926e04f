import { queuesOf } from '../pipeline/outbox/queues.ts';
import type { Store } from '../store/store.ts';
import type { Graph } from './graph.ts';

/** How many committed records the exporters of a graph have not yet delivered. */
export const waiting = ({ exporters }: Pick<Graph, 'exporters'>): number =>
  [...exporters.values()].reduce((sum, exporter) => sum + exporter.waiting(), 0);

/** How many records their backends have refused. */
export const refused = ({ exporters }: Pick<Graph, 'exporters'>, store: Pick<Store, 'length'>): number =>
  [...exporters.keys()].reduce((sum, id) => sum + store.length(queuesOf(id).dead), 0);
