import { encode } from '../../../src/otlp/encode.ts';
import type { Encoding } from '../../../src/otlp/encoding.ts';
import { logRecord } from '../../../src/record/record.ts';
import { Cluster } from '../corpus/cluster.ts';
import { nextLine } from '../corpus/mix.ts';

/** Events in one request: what an API server sends at most, by default (spec/k8s-audit.md §5). */
export const eventsPerRequest = 400;

/** So many different batches take turns. */
const variety = 8;

/** Gives the next request, as parts of its body. */
export type Requests = () => readonly Buffer[];

/** OTLP requests: a record for each event, whose body is the event as text. */
export function otlpRequests(encoding: Encoding): Requests {
  const resource = { attributes: { 'k8s.cluster.name': 'bench' } };
  const next = inTurn((lines) => {
    const records = lines.map((body) => logRecord({ observedTime: 1n, resource, body }));
    return Buffer.from(encode(records, encoding));
  });
  return () => [next()];
}

/** What the webhook of an API server sends. No two are equal: what comes again is not taken twice. */
export function eventLists(): Requests {
  const next = inTurn((lines) => Buffer.from(`"},"items":[${lines.join(',')}]}\n`));
  let count = 0;
  return () => {
    const head = `{"kind":"EventList","apiVersion":"audit.k8s.io/v1","metadata":{"resourceVersion":"${count++}`;
    return [Buffer.from(head), next()];
  };
}

/** What `make` makes of some batches of lines, one after the other and over again. */
function inTurn(make: (lines: readonly string[]) => Buffer): () => Buffer {
  const cluster = new Cluster(eventsPerRequest);
  const line = (): string => nextLine(cluster);
  const made = Array.from({ length: variety }, () => make(Array.from({ length: eventsPerRequest }, line)));
  let turn = 0;
  return () => made[turn++ % variety] ?? Buffer.alloc(0);
}
