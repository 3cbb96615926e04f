import { clusterAttribute } from '../../record/cluster.ts';
import { ownScope } from '../../record/own.ts';
import { logRecord, type LogRecord } from '../../record/record.ts';
import type { Time } from '../../record/time.ts';
import type { Attributes } from '../../record/value.ts';
import { bounded, cutText } from '../bounded.ts';
import type { Finding } from '../finding.ts';
import type { Message } from '../plan/message.ts';
import type { RiskObject } from '../plan/plan.ts';
import { drilldowns } from './drilldowns.ts';
import { findingAttributes } from './finding-attributes.ts';
import { filledMessage } from './message.ts';
import { recordUid } from './record-uid.ts';
import { ruleAttributes } from './rule-attributes.ts';
import { informational, severityOf } from './severity.ts';

export interface RiskOptions {
  /** Name of the cluster where the resource does not say `k8s.cluster.name`; may be empty. */
  readonly cluster: string;
  readonly observedTime: Time;
}

/**
 * The records of one finding, as design §8 has them: a `riskpipe.risk_event` per risk object and value of its
 * column (an empty value, `0` and `null` count, spec/spl.md §9), or one `riskpipe.finding` of a plan without risk.
 * None if the row has no value for any risk object.
 *
 * Equal findings make equal records, observed time aside; `log.record.uid` differs between any two of one finding.
 */
export function riskRecords(finding: Finding, options: RiskOptions): readonly LogRecord[] {
  const { plan, columns } = finding;
  const cluster = clusterAttribute(finding.resource, options.cluster);
  const shared = { ...ruleAttributes(plan), ...cluster, ...eventAttributes(finding) };
  if (plan.risk === undefined) {
    const uid = { 'log.record.uid': recordUid(finding, options.cluster) };
    const attributes = { ...uid, ...shared, ...drilldownAttributes(finding) };
    const record = { eventName: 'riskpipe.finding', body: plan.title, attributes };
    return [recordOf(finding, options, informational, record)];
  }
  const { message, cut } = riskMessage(plan.risk.message, columns);
  return plan.risk.objects.flatMap((object) =>
    distinct(columns.get(object.field)).map((value) => {
      const attributes = {
        'log.record.uid': recordUid(finding, options.cluster, { ...object, value }),
        ...shared,
        'risk.message': message,
        ...drilldownAttributes(about(finding, object, value)),
        ...riskAttributes(object, value, [...listed(shared['riskpipe.cut']), ...cut]),
      };
      const record = { eventName: 'riskpipe.risk_event', body: message, attributes };
      return recordOf(finding, options, severityOf(object.score), record);
    }),
  );
}

/** Each value once: a `list()` may hold one several times. */
const distinct = (values: readonly string[] = []): readonly string[] => [...new Set(values)];

/** The finding as one of its risk objects sees it: of the column only its own value. */
const about = (finding: Finding, { field }: RiskObject, value: string): Finding => ({
  ...finding,
  columns: new Map([...finding.columns, [field, [value]]]),
});

/** None if the detection brings no drilldowns. */
function drilldownAttributes(finding: Finding): Attributes {
  const searches = drilldowns(finding);
  return searches.length === 0 ? {} : { 'riskpipe.drilldowns': searches };
}

/** What the event and the row say: written by whoever made the event, and so bounded. */
function eventAttributes(finding: Finding): Attributes {
  return bounded({ ...finding.context, ...findingAttributes(finding) });
}

/** `cut` names what was cut before: of the event, or of the message. */
function riskAttributes(object: RiskObject, value: string, cut: readonly string[]): Attributes {
  const attributes: Attributes = {
    'risk.score': object.score,
    'risk.object': value,
    'risk.object.type': object.type,
    ...(object.impact !== undefined && { 'risk.impact': object.impact }),
    ...(object.confidence !== undefined && { 'risk.confidence': object.confidence }),
  };
  return bounded(attributes, cut);
}

/** Each token is cut by itself, so that a long one cannot push the others out of sight. */
function riskMessage(
  template: Message,
  columns: ReadonlyMap<string, readonly string[]>,
): { readonly message: string; readonly cut: readonly string[] } {
  let cut = false;
  const message = filledMessage(template, (column) => {
    const whole = columns.get(column)?.join(' ');
    if (whole === undefined) return undefined;
    const short = cutText(whole);
    cut ||= short !== whole;
    return short;
  });
  return { message, cut: cut ? ['risk.message'] : [] };
}

function recordOf(
  finding: Finding,
  { observedTime }: RiskOptions,
  severity: { readonly number: number; readonly text: string },
  given: Pick<LogRecord, 'eventName' | 'body' | 'attributes'>,
): LogRecord {
  return logRecord({
    ...given,
    time: finding.time,
    observedTime,
    severityNumber: severity.number,
    severityText: severity.text,
    resource: finding.resource,
    scope: ownScope,
  });
}

const listed = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);
