import type { Attributes } from '../../record/value.ts';

const redacted = '[redacted]';

// Objects that are secrets through and through, by resource or `resource/subresource`.
const secretObjects = new Set(['secrets', 'serviceaccounts/token', 'tokenreviews']);
// What may be told of them: never their data, and no annotation either, for kubectl keeps a copy of the whole
// object in one.
const harmless =
  /^(?:items\.)?(?:kind|apiVersion|type|immutable|metadata\.(?:name|namespace|generateName|uid|resourceVersion|creationTimestamp|labels\..+))$/;
// Keys that hold secrets in whatever object they stand.
const secretKey =
  /(?:^|\.)(?:stringData|env\.value|token|password|passwd|passphrase|apiKey|accessKey|secretKey|privateKey|clientSecret|credentials?)(?:\.|$)/i;
const dataKey = /^(?:items\.)?(?:data|binaryData)(?:\.|$)/;
const secretParameter = /token|secret|passw|passphrase|key|credential|signature|auth|^(?:code|jwt|pwd|sig)$/i;

/**
 * The values of a column of a finding without secret material, which must not leave the process.
 *
 * `field` is the field of the event that the column was read from, `context` the attributes of such an event
 * (`auditAttributes`). Values that may be secret are replaced by one `[redacted]` whatever their number and length;
 * of a request URI only the values of query parameters whose names speak of secrets. When in doubt it redacts: `data`
 * is shown only of a config map.
 */
export function redactedColumn(
  field: string,
  values: readonly string[],
  context: Attributes,
): readonly string[] {
  if (field === 'requestURI') return values.map(redactedUri);
  return values.length > 0 && isSecret(field.replaceAll('{}', ''), context) ? [redacted] : values;
}

function isSecret(field: string, context: Attributes): boolean {
  const [, inBody] = /^(?:requestObject|responseObject)(?:\.(.*))?$/s.exec(field) ?? [];
  const resource = context['k8s.audit.object.resource'];
  const secretObject = secretObjects.has(objectKind(context));
  // An admission webhook's patch of the object is kept in an annotation of the audit event.
  if (inBody === undefined) return secretObject && field.startsWith('annotations.patch.webhook.');
  if (secretObject) return !harmless.test(inBody);
  return secretKey.test(inBody) || (dataKey.test(inBody) && resource !== 'configmaps');
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
