import { WorkRunner } from '../../src/service/work.ts';
import { LineBatch } from '../../src/record/line-batch.ts';
import type { LogRecord } from '../../src/record/record.ts';
import { noResource } from '../../src/record/record.ts';
import { fromMillis } from '../../src/record/time.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import { RecordingConsumer } from '../recording-consumer.ts';
import { SimulatedProcessor } from './simulated-processor.ts';
import { uidOf } from './model-backend.ts';

/** What the engine finds in `lines` when nothing ever goes wrong: records by uid. `now`: wall time, in milliseconds. */
export async function referenceOf(
  lines: readonly string[],
  now: number,
): Promise<ReadonlyMap<string, LogRecord>> {
  const found = new RecordingConsumer();
  const processor = new SimulatedProcessor(found);
  const runner = new WorkRunner(
    new MemoryStore(),
    () => fromMillis(now),
    () => 0,
  );
  const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
  const options = {
    stream: 'reference',
    source: 'reference',
    start: 0,
    resource: noResource,
    attributes: {},
  };
  await runner.run(async (work) => {
    await processor.begin(work);
    await processor.consume(new LineBatch({ ...options, bytes, observedTime: work.now }), work);
    await processor.tick(work);
  });
  return new Map(found.records.map((record) => [uidOf(record), record]));
}
