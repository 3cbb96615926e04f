/** What plans ask for and lines are made of. */
export interface Vocabulary {
  /** Names of fields, for plans. */
  readonly names: readonly [string, ...string[]];
  /** Keys of objects: what names begin and go on with, and others. */
  readonly keys: readonly [string, ...string[]];
  /** Texts of values, and parts of tests. */
  readonly texts: readonly [string, ...string[]];
  /** How often a text has a number behind it that makes it one of its own. */
  readonly distinct: number;
}

/** Audit events, and others. */
export const audit: Vocabulary = {
  distinct: 0.02,
  names: [
    'verb',
    'level',
    'user.username',
    'user.groups',
    'user.groups{}',
    'user.extra.authentication.kubernetes.io/node',
    'user.extra.authentication.kubernetes.io/node{}',
    'sourceIPs',
    'sourceIPs{}',
    'objectRef.resource',
    'objectRef.name',
    'responseStatus.code',
    'annotations.authorization.k8s.io/decision',
    'requestObject.message',
    'requestObject.spec.containers.image',
    'requestObject.spec.containers{}.image',
    'requestObject.spec.privileged',
    'responseObject.a.b.c',
    'a.b',
    'a.b.c',
    'a{}.b',
    'a{}{}',
    'a.b{}',
    'a',
    'é',
    '',
    '.b',
  ],
  texts: [
    'get',
    'GET',
    'create',
    'Metadata',
    'system:masters',
    'system:serviceaccount:kube-system:x',
    'secrets',
    'pods',
    'Pulling image "evil/tool"',
    'pulling IMAGE',
    'Pul\u212Aing image',
    'PULL\u0130ng image',
    'privileged',
    'kube-system',
    '10.0.0.1',
    '::1',
    '403',
    '403.0',
    '4.03e2',
    'true',
    'null',
    '',
    'a/b',
    'c:\\windows',
    '<&>',
    'jürgen',
    '😀',
    '\uD800',
    'line\nend',
    '"{',
    '}]"',
    '\\',
  ],
  keys: [
    'verb',
    'level',
    'user',
    'username',
    'groups',
    'extra',
    'authentication.kubernetes.io/node',
    'authentication',
    'sourceIPs',
    'objectRef',
    'resource',
    'objectRef.resource',
    'name',
    'responseStatus',
    'code',
    'annotations',
    'authorization.k8s.io/decision',
    'authorization',
    'requestObject',
    'responseObject',
    'requestObject.message',
    'message',
    'spec',
    'containers',
    'image',
    'privileged',
    'a',
    'b',
    'c',
    'a.b',
    'a.b.c',
    'b.c',
    'a{}',
    'é',
    '',
    'verbs',
    'kind',
    'a key of more than sixteen letters',
  ],
};

/** More values than any table holds. */
export const manyValues: Vocabulary = { ...audit, distinct: 0.6 };

/** A few names, each of which can be spelled in several ways, so that one line often has several of them. */
export const spellings: Vocabulary = {
  distinct: 0,
  names: ['a', 'a.b', 'a.b.c', 'a{}', 'a{}.b', 'a.b{}', 'a{}{}', 'requestObject.a', 'requestObject.a.b'],
  keys: ['a', 'b', 'c', 'a.b', 'b.c', 'a.b.c', 'a{}', 'b{}', 'requestObject', 'd'],
  texts: ['x', 'y', 'true'],
};

/** Texts with literals in them, and what a literal could hide behind. */
export const literals: Vocabulary = {
  distinct: 0.1,
  names: ['requestObject.a', 'requestObject.a.b', 'requestObject.b', 'a'],
  keys: ['a', 'b', 'requestObject', 'c'],
  texts: [
    'Pulling image "evil/tool"',
    'evil/tool',
    'pulling IMAGE',
    'PULL\u0130',
    'pulli',
    'kube-system',
    '\u212Aube-system',
    'other',
    'x',
  ],
};
