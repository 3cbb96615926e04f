import { fromMillis, type Time } from '../src/record/time.ts';
import type { Settings } from '../src/pipeline/component.ts';
import { RecordingLogger } from './recording-logger.ts';

/** Settings for a component under test, with a log that can be read and a clock that can be set. */
export function settings(
  id: string,
  given: { log?: RecordingLogger; now?: () => Time; directory?: string } = {},
): Settings {
  return {
    id,
    pipeline: '',
    directory: given.directory ?? process.cwd(),
    log: given.log ?? new RecordingLogger(),
    now: given.now ?? (() => fromMillis(1_775_995_200_000)),
  };
}
