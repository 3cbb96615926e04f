import type { GrpcReply } from '../../net/grpc/grpc-reply.ts';
import { longestWaitMs } from '../../net/retry-after.ts';
import { shown } from '../../net/shown.ts';
import { OtlpError } from '../../otlp/otlp-error.ts';
import { retryDelayMs } from '../../otlp/retry-info.ts';
import type { Outcome } from '../../pipeline/outbox/destination.ts';

/** The names of the codes of gRPC, in the order of their numbers. */
const names = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
];

/** What may be tried again (spec/collector.md §4.5); all else is, too, but not before somebody has mended something. */
const passing = new Set([
  'CANCELLED',
  'DEADLINE_EXCEEDED',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNAVAILABLE',
  'DATA_LOSS',
]);

/**
 * How servers say that a message is too large: gRPC's own in Go, C++ and JavaScript, Java, Rust (by OUT_OF_RANGE), and
 * ours. Neither code says so by itself: a limit on the rate has RESOURCE_EXHAUSTED, too.
 */
const tooLarge = /larger than|too large|exceeds maximum|HTTP status 413/i;

/**
 * What an answer that is no success means for the records of its call (spec/reliability.md §2.3, W17 to W20). `from`
 * is the endpoint for messages.
 */
export function outcomeOf({ code, message, details }: GrpcReply, from: string): Outcome {
  const name = names[code] ?? `status ${code}`;
  const said = shown(message);
  const reason = `${name} from ${from}${said === '' ? '' : `: ${said}`}`;
  const afterMs = delayOf(details);
  if (name === 'INVALID_ARGUMENT') return { kind: 'refused', reason };
  if (afterMs !== undefined && name === 'RESOURCE_EXHAUSTED') return { kind: 'wait', reason, afterMs };
  if ((name === 'RESOURCE_EXHAUSTED' || name === 'OUT_OF_RANGE') && tooLarge.test(message)) {
    return { kind: 'too large', reason };
  }
  const after = afterMs === undefined ? {} : { afterMs };
  return { kind: passing.has(name) ? 'wait' : 'park', reason, ...after };
}

/** How long the backend wants us to stay away, in milliseconds, bounded; undefined if it does not say so. */
function delayOf(details: Uint8Array | undefined): number | undefined {
  if (details === undefined) return undefined;
  try {
    const delay = retryDelayMs(details);
    return delay === undefined ? undefined : Math.min(delay, longestWaitMs);
  } catch (error) {
    if (error instanceof OtlpError) return undefined;
    throw error;
  }
}
