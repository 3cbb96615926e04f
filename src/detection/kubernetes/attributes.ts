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
 * event does not have, or that is empty, is no attribute, unless `source` has it: those are the ones to begin with. An
 * event of another shape gives fewer, never an error.
 */
export function auditAttributes(event: Json, source: Attributes = {}): Attributes {
  const found: Filled = {};
  for (const [name, value] of Object.entries(source)) found[name] = value;
  addUser(event, found);
  addRequest(event, found);
  const namespace =
    textAt(valueAt(event, 'objectRef'), 'namespace') ??
    textAt(valueAt(valueAt(event, 'requestObject'), 'involvedObject'), 'namespace');
  if (namespace !== undefined) found['k8s.namespace.name'] = namespace;
  const pod = podOf(event);
  if (pod !== undefined) found['k8s.pod.name'] = pod;
  addImages(event, found);
  addAudit(event, found);
  addObject(event, found);
  return bounded(found);
}

/**
 * An object that is filled attribute by attribute, by names that stand in the source: V8 keeps such a one quick to fill
 * and to copy. One that begins as a copy of another, or is filled by computed names, takes ten times as long.
 */
type Filled = Record<string, Value>;

function addUser(event: Json, found: Filled): void {
  const user = valueAt(event, 'user');
  const name = textAt(user, 'username');
  if (name !== undefined) found['user.name'] = name;
  const id = textAt(user, 'uid');
  if (id !== undefined) found['user.id'] = id;
  const roles = textsAt(user, 'groups');
  if (roles.length > 0) found['user.roles'] = roles;
  const impersonated = textAt(valueAt(event, 'impersonatedUser'), 'username');
  if (impersonated !== undefined) found['k8s.audit.impersonated_user.name'] = impersonated;
}

function addRequest(event: Json, found: Filled): void {
  const addresses = textsAt(event, 'sourceIPs');
  // All but the last are whatever the client put into X-Forwarded-For (spec/k8s-audit.md §10, evasion 18).
  const client = addresses.at(-1);
  if (client !== undefined) found['client.address'] = client;
  if (addresses.length > 1) found['k8s.audit.source_ips'] = addresses;
  const agent = textAt(event, 'userAgent');
  if (agent !== undefined) found['user_agent.original'] = agent;
  const path = pathOf(textAt(event, 'requestURI'));
  if (path !== undefined) found['url.path'] = path;
  const method = requestMethod(textAt(event, 'verb'));
  if (method !== undefined) found['http.request.method'] = method;
  const code = valueAt(valueAt(event, 'responseStatus'), 'code');
  if (code instanceof JsonNumber && /^[1-9]\d\d$/.test(code.text)) {
    found['http.response.status_code'] = Number(code.text);
  }
}

function pathOf(uri: string | undefined): string | undefined {
  const question = uri?.indexOf('?') ?? -1;
  return (question === -1 ? uri : uri?.slice(0, question)) || undefined;
}

/** Text for one image, lists for several: a harmless container must not hide the one beside it. */
function addImages(event: Json, found: Filled): void {
  const named = imagesOfMessage(event);
  const images = named.length > 0 ? named : imagesOfPodSpec(event);
  if (images.length === 0) return;
  const names = new Set<string>();
  const tags = new Set<string>();
  const digests = new Set<string>();
  for (const text of images) {
    const image = parseImage(text);
    names.add(image === undefined ? text : imageName(image));
    if (image?.tag !== undefined) tags.add(image.tag);
    if (image?.digest !== undefined) digests.add(image.digest);
  }
  found['container.image.name'] = oneOrMore([...names]);
  if (tags.size > 0) found['container.image.tags'] = [...tags];
  if (digests.size > 0) found['container.image.id'] = oneOrMore([...digests]);
}

function addAudit(event: Json, found: Filled): void {
  const verb = textAt(event, 'verb');
  if (verb !== undefined) found['k8s.audit.verb'] = verb;
  const stage = textAt(event, 'stage');
  if (stage !== undefined) found['k8s.audit.stage'] = stage;
  const level = textAt(event, 'level');
  if (level !== undefined) found['k8s.audit.level'] = level;
  const id = textAt(event, 'auditID');
  if (id !== undefined) found['k8s.audit.id'] = id;
}

function addObject(event: Json, found: Filled): void {
  const object = valueAt(event, 'objectRef');
  if (object === undefined) return;
  const resource = textAt(object, 'resource');
  if (resource !== undefined) found['k8s.audit.object.resource'] = resource;
  const subresource = textAt(object, 'subresource');
  if (subresource !== undefined) found['k8s.audit.object.subresource'] = subresource;
  const namespace = textAt(object, 'namespace');
  if (namespace !== undefined) found['k8s.audit.object.namespace'] = namespace;
  const name = textAt(object, 'name');
  if (name !== undefined) found['k8s.audit.object.name'] = name;
  const group = textAt(object, 'apiGroup');
  if (group !== undefined) found['k8s.audit.object.api_group'] = group;
  const version = textAt(object, 'apiVersion');
  if (version !== undefined) found['k8s.audit.object.api_version'] = version;
  const uid = textAt(object, 'uid');
  if (uid !== undefined) found['k8s.audit.object.uid'] = uid;
}

const oneOrMore = (texts: readonly string[]): Value => (texts.length === 1 ? (texts[0] ?? '') : texts);
