import { clusterOf } from '../../record/cluster.ts';
import { noticeRecord } from '../../record/notice.ts';
import { noResource, type LogRecord } from '../../record/record.ts';
import { formatTime, type Time } from '../../record/time.ts';
import type { Value } from '../../record/value.ts';
import { count } from '../../store/counter.ts';
import type { State, Stored } from '../../store/store.ts';
import type { UnitOfWork } from '../unit-of-work.ts';
import { enqueueOwn } from './enqueue-own.ts';

/** What an outbox had no room for, of one rule: counted exactly, and told by one record (spec/reliability.md §2.3). */
type Tally = {
  readonly count: number;
  /** Event time of the earliest and the latest, in nanoseconds. */
  readonly first: string;
  readonly last: string;
  /** `log.record.uid` of the first few. */
  readonly samples: readonly string[];
  /** When the first was folded, in nanoseconds. */
  readonly since: string;
  readonly cluster: string;
};

const mostSamples = 8;
/** More rules than this, which only a foreign sender can make up, are counted together. */
const mostRules = 1_000;
const otherRules = '';
/** While there is no room a rule is told of so often, in nanoseconds. */
const period: Time = 600_000_000_000n;

const tableOf = (exporter: string): string => `suppressed/${exporter}`;

/** Counts `record` instead of keeping it. */
export function suppress(state: State, exporter: string, record: LogRecord, now: Time): void {
  const table = tableOf(exporter);
  const wanted = ruleOf(record);
  const known = state.get(table, wanted) !== undefined || state.count(table) < mostRules;
  const rule = known ? wanted : otherRules;
  const before = tallyOf(state.get(table, rule));
  const at = record.time ?? record.observedTime;
  const uid = textOf(record.attributes['log.record.uid']);
  const tally: Tally = {
    count: (before?.count ?? 0) + 1,
    first: String(before !== undefined && BigInt(before.first) < at ? before.first : at),
    last: String(before !== undefined && BigInt(before.last) > at ? before.last : at),
    samples: [...(before?.samples ?? []), ...(uid === '' ? [] : [uid])].slice(0, mostSamples),
    since: before?.since ?? now.toString(),
    cluster: before?.cluster ?? clusterOf(record.resource, textOf(record.attributes['k8s.cluster.name'])),
  };
  state.put(table, rule, tally);
  count(state, exporter, 'suppressed');
}

/** Puts a record for each rule into the queue; unless there is `room`, only for those whose period is over. */
export function tellSuppressed(state: UnitOfWork['state'], exporter: string, now: Time, room: boolean): void {
  const table = tableOf(exporter);
  if (state.count(table) === 0) return;
  for (const [rule, stored] of state.scan(table)) {
    const tally = tallyOf(stored);
    if (tally === undefined || (!room && now - BigInt(tally.since) < period)) continue;
    enqueueOwn(state, exporter, recordOf(exporter, rule, tally, now));
    state.delete(table, rule);
  }
}

function recordOf(exporter: string, rule: string, tally: Tally, now: Time): LogRecord {
  const name = rule === otherRules ? 'further rules' : JSON.stringify(rule);
  return noticeRecord(
    {
      kind: 'suppressed',
      message: `${tally.count} records of ${name} were counted and not kept: the queue of ${exporter} was full`,
      identity: [exporter, rule, tally.since, ...tally.samples],
      attributes: {
        'security_rule.name': rule,
        'riskpipe.suppressed.count': tally.count,
        'riskpipe.suppressed.first': formatTime(BigInt(tally.first)),
        'riskpipe.suppressed.last': formatTime(BigInt(tally.last)),
        'riskpipe.suppressed.samples': tally.samples,
      },
      time: BigInt(tally.last),
    },
    noResource,
    now,
    tally.cluster,
  );
}

/** What a record is counted under. */
function ruleOf({ attributes, eventName }: LogRecord): string {
  return textOf(attributes['security_rule.name']) || textOf(attributes['riskpipe.notice.kind']) || eventName;
}

const textOf = (value: Value | undefined): string => (typeof value === 'string' ? value : '');

/** A row that `suppress` wrote; undefined if there is none. */
const tallyOf = (stored: Stored | undefined): Tally | undefined => stored as Tally | undefined;
