import type { Message } from '../../plan/message.ts';
import type { Drilldown } from '../../plan/plan.ts';
import type { DetectionSource } from './files/detection-source.ts';
import { messageParts } from './message-parts.ts';

const original = '%original_detection_search%';

/** The searches that a detection offers to go on with; those that begin with its own search hold it as it is written. */
export function drilldownsOf({ drilldown_searches: searches, search }: DetectionSource): Drilldown[] {
  return searches.map(({ name, search: text, earliest_offset: earliest, latest_offset: latest }) => ({
    name: messageParts(name),
    search: withSearch(text, search),
    earliest: messageParts(earliest),
    latest: messageParts(latest),
  }));
}

/** The detection's own search has no places: a `$` in it is one of a regular expression, say. */
function withSearch(text: string, search: string): Message {
  return text
    .split(original)
    .flatMap((part, index) => [...(index > 0 ? [search] : []), ...messageParts(part)]);
}
