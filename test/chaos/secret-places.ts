/** Where an audit event may hold a secret, and the field under which a detection would ask for it. */
interface SecretPlace {
  readonly field: string;
  readonly event: (secret: string) => Readonly<Record<string, unknown>>;
}

type Body = 'requestObject' | 'responseObject';
const bodies: readonly Body[] = ['requestObject', 'responseObject'];

const inBody = (
  resource: string,
  field: string,
  content: (secret: string) => object,
  subresource?: string,
): readonly SecretPlace[] =>
  bodies.map((body) => ({
    field: `${body}.${field}`,
    event: (secret) => ({
      verb: 'create',
      objectRef: {
        resource,
        namespace: 'prod',
        name: 'x',
        ...(subresource === undefined ? {} : { subresource }),
      },
      [body]: content(secret),
    }),
  }));

const inUri = (parameter: string): SecretPlace => ({
  field: 'requestURI',
  event: (secret) => ({
    verb: 'get',
    requestURI: `/api/v1/namespaces/prod/pods?watch=1&${parameter}=${secret}`,
  }),
});

const environment = (secret: string): object => ({ name: 'DATABASE_PASSWORD', value: secret });
const applied = 'kubectl.kubernetes.io/last-applied-configuration';

/** The places of spec/reliability.md P19 and H15. */
export const secretPlaces: readonly SecretPlace[] = [
  ...inBody('secrets', 'data.password', (secret) => ({ kind: 'Secret', data: { password: secret } })),
  ...inBody('secrets', 'data.tls', (secret) => ({ kind: 'Secret', data: { tls: secret } })),
  ...inBody('secrets', 'stringData.any', (secret) => ({ kind: 'Secret', stringData: { any: secret } })),
  ...inBody('secrets', 'items.data.any', (secret) => ({
    kind: 'SecretList',
    items: [{ data: { any: secret } }],
  })),
  ...inBody('secrets', `metadata.annotations.${applied}`, (secret) => ({
    metadata: { annotations: { [applied]: secret } },
  })),
  ...inBody('secrets', 'metadata.annotations.note', (secret) => ({
    metadata: { annotations: { note: secret } },
  })),
  ...inBody(
    'secrets',
    'value',
    (secret) => [{ op: 'replace', path: '/data/password', value: secret }] as object,
  ),
  ...inBody(
    'serviceaccounts',
    'status.token',
    (secret) => ({ kind: 'TokenRequest', status: { token: secret } }),
    'token',
  ),
  ...inBody(
    'serviceaccounts',
    'spec.boundObjectRef.uid',
    (secret) => ({ spec: { boundObjectRef: { uid: secret } } }),
    'token',
  ),
  ...inBody('tokenreviews', 'spec.token', (secret) => ({ kind: 'TokenReview', spec: { token: secret } })),
  ...inBody('tokenreviews', 'status.user.extra.x', (secret) => ({
    status: { user: { extra: { x: [secret] } } },
  })),
  ...inBody('pods', 'spec.containers.env.value', (secret) => ({
    spec: { containers: [{ env: [environment(secret)] }] },
  })),
  ...inBody('pods', 'spec.initContainers.env.value', (secret) => ({
    spec: { initContainers: [{ env: [environment(secret)] }] },
  })),
  ...inBody('deployments', 'spec.template.spec.containers.env.value', (secret) => ({
    spec: { template: { spec: { containers: [{ env: [environment(secret)] }] } } },
  })),
  ...inBody('deployments', `metadata.annotations.${applied}`, (secret) => ({
    metadata: { annotations: { [applied]: secret } },
  })),
  ...inBody('certificatesigningrequests', 'spec.extra.token', (secret) => ({
    spec: { extra: { token: [secret] } },
  })),
  ...inBody('widgets', 'spec.password', (secret) => ({ spec: { password: secret } })),
  ...inBody('widgets', 'spec.apiKey', (secret) => ({ spec: { apiKey: secret } })),
  ...inBody('widgets', 'spec.clientSecret', (secret) => ({ spec: { clientSecret: secret } })),
  ...inBody('widgets', 'spec.credentials.key', (secret) => ({ spec: { credentials: { key: secret } } })),
  ...inBody('widgets', 'data.any', (secret) => ({ data: { any: secret } })),
  ...[
    'token',
    'access_token',
    'password',
    'api_key',
    'client_secret',
    'X-Amz-Signature',
    'code',
    '%74oken',
  ].map(inUri),
];
