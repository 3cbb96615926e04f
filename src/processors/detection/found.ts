import type { Finding } from '../../detection/finding.ts';
import type { Output } from '../../detection/output.ts';
import { riskRecords } from '../../detection/risk/risk-records.ts';
import { noticeRecord, type Notice } from '../../record/notice.ts';
import type { Settings } from '../../pipeline/component.ts';
import type { LogRecord, Resource } from '../../record/record.ts';
import type { Time } from '../../record/time.ts';

/** Collects what the engine says during one unit of work, as records in the order in which it was said. */
export class Found implements Output {
  readonly records: LogRecord[] = [];
  readonly #settings: Settings;
  readonly #options: { readonly cluster: string; readonly observedTime: Time };

  constructor(settings: Settings, options: { readonly cluster: string; readonly observedTime: Time }) {
    this.#settings = settings;
    this.#options = options;
  }

  finding(finding: Finding): void {
    this.records.push(...riskRecords(finding, this.#options));
  }

  notice(notice: Notice, resource: Resource): void {
    this.#settings.log.warn(notice.message, { notice: notice.kind });
    this.records.push(noticeRecord(notice, resource, this.#options.observedTime));
  }

  malformed(source: string, end: number, reason: string): void {
    this.#settings.log.warn(`a line that is no event ends at byte ${end} of ${source}: ${reason}`);
  }

  /** A record that is already one of ours. */
  pass(record: LogRecord): void {
    this.records.push(record);
  }
}
