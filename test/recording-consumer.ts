import type { Consumer } from '../src/pipeline/consumer.ts';
import type { Batch } from '../src/record/batch.ts';
import type { LogRecord } from '../src/record/record.ts';

/** The end of a pipeline under test: keeps every record that came. */
export class RecordingConsumer implements Consumer {
  readonly records: LogRecord[] = [];

  async consume(batch: Batch): Promise<void> {
    for (let index = 0; index < batch.size; index++) this.records.push(batch.record(index));
  }
}
