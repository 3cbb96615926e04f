/** What a request was about, as `objectRef` of an audit event has it (spec/k8s-audit.md §1). */
export interface ObjectReference {
  readonly resource: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly apiGroup?: string;
  readonly apiVersion: string;
  readonly subresource?: string;
}

/** `core/v1/namespaces/NS/pods/NAME/status`: as `resourceName` has it. The namespace itself is an object, too. */
const named = /^([^/]+)\/([^/]+)\/(?:namespaces\/([^/]+)\/)?([^/]+)(?:\/([^/]+)(?:\/([^/]+))?)?/;

/** The object of a `resourceName` of GKE; undefined if the request was about none. */
export function objectOf(resourceName: string): ObjectReference | undefined {
  const parts = named.exec(resourceName);
  if (parts === null) return undefined;
  const [, group = '', apiVersion = '', namespace, resource = '', name, subresource] = parts;
  return {
    resource,
    ...placed(resource === 'namespaces' ? name : namespace),
    ...(name !== undefined && { name }),
    ...(group !== 'core' && { apiGroup: group }),
    apiVersion,
    ...(subresource !== undefined && { subresource }),
  };
}

const placed = (namespace: string | undefined): Pick<ObjectReference, 'namespace'> =>
  namespace === undefined ? {} : { namespace };

/** The path that the request had. What stood behind its `?` nobody tells, such as the command of an `exec`. */
export function pathOf(object: ObjectReference, verb: string): string {
  const { apiGroup, apiVersion, namespace, resource, name, subresource } = object;
  const root = apiGroup === undefined ? `/api/${apiVersion}` : `/apis/${apiGroup}/${apiVersion}`;
  const place = namespace === undefined || resource === 'namespaces' ? '' : `/namespaces/${namespace}`;
  // The name of what is created stands in the body alone.
  const isNew = verb === 'create' && subresource === undefined;
  const rest = [resource, isNew ? undefined : name, subresource].filter((part) => part !== undefined);
  return `${root}${place}/${rest.join('/')}`;
}
