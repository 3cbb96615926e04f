import { Engine } from '../../src/detection/engine.ts';
import { auditAttributes } from '../../src/detection/kubernetes/attributes.ts';
import { redactedText } from '../../src/detection/kubernetes/redact.ts';
import { defaultProvenance } from '../../src/detection/provenance.ts';
import type { Consumer } from '../../src/pipeline/consumer.ts';
import type { UnitOfWork } from '../../src/pipeline/unit-of-work.ts';
import { Found } from '../../src/processors/detection/found.ts';
import type { Batch, Position } from '../../src/record/batch.ts';
import { isOwnEvent } from '../../src/record/own.ts';
import { RecordBatch } from '../../src/record/record-batch.ts';
import { RecordingLogger } from '../recording-logger.ts';
import { simulatedPlans } from './simulated-detections.ts';

/** The id under which the engine keeps its state and counters. */
export const processorId = 'detection';

/** The detection processor without its files: the same engine, the same records, plans that are compiled once. */
export class SimulatedProcessor implements Consumer {
  readonly #engine = new Engine(simulatedPlans, {
    component: processorId,
    idleTimeoutMs: 60_000,
    contextOf: auditAttributes,
    redact: redactedText,
    splunk: defaultProvenance,
  });
  readonly #next: Consumer;

  constructor(next: Consumer) {
    this.#next = next;
  }

  async begin(work: UnitOfWork): Promise<void> {
    const found = foundIn(work);
    this.#engine.begin(work.state, work.now, found);
    await this.#handOn(found, processorId, own, work);
  }

  async consume(batch: Batch, work: UnitOfWork): Promise<void> {
    const found = foundIn(work);
    for (let index = 0; index < batch.size; index++) {
      if (isOwnEvent(batch.eventName(index))) found.pass(batch.record(index));
    }
    const lines = this.#engine.inPauses(batch, work.state, work.now, found, work.beforeCommit);
    while (lines.next().done !== true) {
      if (found.isLoad) await this.#handOn(found, batch.source, batch.position, work);
    }
    await this.#handOn(found, batch.source, batch.position, work);
  }

  async tick(work: UnitOfWork): Promise<boolean> {
    const found = foundIn(work);
    const more = this.#engine.tick(work.state, work.now, found);
    await this.#handOn(found, processorId, own, work);
    return more;
  }

  async #handOn(found: Found, source: string, position: Position, work: UnitOfWork): Promise<void> {
    const records = found.take();
    if (records.length > 0) await this.#next.consume(new RecordBatch(records, source, position), work);
  }
}

const own: Position = { stream: processorId, offset: 0 };

const foundIn = (work: UnitOfWork): Found => new Found(new RecordingLogger(), '', work);
