import { JsonObject, type Json } from '../../record/json.ts';
import type { Attributes } from '../../record/value.ts';
import { textAt, valueAt } from './event-path.ts';

const redacted = '[redacted]';

// Objects that are secrets through and through, by resource or `resource/subresource`.
const secretObjects = new Set(['secrets', 'serviceaccounts/token', 'tokenreviews']);
// What may be told of them: never their data, and no annotation either.
const harmless =
  /^(?:items\.)?(?:kind|apiVersion|type|immutable|metadata\.(?:name|namespace|generateName|uid|resourceVersion|creationTimestamp|labels\..+))$/;
// Keys that hold secrets in whatever object they stand; kubectl keeps a copy of the whole object in an annotation.
const secretKey =
  /(?:^|\.)(?:stringData|env\.value|kubectl\.kubernetes\.io\/last-applied-configuration|token|password|passwd|passphrase|apiKey|accessKey|secretKey|privateKey|clientSecret|credentials?)(?:\.|$)/i;
const dataKey = /^(?:items\.)?(?:data|binaryData)(?:\.|$)/;
const bodyKey = /^(?:requestObject|responseObject)(?:\.|$)/;
// An admission webhook's patch of the object is kept in an annotation of the audit event.
const webhookPatch = /^patch\.webhook\./;
const secretParameter = /token|secret|passw|passphrase|key|credential|signature|auth|^(?:code|jwt|pwd|sig)$/i;

/**
 * One value of a field of an event without secret material, which must be neither kept nor shown; the value itself if
 * there is nothing secret in it.
 *
 * `event.context` are the attributes of the event (`auditAttributes`); it is asked for only where they matter. What may
 * be secret becomes `[redacted]` whatever its length; of a request URI only the values of query parameters whose names
 * speak of secrets. When in doubt it redacts: `data` is shown only of a config map, and the whole line (`_raw`) only of
 * an event that has no body and nothing else in it that would be redacted. A line that is no event is shown.
 */
export function redactedText(field: string, text: string, event: AuditEvent): string {
  if (field === 'requestURI') return redactedUri(text);
  if (field === '_raw') return holdsSecrets(event.event) ? redacted : text;
  if (!mayBeSecret.test(field)) return text;
  return isSecret(field.replaceAll('{}', ''), event) ? redacted : text;
}

const mayBeSecret = /^(?:requestObject|responseObject|annotations)/;

interface AuditEvent {
  readonly event: Json | undefined;
  readonly context: Attributes;
}

/** Whether a line may show what its single fields may not. */
function holdsSecrets(event: Json | undefined): boolean {
  if (!(event instanceof JsonObject)) return false;
  if (event.keys.some((key) => bodyKey.test(key))) return true;
  const annotations = valueAt(event, 'annotations');
  if (annotations instanceof JsonObject && annotations.keys.some((key) => webhookPatch.test(key)))
    return true;
  const uri = textAt(event, 'requestURI') ?? '';
  return redactedUri(uri) !== uri;
}

function isSecret(field: string, event: AuditEvent): boolean {
  if (field.startsWith('annotations.') && webhookPatch.test(field.slice('annotations.'.length))) return true;
  const body = /^(?:requestObject|responseObject)(?:\.(.*))?$/s.exec(field);
  if (body === null) return false;
  const [, inBody = ''] = body;
  if (secretKey.test(inBody)) return true;
  const { context } = event;
  if (secretObjects.has(objectKind(context))) return !harmless.test(inBody);
  return dataKey.test(inBody) && context['k8s.audit.object.resource'] !== 'configmaps';
}

/** `pods`, or with a subresource `pods/exec`. A subresource of a secret object is one, too. */
function objectKind(context: Attributes): string {
  const { 'k8s.audit.object.resource': resource, 'k8s.audit.object.subresource': subresource } = context;
  if (typeof resource !== 'string') return '';
  return typeof subresource !== 'string' || secretObjects.has(resource)
    ? resource
    : `${resource}/${subresource}`;
}

function redactedUri(uri: string): string {
  const question = uri.indexOf('?');
  if (question === -1) return uri;
  const parameters = uri.slice(question + 1).split('&');
  const shown = parameters.map((parameter) => {
    const equals = parameter.indexOf('=');
    if (equals === -1 || !secretParameter.test(decoded(parameter.slice(0, equals)))) return parameter;
    return `${parameter.slice(0, equals + 1)}${redacted}`;
  });
  return `${uri.slice(0, question + 1)}${shown.join('&')}`;
}

/** A name with its percent escapes read one by one, so that a broken one hides nothing. */
function decoded(name: string): string {
  return name.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
