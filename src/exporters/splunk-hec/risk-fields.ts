import { epochText, parseTime } from '../../record/time.ts';
import type { Attributes, Value } from '../../record/value.ts';
import { addAttributes, isList, isMap, isReserved, type FlatFields } from './flat-fields.ts';

/** The name that Splunk ES gives the search of a detection (spec/spl.md §5.1). */
export const searchName = (rule: string): string => `ESCU - ${rule} - Rule`;

/** Attributes that a risk event of Splunk ES has under another name (spec/spl.md §5.1). */
const names: readonly (readonly [splunk: string, ours: string])[] = [
  ['risk_object', 'risk.object'],
  ['risk_object_type', 'risk.object.type'],
  ['risk_score', 'risk.score'],
  ['risk_message', 'risk.message'],
  ['savedsearch_description', 'security_rule.description'],
];

/**
 * Adds what the Risk data model of Splunk ES looks for in a risk event (spec/spl.md §5.1), and the columns of the
 * result row under their own names. A column gives way to what is there already, and to what Splunk says itself.
 */
export function addRiskFields(fields: FlatFields, attributes: Attributes): void {
  const risk: Record<string, Value> = {};
  for (const [splunk, ours] of names) risk[splunk] = attributes[ours] ?? null;
  const { 'security_rule.name': rule, 'security_rule.ruleset.name': stories } = attributes;
  if (typeof rule === 'string') risk['search_name'] = searchName(rule);
  if (typeof stories === 'string') risk['analyticstories'] = stories.split(', ');
  const threats = attributes['threat.objects'];
  risk['threat_object'] = partsOf(threats, 'value');
  risk['threat_object_type'] = partsOf(threats, 'type');
  risk['info_min_time'] = secondsOf(attributes['finding.window.start']);
  risk['info_max_time'] = secondsOf(attributes['finding.window.end']);
  addAttributes(fields, risk);
  addAttributes(fields, annotationsOf(attributes));
  addColumns(fields, attributes['finding.fields']);
}

/** By framework, and `_all` together. The tactic threshold of Splunk ES counts `mitre_tactic_id`. */
function annotationsOf(attributes: Attributes): Attributes {
  const techniques = partsOf(attributes['threat.techniques'], 'id');
  const frameworks = Object.entries(mapOf(attributes['riskpipe.annotations']));
  const all = [...techniques, ...frameworks.flatMap(([, values]) => listOf(values))];
  return {
    ...Object.fromEntries(frameworks.map(([name, values]) => [`annotations.${name}`, values])),
    'annotations.mitre_attack': techniques,
    'annotations.mitre_attack.mitre_technique_id': techniques,
    'annotations.mitre_attack.mitre_tactic_id': partsOf(attributes['threat.tactics'], 'id'),
    'annotations._all': [...new Set(all)],
  };
}

function addColumns(fields: FlatFields, row: Value | undefined): void {
  const columns = Object.entries(mapOf(row)).filter(([name]) => !fields.has(name) && !isReserved(name));
  addAttributes(fields, Object.fromEntries(columns));
}

/** The member `name` of each map in a list. */
const partsOf = (value: Value | undefined, name: string): readonly Value[] =>
  listOf(value).map((item) => mapOf(item)[name] ?? '');

/** Epoch seconds, as Splunk tells the times of a search. */
function secondsOf(value: Value | undefined): Value {
  const time = typeof value === 'string' ? parseTime(value) : undefined;
  return time === undefined ? null : Number(epochText(time));
}

const listOf = (value: Value | undefined): readonly Value[] =>
  value !== undefined && isList(value) ? value : [];

/** Nothing if it is no map. */
const mapOf = (value: Value | undefined): Attributes => (value !== undefined && isMap(value) ? value : {});
