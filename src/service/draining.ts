import type { Graph } from './graph.ts';
import { waiting } from './left-over.ts';

type Leaving = Pick<Graph, 'exporters'>;

/**
 * Resolves when nothing is left to deliver; for as long as a backend is down that does not happen. One exporter's
 * delivery may fill the outbox of another, in this very process: until all are empty. Rejects if an exporter has failed.
 */
export async function drained(graph: Leaving): Promise<void> {
  while (waiting(graph) > 0) {
    for (const exporter of graph.exporters.values()) await exporter.drained();
  }
}

/** Gives what is left to deliver so long to leave. An exporter that has failed does not keep the others from delivering. */
export async function drainFor(graph: Leaving, ms: number): Promise<void> {
  const each = () => Promise.allSettled([...graph.exporters.values()].map((exporter) => exporter.drained()));
  await Promise.race([drained(graph).catch(each), delay(ms)]);
}

// Not that of node:timers/promises, which no test can move.
const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());
