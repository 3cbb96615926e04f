import { healthCheck } from '../../../src/extensions/health-check.ts';
import { zpages } from '../../../src/extensions/zpages.ts';
import { http } from '../../../src/receivers/http.ts';
import { kubernetesAudit } from '../../../src/receivers/kubernetes-audit.ts';
import { otlp } from '../../../src/receivers/otlp.ts';
import { eventList } from '../../receivers/kubernetes-audit/bench.ts';
import { jsonRequest } from '../../receivers/otlp/bench.ts';
import { calling } from './calling.ts';
import type { Endpoint } from './endpoint.ts';
import { receiving } from './receiving.ts';
import { scraped, showing } from './showing.ts';

/** Whatever listens; what the tests of this folder say holds for each. */
export const endpoints: readonly Endpoint[] = [
  calling,
  receiving('otlp over HTTP', otlp, (http) => ({ protocols: { http } }), {
    path: '/v1/logs',
    body: jsonRequest('{}'),
  }),
  receiving('kubernetes_audit', kubernetesAudit, (listener) => listener, {
    path: '/',
    body: eventList('{}'),
  }),
  receiving('http', http, (listener) => listener, { path: '/', body: eventList('{}') }),
  showing(healthCheck, '/'),
  showing(zpages, '/debug/pipelines'),
  scraped,
];

/** Those that speak HTTP/1.1, in which requests can be written by hand. */
export const overHttp1 = endpoints.flatMap(({ head, ...rest }) =>
  head === undefined ? [] : [{ head, ...rest }],
);
