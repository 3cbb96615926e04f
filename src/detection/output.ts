import type { Notice } from '../record/notice.ts';
import type { Resource } from '../record/record.ts';
import type { Finding } from './finding.ts';

/** What the engine has to say, in the order in which it happens. */
export interface Output {
  finding(finding: Finding): void;
  notice(notice: Notice, resource: Resource): void;
  /** True once it holds as much as one call should say: what closes may wait for the next one. */
  isFull(): boolean;
  /** A line that is no event: where it ends, and what is wrong with it. Already counted. */
  malformed(source: string, end: number, reason: string): void;
}
