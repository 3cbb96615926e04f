import { JsonObject, type Json } from '../record/json.ts';
import { objectOf, pathOf } from './gke-object.ts';
import { statusText } from './gke-status.ts';

/**
 * The audit event that an entry of the audit log of GKE stands for, as JSON in the order of fields that an API server
 * has; undefined if it does not say what was done and when. `payload` is its `protoPayload`.
 *
 * GKE does not tell groups, uid and extra of the user, the query of the URI, and the level and stage of the event
 * (spec/k8s-audit.md §9): the level is what the bodies show, and the stage that of an answer, unless the entry is the
 * first of several. Bodies are as they were, with the `@type` that GKE adds.
 */
export function auditEventOf(entry: JsonObject, payload: JsonObject): string | undefined {
  const method = payload.get('methodName');
  const time = entry.get('timestamp');
  if (typeof method !== 'string' || typeof time !== 'string') return undefined;
  const verb = method.slice(method.lastIndexOf('.') + 1);
  const resource = payload.get('resourceName');
  const object = typeof resource === 'string' ? objectOf(resource) : undefined;
  const metadata = payload.get('requestMetadata');
  const ip = within(metadata, 'callerIp');
  const response = payload.get('response');
  return objectText([
    ['kind', '"Event"'],
    ['apiVersion', '"audit.k8s.io/v1"'],
    ['level', JSON.stringify(levelOf(payload))],
    ['auditID', textOf(within(entry.get('operation'), 'id') ?? entry.get('insertId'))],
    ['stage', JSON.stringify(stageOf(entry.get('operation')))],
    ['requestURI', object && JSON.stringify(pathOf(object, verb))],
    ['verb', JSON.stringify(verb)],
    ['user', userText(within(payload.get('authenticationInfo'), 'principalEmail'))],
    ['sourceIPs', typeof ip === 'string' ? JSON.stringify([ip]) : undefined],
    ['userAgent', textOf(within(metadata, 'callerSuppliedUserAgent'))],
    ['objectRef', object && JSON.stringify(object)],
    ['responseStatus', statusText(payload.get('status'), response, verb)],
    ['requestObject', textOf(payload.get('request'))],
    ['responseObject', textOf(response)],
    ['requestReceivedTimestamp', JSON.stringify(time)],
    ['annotations', textOf(entry.get('labels'))],
  ]);
}

function levelOf(payload: JsonObject): string {
  if (payload.get('response') instanceof JsonObject) return 'RequestResponse';
  return payload.get('request') instanceof JsonObject ? 'Request' : 'Metadata';
}

/** Of a long-running request there are two entries, of which the first is not the last. */
function stageOf(operation: Json | undefined): string {
  const isBegun = within(operation, 'first') === true && within(operation, 'last') !== true;
  return isBegun ? 'ResponseStarted' : 'ResponseComplete';
}

const userText = (name: Json | undefined): string =>
  JSON.stringify(typeof name === 'string' ? { username: name } : {});

const within = (value: Json | undefined, key: string): Json | undefined =>
  value instanceof JsonObject ? value.get(key) : undefined;

/** An object or a text as JSON; undefined for anything else, which none of these fields is. */
function textOf(value: Json | undefined): string | undefined {
  if (value instanceof JsonObject) return value.text;
  return typeof value === 'string' ? JSON.stringify(value) : undefined;
}

/** Fields whose value is undefined are left out. */
function objectText(fields: readonly (readonly [name: string, text: string | undefined])[]): string {
  const written = fields.flatMap(([name, text]) => (text === undefined ? [] : [`"${name}":${text}`]));
  return `{${written.join(',')}}`;
}
