import { JsonNumber, type Json } from '../../record/json.ts';
import type { Attributes, Value } from '../../record/value.ts';
import { bounded } from '../bounded.ts';
import { imagesOfMessage, imagesOfPodSpec } from './event-images.ts';
import { textAt, textsAt, valueAt } from './event-path.ts';
import { podOf } from './event-pod.ts';
import { imageName, parseImage } from './image.ts';
import { requestMethod } from './request-method.ts';

/**
 * What an audit event says of itself, as attributes (design §8): semantic conventions where there are some, else
 * `k8s.audit.*`. An allow-list of fields, so that no body gets in; each bounded (`riskpipe.cut`). A field that the
 * event does not have, or that is empty, is no attribute. An event of another shape gives fewer, never an error.
 */
export function auditAttributes(event: Json): Attributes {
  const found: Record<string, Value | undefined> = {
    ...userAttributes(event),
    ...requestAttributes(event),
    'k8s.namespace.name':
      textAt(event, 'objectRef', 'namespace') ??
      textAt(event, 'requestObject', 'involvedObject', 'namespace'),
    'k8s.pod.name': podOf(event),
    ...imageAttributes(event),
    'k8s.audit.verb': textAt(event, 'verb'),
    'k8s.audit.stage': textAt(event, 'stage'),
    'k8s.audit.level': textAt(event, 'level'),
    'k8s.audit.id': textAt(event, 'auditID'),
    ...objectAttributes(event),
  };
  const present: Record<string, Value> = {};
  for (const [name, value] of Object.entries(found)) {
    if (value === undefined || (Array.isArray(value) && value.length === 0)) continue;
    present[name] = value;
  }
  return bounded(present);
}

function userAttributes(event: Json): Record<string, Value | undefined> {
  return {
    'user.name': textAt(event, 'user', 'username'),
    'user.id': textAt(event, 'user', 'uid'),
    'user.roles': textsAt(event, 'user', 'groups'),
    'k8s.audit.impersonated_user.name': textAt(event, 'impersonatedUser', 'username'),
  };
}

function requestAttributes(event: Json): Record<string, Value | undefined> {
  const addresses = textsAt(event, 'sourceIPs');
  const code = valueAt(event, 'responseStatus', 'code');
  return {
    // All but the last are whatever the client put into X-Forwarded-For (spec/k8s-audit.md §10, evasion 18).
    'client.address': addresses.at(-1),
    'k8s.audit.source_ips': addresses.length > 1 ? addresses : undefined,
    'user_agent.original': textAt(event, 'userAgent'),
    'url.path': textAt(event, 'requestURI')?.replace(/\?.*$/s, '') || undefined,
    'http.request.method': requestMethod(textAt(event, 'verb')),
    'http.response.status_code':
      code instanceof JsonNumber && /^[1-9]\d\d$/.test(code.text) ? Number(code.text) : undefined,
  };
}

/** Text for one image, lists for several: a harmless container must not hide the one beside it. */
function imageAttributes(event: Json): Record<string, Value | undefined> {
  const named = imagesOfMessage(event);
  const images = named.length > 0 ? named : imagesOfPodSpec(event);
  const names = new Set<string>();
  const tags = new Set<string>();
  const digests = new Set<string>();
  for (const text of images) {
    const image = parseImage(text);
    names.add(image === undefined ? text : imageName(image));
    if (image?.tag !== undefined) tags.add(image.tag);
    if (image?.digest !== undefined) digests.add(image.digest);
  }
  return {
    'container.image.name': oneOrMore([...names]),
    'container.image.tags': [...tags],
    'container.image.id': oneOrMore([...digests]),
  };
}

function objectAttributes(event: Json): Record<string, Value | undefined> {
  return {
    'k8s.audit.object.resource': textAt(event, 'objectRef', 'resource'),
    'k8s.audit.object.subresource': textAt(event, 'objectRef', 'subresource'),
    'k8s.audit.object.namespace': textAt(event, 'objectRef', 'namespace'),
    'k8s.audit.object.name': textAt(event, 'objectRef', 'name'),
    'k8s.audit.object.api_group': textAt(event, 'objectRef', 'apiGroup'),
    'k8s.audit.object.api_version': textAt(event, 'objectRef', 'apiVersion'),
    'k8s.audit.object.uid': textAt(event, 'objectRef', 'uid'),
  };
}

const oneOrMore = (texts: readonly string[]): Value => (texts.length === 1 ? (texts[0] ?? '') : texts);
