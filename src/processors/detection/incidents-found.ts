import type { Finding } from '../../detection/finding.ts';
import type { Output } from '../../detection/output.ts';
import { incidentRecord } from '../../detection/risk/incidents/incident-record.ts';
import type { Notice } from '../../record/notice.ts';
import type { Resource } from '../../record/record.ts';
import type { Time } from '../../record/time.ts';
import type { Found } from './found.ts';

/** Adds what the incident rules say to what a unit of work has found. */
export class IncidentsFound implements Output {
  readonly #found: Found;
  readonly #cluster: string;
  readonly #now: Time;

  constructor(found: Found, cluster: string, now: Time) {
    this.#found = found;
    this.#cluster = cluster;
    this.#now = now;
  }

  finding(finding: Finding): void {
    this.#found.pass(incidentRecord(finding, this.#cluster, this.#now));
  }

  notice(notice: Notice, resource: Resource): void {
    this.#found.notice(notice, resource);
  }

  isFull(): boolean {
    return this.#found.isFull();
  }

  malformed(source: string, end: number, reason: string): void {
    this.#found.malformed(source, end, reason);
  }
}
