import type { LogRecord } from '../../record/record.ts';
import type { Value } from '../../record/value.ts';
import { shownValue } from './shown-value.ts';

/**
 * What a reader of an alert asks next, in two lines of pieces: which detection and technique; who, where, what, and
 * from where. What the record does not say is left out.
 */
export function alertPieces({
  attributes,
  resource,
}: LogRecord): readonly [readonly string[], readonly string[]] {
  const detection = attributes['riskpipe.detection.id'] ?? attributes['security_rule.name'];
  const techniques = namesOf(attributes['threat.techniques'], ['id', 'name']);
  const tactics = namesOf(attributes['threat.tactics'], ['name']);
  const attack = tactics === '' ? techniques : `${techniques} (${tactics})`;
  return [
    [detection === undefined ? '' : shownValue(detection), attack.trim()].filter((piece) => piece !== ''),
    subjectPieces({ ...resource.attributes, ...attributes }),
  ];
}

function subjectPieces(attributes: LogRecord['attributes']): readonly string[] {
  const shown = (name: string): string => shownValue(attributes[name] ?? '');
  const namespace = shown('k8s.namespace.name');
  const pod = shown('k8s.pod.name');
  const where = [namespace, pod].filter((part) => part !== '').join('/');
  const pieces = [
    ['user', shown('user.name')],
    ['as', shown('k8s.audit.impersonated_user.name')],
    [pod === '' ? 'namespace' : 'pod', where],
    ['image', imageOf(attributes)],
    ['from', shown('client.address')],
    ['cluster', shown('k8s.cluster.name')],
    ['late', attributes['finding.late'] === true ? 'yes' : ''],
  ];
  return pieces.flatMap(([label, text]) => (text === '' ? [] : [`${label} ${text}`]));
}

/** As it was written, `name:tag@digest`, if it is one image; else the names alone. */
function imageOf(attributes: LogRecord['attributes']): string {
  const { 'container.image.name': name, 'container.image.tags': tags, 'container.image.id': id } = attributes;
  if (name === undefined) return '';
  if (Array.isArray(name)) return shownValue(name);
  const tag = Array.isArray(tags) && tags.length === 1 ? `:${shownValue(tags)}` : '';
  return `${shownValue(name)}${tag}${id === undefined ? '' : `@${shownValue(id)}`}`;
}

/** `T1526 Cloud Service Discovery, T1610 ...` from a list of maps with an id and a name. */
function namesOf(list: Value | undefined, keys: readonly string[]): string {
  if (!Array.isArray(list)) return '';
  const names = list.map((item: Value) => {
    const entries = Object.entries(item ?? {});
    return keys.flatMap((key) => entries.find(([name]) => name === key)?.[1] ?? []).map(shownValue);
  });
  return names.map((parts) => parts.join(' ')).join(', ');
}
