import { eventsIn } from '../../envelope/event-list.ts';
import { hashOf } from '../../record/hash.ts';
import type { Posted } from '../../webhook/posted.ts';

/** What an API server posts (spec/k8s-audit.md §5). A batch that it sends again is the same, byte for byte. */
export function readEventList(body: Buffer): Posted {
  const { spans, problem } = eventsIn(body);
  return { digest: hashOf(body), events: () => slices(body, spans), problem };
}

function* slices(body: Buffer, spans: readonly number[]): Generator<Buffer, void> {
  for (let index = 0; index < spans.length; index += 2) yield body.subarray(spans[index], spans[index + 1]);
}
