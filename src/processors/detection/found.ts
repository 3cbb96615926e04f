import type { Finding } from '../../detection/finding.ts';
import type { Output } from '../../detection/output.ts';
import { riskRecords } from '../../detection/risk/risk-records.ts';
import type { Logger } from '../../pipeline/logger.ts';
import type { UnitOfWork } from '../../pipeline/unit-of-work.ts';
import { noticeRecord, type Notice } from '../../record/notice.ts';
import type { LogRecord, Resource } from '../../record/record.ts';

/** Records that one unit of work may bring (design §3). */
const maxRecords = 4_096;

/** So many records are handed on at once: few enough to be forgotten before the heap has moved them about. */
const load = 64;

/** Collects what the engine says during one call, as records in the order in which it was said. */
export class Found implements Output {
  #records: LogRecord[] = [];
  /** With those that were taken. */
  #said = 0;
  readonly #log: Logger;
  readonly #cluster: string;
  readonly #work: Pick<UnitOfWork, 'now' | 'state'>;
  /** Records that were in the unit of work before. */
  readonly #before: number;

  /** `cluster`: part of the ids of records whose resource does not name its own. */
  constructor(log: Logger, cluster: string, work: Pick<UnitOfWork, 'now' | 'state'>) {
    this.#log = log;
    this.#cluster = cluster;
    this.#work = work;
    this.#before = work.state.queued;
  }

  /** True if there are enough to be handed on. */
  get isLoad(): boolean {
    return this.#records.length >= load;
  }

  /** Those that nobody has taken yet. */
  get records(): readonly LogRecord[] {
    return this.#records;
  }

  /** Takes them away. */
  take(): readonly LogRecord[] {
    const records = this.#records;
    this.#records = [];
    return records;
  }

  finding(finding: Finding): void {
    const options = { cluster: this.#cluster, observedTime: this.#work.now };
    for (const record of riskRecords(finding, options)) this.pass(record);
  }

  notice(notice: Notice, resource: Resource): void {
    this.#log.warn(notice.message, { notice: notice.kind });
    this.pass(noticeRecord(notice, resource, this.#work.now, this.#cluster));
  }

  malformed(source: string, end: number, reason: string): void {
    this.#log.warn(`a line that is no event ends at byte ${end} of ${source}: ${reason}`);
  }

  isFull(): boolean {
    return this.#before + this.#said >= maxRecords;
  }

  /** A record that is already one of ours. */
  pass(record: LogRecord): void {
    this.#records.push(record);
    this.#said++;
  }
}
