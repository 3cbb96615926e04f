import { JsonNumber, JsonObject, type Json } from '../record/json.ts';

/** HTTP status and `reason` of the API server for the gRPC codes of failures that GKE tells. */
const failures: Readonly<Record<string, readonly [code: number, reason: string]>> = {
  3: [400, 'BadRequest'],
  5: [404, 'NotFound'],
  6: [409, 'AlreadyExists'],
  7: [403, 'Forbidden'],
  8: [429, 'TooManyRequests'],
  10: [409, 'Conflict'],
  13: [500, 'InternalError'],
  14: [503, 'ServiceUnavailable'],
  16: [401, 'Unauthorized'],
};

/**
 * `responseStatus` of an audit event for the `status` of an entry of GKE, as JSON (spec/k8s-audit.md §9): what the
 * response itself says, if it is a `Status` with a code, else what the gRPC code stands for. Without a code where that stands for
 * nothing certain, such as 2, which a successful `exec` has.
 */
export function statusText(status: Json | undefined, response: Json | undefined, verb: string): string {
  if (isStatus(response)) return response.text;
  const code = status instanceof JsonObject ? status.get('code') : undefined;
  const rpc = code instanceof JsonNumber ? code.text : '0';
  if (rpc === '0') return JSON.stringify({ metadata: {}, code: verb === 'create' ? 201 : 200 });
  const message = status instanceof JsonObject ? status.get('message') : undefined;
  const said = typeof message === 'string' ? { message } : {};
  const failure = failures[rpc];
  if (failure === undefined) return JSON.stringify({ metadata: {}, ...said });
  const [http, reason] = failure;
  return JSON.stringify({ metadata: {}, status: 'Failure', ...said, reason, code: http });
}

const isStatus = (response: Json | undefined): response is JsonObject =>
  response instanceof JsonObject &&
  response.get('kind') === 'Status' &&
  response.get('code') instanceof JsonNumber;
