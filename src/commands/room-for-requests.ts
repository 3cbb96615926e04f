import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, getHeapStatistics } from 'node:v8';
import { letOldGenerationGrowBy } from './old-generation.ts';
import { keepYoungGenerationSmall, letYoungGenerationGrow } from './young-generation.ts';

const mib = 1_048_576;
/** Of new objects: what a few requests leave behind, so that most of it is gone before V8 looks. */
const youngBytes = 8 * mib;
/** What may come to stay until V8 looks at all. */
const oldBytes = 32 * mib;

/**
 * Gives V8 room for what requests leave behind, which are megabytes that live for milliseconds: in the room that a tailed
 * log needs, looking for garbage takes as long as reading them. As little as can be, and that only once they come.
 */
export function makeRoomForRequests(): void {
  letYoungGenerationGrow();
  new PerformanceObserver(() => {
    const young = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
    if ((young?.space_size ?? 0) >= youngBytes) keepYoungGenerationSmall();
    letOldGenerationGrowBy(oldBytes / getHeapStatistics().used_heap_size);
  }).observe({ entryTypes: ['gc'] });
}
