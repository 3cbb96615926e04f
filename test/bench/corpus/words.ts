/** What names in a cluster are made of. Lists are sampled evenly; a name that stands twice comes twice as often. */

export const namespaces = [
  'default', 'kube-system', 'kube-system', 'ingress', 'monitoring', 'logging', 'shop', 'orders', 'billing',
  'identity', 'search', 'batch', 'vault', 'staging', 'platform', 'mesh',
] as const; // prettier-ignore

export const applications = [
  'web', 'cart', 'catalog', 'invoice-worker', 'mailer', 'session-store', 'coredns', 'log-shipper', 'metrics-agent',
  'ledger', 'recommender', 'image-resizer', 'auth-proxy', 'report-builder', 'stream-joiner', 'feature-flags',
] as const; // prettier-ignore

export const registries = [
  'registry.shop.example/apps',
  'registry.shop.example/base',
  'docker.io/library',
  'ghcr.io/shop-example',
  'quay.io/shop',
  'public.ecr.aws/shop',
] as const;

export const people = ['anna', 'boris', 'chen', 'dana', 'émile', 'farah', 'günther', 'hana'] as const;

export const teams = ['developers', 'operators', 'data', 'security'] as const;

export const controllers = [
  ['kube-system', 'replicaset-controller'],
  ['kube-system', 'deployment-controller'],
  ['kube-system', 'endpointslice-controller'],
  ['kube-system', 'generic-garbage-collector'],
  ['platform', 'gitops-controller'],
  ['monitoring', 'metrics-scraper'],
  ['vault', 'secret-sync'],
] as const;

/** Resources that are read all the time, with the API group of each. */
export const readResources = [
  ['', 'pods'],
  ['', 'configmaps'],
  ['', 'services'],
  ['', 'endpoints'],
  ['', 'nodes'],
  ['', 'namespaces'],
  ['apps', 'deployments'],
  ['apps', 'replicasets'],
  ['batch', 'jobs'],
  ['discovery.k8s.io', 'endpointslices'],
  ['networking.k8s.io', 'ingresses'],
  ['policy', 'poddisruptionbudgets'],
] as const;

/** Requests that a probing attacker sends with tools that give themselves away. */
export const attackTools = ['curl/8.9.1', 'python-requests/2.32.3', 'kube-hunter', 'Wget/1.21.4'] as const;
