import type { Finding } from '../../detection/finding.ts';
import type { Output } from '../../detection/output.ts';
import { riskRecords } from '../../detection/risk/risk-records.ts';
import type { Logger } from '../../pipeline/logger.ts';
import type { UnitOfWork } from '../../pipeline/unit-of-work.ts';
import { noticeRecord, type Notice } from '../../record/notice.ts';
import type { LogRecord, Resource } from '../../record/record.ts';

/** Records that one unit of work may bring (design §3). */
const maxRecords = 4_096;

/** Collects what the engine says during one unit of work, as records in the order in which it was said. */
export class Found implements Output {
  readonly records: LogRecord[] = [];
  readonly #log: Logger;
  readonly #cluster: string;
  readonly #work: Pick<UnitOfWork, 'now' | 'state'>;

  /** `cluster`: part of the ids of records whose resource does not name its own. */
  constructor(log: Logger, cluster: string, work: Pick<UnitOfWork, 'now' | 'state'>) {
    this.#log = log;
    this.#cluster = cluster;
    this.#work = work;
  }

  finding(finding: Finding): void {
    const options = { cluster: this.#cluster, observedTime: this.#work.now };
    this.records.push(...riskRecords(finding, options));
  }

  notice(notice: Notice, resource: Resource): void {
    this.#log.warn(notice.message, { notice: notice.kind });
    this.records.push(noticeRecord(notice, resource, this.#work.now, this.#cluster));
  }

  malformed(source: string, end: number, reason: string): void {
    this.#log.warn(`a line that is no event ends at byte ${end} of ${source}: ${reason}`);
  }

  isFull(): boolean {
    return this.#work.state.queued + this.records.length >= maxRecords;
  }

  /** A record that is already one of ours. */
  pass(record: LogRecord): void {
    this.records.push(record);
  }
}
