import type { Host, Settings } from '../pipeline/component.ts';
import type { Consumer } from '../pipeline/consumer.ts';
import { SharedWork } from '../pipeline/shared-work.ts';
import type { UnitOfWork } from '../pipeline/unit-of-work.ts';
import { hashOf } from '../record/hash.ts';
import { LineBatch } from '../record/line-batch.ts';
import { noticeRecord } from '../record/notice.ts';
import { RecordBatch } from '../record/record-batch.ts';
import { count } from '../store/counter.ts';
import { LineRoom } from './line-room.ts';
import type { Posted, ReadBody } from './posted.ts';
import { quarantine } from './quarantine.ts';
import { Recall } from './recall.ts';
import { quarantinedNotice } from './quarantined-notice.ts';
import type { WebhookConfig } from './webhook-config.ts';

/** One request as it is to be taken. */
export interface Delivered {
  /** Unpacked, if it can be. */
  readonly body: Buffer;
  /** The sender's address. */
  readonly source: string;
  /** Why the body cannot be unpacked; undefined if it could be. */
  readonly problem: string | undefined;
}

/**
 * Takes requests into the pipeline, none of them divided between units of work, however much it holds (the exception to
 * design §3): one answer stands for all of its events. All that ever came is one stream of lines.
 */
export class Intake {
  readonly #settings: Settings;
  readonly #config: Pick<WebhookConfig, 'resource' | 'attributes'>;
  readonly #read: ReadBody;
  readonly #next: Consumer;
  readonly #recall: Recall;
  readonly #work: SharedWork<Delivered>;
  readonly #room = new LineRoom();
  #lines = 0;

  constructor(
    settings: Settings,
    config: Pick<WebhookConfig, 'resource' | 'attributes'>,
    read: ReadBody,
    host: Host,
    next: Consumer,
  ) {
    this.#settings = settings;
    this.#config = config;
    this.#read = read;
    this.#next = next;
    this.#recall = new Recall(settings.id);
    this.#work = new SharedWork(host, (delivered, work) => this.#meet(delivered, work));
  }

  /** How many events were taken in this run. */
  get lines(): number {
    return this.#lines;
  }

  /** Resolves once there is room for one more request. */
  room(): Promise<void> {
    return this.#work.room();
  }

  /**
   * Resolves once all of the request is durable, or it was already: events as lines, and a body that is not what it
   * should be in quarantine, with a notice. Rejects if it cannot be stored now; nothing of it happened then.
   */
  take(delivered: Delivered): Promise<void> {
    return this.#work.add(delivered, delivered.body.length);
  }

  async #meet(delivered: Delivered, work: UnitOfWork): Promise<void> {
    const { id } = this.#settings;
    const posted = this.#postedIn(delivered);
    count(work.state, id, 'requests');
    if (this.#recall.meet(work.state, posted.digest)) {
      count(work.state, id, 'repeated');
      return;
    }
    await this.#consume(posted.events(), delivered.source, work);
    const { problem } = posted;
    if (problem !== undefined) await this.#setAside(delivered, posted.digest, problem, work);
  }

  #postedIn({ body, problem }: Delivered): Posted {
    return problem === undefined ? this.#read(body) : { digest: hashOf(body), events: () => [], problem };
  }

  async #consume(events: Iterable<Buffer>, source: string, work: UnitOfWork): Promise<void> {
    const { id } = this.#settings;
    const { resource, attributes } = this.#config;
    const before = this.#offset(work);
    let [start, lines] = [before, 0];
    for (const run of this.#room.lines(events)) {
      const observedTime = work.now;
      const common = { stream: id, source, resource: { attributes: resource }, attributes, observedTime };
      await this.#next.consume(new LineBatch({ ...common, ...run, start }), work);
      start += run.bytes.length;
      lines += run.size;
    }
    work.state.put(`position/${id}`, 'offset', start);
    count(work.state, id, 'lines', lines);
    count(work.state, id, 'bytes', start - before);
    work.afterCommit(() => (this.#lines += lines));
  }

  async #setAside(
    { body, source }: Delivered,
    hash: string,
    reason: string,
    work: UnitOfWork,
  ): Promise<void> {
    const { id, log } = this.#settings;
    quarantine(work.state, id, body, { source, reason, hash }, work.now);
    count(work.state, id, 'quarantined');
    const notice = quarantinedNotice(id, { source, reason, hash, bytes: body.length });
    const record = noticeRecord(notice, { attributes: this.#config.resource }, work.now);
    const position = { stream: id, offset: this.#offset(work) };
    await this.#next.consume(new RecordBatch([record], source, position), work);
    work.afterCommit(() => log.warn(notice.message));
  }

  #offset({ state }: UnitOfWork): number {
    return Number(state.get(`position/${this.#settings.id}`, 'offset') ?? 0);
  }
}
