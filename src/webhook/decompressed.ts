import type { IncomingMessage } from 'node:http';
import type { BodyReader } from '../net/body-reader.ts';
import { Rejection } from '../net/rejection.ts';
import type { Delivered } from './intake.ts';

/**
 * The body without its compression, or as it was sent and why it cannot be unpacked: to refuse it would be to lose it.
 * Rejects with a `Rejection` of 413 if it unpacks to more than is allowed.
 */
export async function decompressed(
  bodies: BodyReader,
  { headers }: IncomingMessage,
  body: Buffer,
): Promise<Pick<Delivered, 'body' | 'problem'>> {
  const compression = headers['content-encoding']?.trim().toLowerCase() || 'identity';
  if (compression !== 'gzip' && compression !== 'identity') {
    return { body, problem: 'its content encoding is neither gzip nor identity' };
  }
  try {
    return { body: await bodies.unpack(body, compression), problem: undefined };
  } catch (error) {
    if (!(error instanceof Rejection) || error.status === 413) throw error;
    return { body, problem: error.message };
  }
}
