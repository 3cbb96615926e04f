import type { Consumer } from '../src/pipeline/consumer.ts';
import type { UnitOfWork } from '../src/pipeline/unit-of-work.ts';
import type { Batch } from '../src/record/batch.ts';
import type { LogRecord } from '../src/record/record.ts';

/** The end of a pipeline under test: keeps every record that came. */
export class RecordingConsumer implements Consumer {
  readonly records: LogRecord[] = [];

  async consume(batch: Batch, _work: UnitOfWork): Promise<void> {
    for (let index = 0; index < batch.size; index++) this.records.push(batch.record(index));
  }
}
