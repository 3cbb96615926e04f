import { decode } from '../../otlp/decode.ts';
import type { Encoding } from '../../otlp/encoding.ts';
import { OtlpError } from '../../otlp/otlp-error.ts';
import type { Consumer } from '../../pipeline/consumer.ts';
import type { Host, Settings } from '../../pipeline/component.ts';
import type { UnitOfWork } from '../../pipeline/unit-of-work.ts';
import { isOwnEvent } from '../../record/own.ts';
import { RecordBatch } from '../../record/record-batch.ts';
import type { LogRecord } from '../../record/record.ts';
import type { Time } from '../../record/time.ts';
import { count } from '../../store/counter.ts';
import { reasonOf } from '../../util/reason-of.ts';
import { serial } from '../../util/serial.ts';
import { Rejection, tooLarge, unavailable } from '../../net/rejection.ts';

/**
 * Takes requests into the pipeline; one stream is all that ever came. Each is one unit of work, however much it holds
 * (the exception to design §3): one answer stands for all of its records, so all of them are durable, or none.
 */
export class Intake {
  readonly #settings: Settings;
  readonly #host: Host;
  readonly #next: Consumer;
  // Units of work run one at a time anyway; so does unpacking, and one unpacked body is in memory at most.
  readonly #oneByOne = serial();

  constructor(settings: Settings, host: Host, next: Consumer) {
    this.#settings = settings;
    this.#host = host;
    this.#next = next;
  }

  /**
   * Takes the request that `unpacked` gives when its turn comes; undefined: its sender has gone. Resolves once all of
   * its records are durable. Rejects with a `Rejection`; then none of them is.
   */
  take(unpacked: () => Promise<Uint8Array | undefined>, encoding: Encoding, source: string): Promise<void> {
    return this.#oneByOne(async () => {
      const body = await unpacked();
      if (body !== undefined) await this.#store(body, encoding, source);
    });
  }

  async #store(body: Uint8Array, encoding: Encoding, source: string): Promise<void> {
    const lists = decoded(body, encoding).filter((records) => records.length > 0);
    if (lists.length === 0) return;
    try {
      await this.#host.work((work) => this.#consume(lists, body.length, source, work));
    } catch (error) {
      const reason = reasonOf(error);
      this.#settings.log.warn(`could not take a request from ${source}: ${reason}; it has to send it again`);
      throw unavailable('the records could not be stored now; send them again');
    }
  }

  async #consume(
    lists: readonly (readonly LogRecord[])[],
    bytes: number,
    source: string,
    work: UnitOfWork,
  ): Promise<void> {
    const { id } = this.#settings;
    const table = `position/${id}`;
    const offset = Number(work.state.get(table, 'offset') ?? 0) + bytes;
    work.state.put(table, 'offset', offset);
    count(work.state, id, 'bytes', bytes);
    for (const records of lists) {
      const seen = records.map((record) => observed(record, work.now));
      // Our own events are no lines: a detection passes them unread.
      count(work.state, id, 'lines', seen.filter(({ eventName }) => !isOwnEvent(eventName)).length);
      await this.#next.consume(new RecordBatch(seen, source, { stream: id, offset }), work);
    }
  }
}

function decoded(body: Uint8Array, encoding: Encoding): readonly (readonly LogRecord[])[] {
  try {
    return decode(body, encoding);
  } catch (error) {
    if (!(error instanceof OtlpError)) throw error;
    throw error.kind === 'too_many' ? tooLarge(error.message) : new Rejection(400, error.message);
  }
}

/** A sender that did not say when it saw the record leaves that to us. */
function observed(record: LogRecord, now: Time): LogRecord {
  return record.observedTime === 0n ? { ...record, observedTime: now } : record;
}
