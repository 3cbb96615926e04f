/**
 * The keys of an audit event in the order in which an apiserver writes them (spec/k8s-audit.md §1), by the keys that
 * lead there. Only a guess at what comes next: any order is read, and any other key.
 */
export const auditOrder: Readonly<Record<string, readonly string[]>> = {
  '': [
    'kind',
    'apiVersion',
    'level',
    'auditID',
    'stage',
    'requestURI',
    'verb',
    'user',
    'impersonatedUser',
    'authenticationMetadata',
    'sourceIPs',
    'userAgent',
    'objectRef',
    'responseStatus',
    'requestObject',
    'responseObject',
    'requestReceivedTimestamp',
    'stageTimestamp',
    'annotations',
  ],
  user: ['username', 'uid', 'groups', 'extra'],
  impersonatedUser: ['username', 'uid', 'groups', 'extra'],
  objectRef: [
    'resource',
    'namespace',
    'name',
    'uid',
    'apiGroup',
    'apiVersion',
    'resourceVersion',
    'subresource',
  ],
  responseStatus: ['metadata', 'status', 'message', 'reason', 'details', 'code'],
};
