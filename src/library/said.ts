import type { Finding } from '../detection/finding.ts';
import type { Output } from '../detection/output.ts';
import { riskRecords } from '../detection/risk/risk-records.ts';
import { noticeRecord, type Notice } from '../record/notice.ts';
import type { LogRecord, Resource } from '../record/record.ts';
import type { Time } from '../record/time.ts';
import type { Evaluation, MalformedLine } from './evaluation.ts';

/** Collects what the engine says during one call, as records in the order in which it was said. */
export class Said implements Output {
  readonly #records: LogRecord[] = [];
  readonly #malformed: { readonly end: number; readonly reason: string }[] = [];
  readonly #cluster: string;
  readonly #now: Time;

  constructor(cluster: string, now: Time) {
    this.#cluster = cluster;
    this.#now = now;
  }

  finding(finding: Finding): void {
    const options = { cluster: this.#cluster, observedTime: this.#now };
    this.#records.push(...riskRecords(finding, options));
  }

  notice(notice: Notice, resource: Resource): void {
    this.#records.push(noticeRecord(notice, resource, this.#now, this.#cluster));
  }

  malformed(_source: string, end: number, reason: string): void {
    this.#malformed.push({ end, reason });
  }

  /** Whoever called waits for all of it. */
  isFull(): boolean {
    return false;
  }

  /** All that was said of lines that are `bytes`, each ended by `\n`, from `start` of the stream on. */
  evaluation(bytes: Uint8Array = new Uint8Array(), start = 0): Evaluation {
    const malformed: MalformedLine[] = [];
    let index = 0;
    let from = 0;
    for (const { end, reason } of this.#malformed) {
      for (; from < end - start; index++) from = bytes.indexOf(lineFeed, from) + 1;
      malformed.push({ index: index - 1, reason });
    }
    return { records: this.#records, malformed };
  }
}

const lineFeed = 10;
