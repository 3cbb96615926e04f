import type { Rejection } from '../../net/rejection.ts';
import { statusCodes } from '../../otlp/status.ts';

/** The google.rpc code that says what the HTTP status of a rejection says (spec/collector.md §4.5). */
export function statusCodeOf({ status }: Rejection): number {
  if (status === 401) return statusCodes.unauthenticated;
  if (status === 404) return statusCodes.notFound;
  if (status === 405 || status === 501) return statusCodes.unimplemented;
  if (status === 413) return statusCodes.resourceExhausted;
  return status < 500 ? statusCodes.invalidArgument : statusCodes.unavailable;
}
