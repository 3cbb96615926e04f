import { clusterOf } from '../../record/cluster.ts';
import { decodeRecord } from '../../record/codec.ts';
import { noticeRecord } from '../../record/notice.ts';
import { noResource } from '../../record/record.ts';
import type { State } from '../../store/store.ts';
import type { UnitOfWork } from '../unit-of-work.ts';
import { keptWhere } from './condition.ts';
import { enqueueOwn } from './enqueue-own.ts';
import type { Refusal } from './lane.ts';

const tableOf = (exporter: string): string => `refused/${exporter}`;

/**
 * Tells by a notice that the first of `records`, as they are stored, and perhaps others are dead letters now: once for
 * each status, until `forgetRefusals`. So a backend that refuses the notice, too, causes no other. `durable`: whether
 * the store outlives the process.
 */
export function tellRefusal(
  { state, now }: UnitOfWork,
  exporter: string,
  records: readonly string[],
  { reason, status = 0 }: Refusal,
  durable: boolean,
): void {
  const [first] = records;
  if (first === undefined || state.get(tableOf(exporter), String(status)) !== undefined) return;
  state.put(tableOf(exporter), String(status), now.toString());
  const { resource, attributes } = decodeRecord(first);
  const cluster = attributes['k8s.cluster.name'];
  const notice = {
    kind: 'records_refused',
    message:
      `the backend of ${exporter} refuses records${status === 0 ? '' : `, with status ${status}`}; they are ` +
      `${keptWhere(durable)}. This is told once, until they are dealt with`,
    identity: [exporter, String(status), now.toString()],
    attributes: {
      'riskpipe.refused.reason': reason,
      'riskpipe.refused.status': status,
      'riskpipe.refused.count': records.length,
    },
  };
  const name = clusterOf(resource, typeof cluster === 'string' ? cluster : '');
  enqueueOwn(state, exporter, noticeRecord(notice, noResource, now, name));
}

/** Nobody has to be told of what is dealt with: the next refusal is told again. */
export function forgetRefusals(state: Pick<State, 'keys' | 'delete'>, exporter: string): void {
  for (const status of state.keys(tableOf(exporter))) state.delete(tableOf(exporter), status);
}
