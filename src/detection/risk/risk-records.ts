import { clusterAttribute } from '../../record/cluster.ts';
import { ownScope } from '../../record/own.ts';
import { logRecord, type LogRecord } from '../../record/record.ts';
import type { Time } from '../../record/time.ts';
import type { Attributes, Value } from '../../record/value.ts';
import { bounded, cutText, isCut } from '../bounded.ts';
import type { Finding } from '../finding.ts';
import type { Message } from '../plan/message.ts';
import type { RiskObject } from '../plan/plan.ts';
import { distinct } from './distinct.ts';
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
  const { plan } = finding;
  const common = commonAttributes(finding, options);
  if (plan.risk === undefined) {
    const attributes = assembled(recordUid(finding, options.cluster), common, finding);
    const record = { eventName: 'riskpipe.finding', body: plan.title, attributes };
    return [recordOf(finding, options, informational, record)];
  }
  const { message, cut } = riskMessage(plan.risk.message, finding.columns);
  const before = [...listed(common.context['riskpipe.cut']), ...cut];
  const records: LogRecord[] = [];
  for (const object of plan.risk.objects) {
    for (const value of distinct(finding.columns.get(object.field))) {
      const uid = recordUid(finding, options.cluster, { ...object, value });
      const risk = { message, attributes: riskAttributes(object, value, before) };
      const attributes = assembled(uid, common, about(finding, object, value), risk);
      const record = { eventName: 'riskpipe.risk_event', body: message, attributes };
      records.push(recordOf(finding, options, severityOf(object.score), record));
    }
  }
  return records;
}

/** What all records of a finding have in common. */
interface CommonAttributes {
  readonly rule: Attributes;
  readonly cluster: Attributes;
  /** What the event and the row say: written by whoever made the event, and so bounded. */
  readonly context: Attributes;
  readonly row: Attributes;
}

function commonAttributes(finding: Finding, { cluster: name }: RiskOptions): CommonAttributes {
  const rule = ruleAttributes(finding.plan);
  const cluster = clusterAttribute(finding.resource, name);
  const { context } = finding;
  const row = findingAttributes(finding);
  // The context is bounded already.
  if (!isCut(context) && bounded(row) === row) return { rule, cluster, context, row };
  return { rule, cluster, context: bounded({ ...context, ...row }), row: {} };
}

/** By spreading, which defines: whoever sends records names their attributes, and may call one `__proto__`. */
function assembled(
  uid: string,
  { rule, cluster, context, row }: CommonAttributes,
  finding: Finding,
  risk?: { readonly message: string; readonly attributes: Attributes },
): Attributes {
  const searches = drilldowns(finding);
  return {
    'log.record.uid': uid,
    ...rule,
    ...cluster,
    ...context,
    ...row,
    ...(risk && { 'risk.message': risk.message }),
    ...(searches.length > 0 && { 'riskpipe.drilldowns': searches }),
    ...risk?.attributes,
  };
}

/** The finding as one of its risk objects sees it: of the column only its own value. */
function about(finding: Finding, { field }: RiskObject, value: string): Finding {
  // Nothing else asks for it.
  if (finding.plan.about.drilldowns.length === 0) return finding;
  return { ...finding, columns: new Map([...finding.columns, [field, [value]]]) };
}

/** `cut` names what was cut before: of the event, or of the message. */
function riskAttributes(object: RiskObject, value: string, cut: readonly string[]): Attributes {
  const attributes: Record<string, Value> = {
    'risk.score': object.score,
    'risk.object': value,
    'risk.object.type': object.type,
  };
  if (object.impact !== undefined) attributes['risk.impact'] = object.impact;
  if (object.confidence !== undefined) attributes['risk.confidence'] = object.confidence;
  return bounded(attributes, cut);
}

/** Each token is cut by itself, so that a long one cannot push the others out of sight. */
function riskMessage(
  template: Message,
  columns: ReadonlyMap<string, readonly string[]>,
): { readonly message: string; readonly cut: readonly string[] } {
  let cut = false;
  const message = filledMessage(template, (column) => {
    const values = columns.get(column);
    const whole = values?.length === 1 ? values[0] : values?.join(' ');
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
    eventName: given.eventName,
    body: given.body,
    attributes: given.attributes,
    time: finding.time,
    observedTime,
    severityNumber: severity.number,
    severityText: severity.text,
    resource: finding.resource,
    scope: ownScope,
  });
}

const listed = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);
