import type { IncomingMessage } from 'node:http';
import { Rejection } from '../net/rejection.ts';

/** Throws a `Rejection` if a request cannot be one that an API server sends here, whatever its body. */
export function checkHead({ url, method }: IncomingMessage, path: string): void {
  if (url?.split('?', 1)[0] !== path) {
    throw new Rejection(404, `there is nothing here; audit events go to ${path}`);
  }
  if (method !== 'POST') throw new Rejection(405, 'audit events are sent by POST', { Allow: 'POST' });
}
