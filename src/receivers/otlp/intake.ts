import { decode } from '../../otlp/decode.ts';
import type { Encoding } from '../../otlp/encoding.ts';
import { OtlpError } from '../../otlp/otlp-error.ts';
import type { Consumer } from '../../pipeline/consumer.ts';
import type { Host, Settings } from '../../pipeline/component.ts';
import { SharedWork } from '../../pipeline/shared-work.ts';
import type { UnitOfWork } from '../../pipeline/unit-of-work.ts';
import { isOwnEvent } from '../../record/own.ts';
import { ReceivedBatch } from '../../record/received-batch.ts';
import type { ReceivedRecords } from '../../record/received-records.ts';
import { count } from '../../store/counter.ts';
import { reasonOf } from '../../util/reason-of.ts';
import { serial } from '../../util/serial.ts';
import { Rejection, tooLarge, unavailable } from '../../net/rejection.ts';

/** One request as it is to be taken. */
interface Request {
  /** At least one record. */
  readonly lists: readonly ReceivedRecords[];
  /** Of the body, unpacked. */
  readonly bytes: number;
  /** The sender's address. */
  readonly source: string;
}

/**
 * Takes requests into the pipeline; one stream is all that ever came. None is divided between units of work, however
 * much it holds (the exception to design §3): one answer stands for all of its records, so all of them are durable, or
 * none.
 */
export class Intake {
  readonly #settings: Settings;
  readonly #next: Consumer;
  readonly #work: SharedWork<Request>;
  // So that few unpacked bodies are in memory at a time.
  readonly #oneByOne = serial();

  constructor(settings: Settings, host: Host, next: Consumer) {
    this.#settings = settings;
    this.#next = next;
    this.#work = new SharedWork(host, (request, work) => this.#consume(request, work));
  }

  /**
   * Takes the request that `unpacked` gives when its turn comes; undefined: its sender has gone. Resolves once all of
   * its records are durable. Rejects with a `Rejection`; then none of them is.
   */
  async take(
    unpacked: () => Promise<Uint8Array | undefined>,
    encoding: Encoding,
    source: string,
  ): Promise<void> {
    const begun = await this.#oneByOne(async () => {
      await this.#work.room();
      const body = await unpacked();
      const lists = body === undefined ? [] : decoded(body, encoding).filter(({ size }) => size > 0);
      const bytes = body?.length ?? 0;
      return { stored: lists.length === 0 ? undefined : this.#store({ lists, bytes, source }) };
    });
    await begun.stored;
  }

  async #store(request: Request): Promise<void> {
    try {
      await this.#work.add(request, request.bytes);
    } catch (error) {
      const reason = reasonOf(error);
      const { source } = request;
      this.#settings.log.warn(`could not take a request from ${source}: ${reason}; it has to send it again`);
      throw unavailable('the records could not be stored now; send them again');
    }
  }

  async #consume({ lists, bytes, source }: Request, work: UnitOfWork): Promise<void> {
    const { id } = this.#settings;
    const table = `position/${id}`;
    const offset = Number(work.state.get(table, 'offset') ?? 0) + bytes;
    work.state.put(table, 'offset', offset);
    count(work.state, id, 'bytes', bytes);
    for (const records of lists) {
      count(work.state, id, 'lines', linesIn(records));
      const arrival = { source, position: { stream: id, offset }, now: work.now };
      await this.#next.consume(new ReceivedBatch(records, arrival), work);
    }
  }
}

function decoded(body: Uint8Array, encoding: Encoding): readonly ReceivedRecords[] {
  try {
    return decode(body, encoding);
  } catch (error) {
    if (!(error instanceof OtlpError)) throw error;
    throw error.kind === 'too_many' ? tooLarge(error.message) : new Rejection(400, error.message);
  }
}

/** Our own events are no lines: a detection passes them unread. */
function linesIn(records: ReceivedRecords): number {
  let lines = 0;
  for (let index = 0; index < records.size; index++) if (!isOwnEvent(records.eventName(index))) lines++;
  return lines;
}
