import type { IncomingMessage } from 'node:http';
import { contentTypes, encodingOf, type Encoding } from '../../otlp/encoding.ts';
import { compressionOf, compressions, type Compression } from '../../net/compression.ts';
import { Rejection } from '../../net/rejection.ts';

/** How the body of a request is to be read. */
export interface RequestHead {
  readonly encoding: Encoding;
  readonly compression: Compression;
}

/** Reads what stands before the body. Throws a `Rejection` if this is no request for logs that we can read. */
export function readHead({ url, method, headers }: IncomingMessage, path: string): RequestHead {
  if (url?.split('?', 1)[0] !== path) {
    throw new Rejection(404, `there is nothing here; logs go to ${path}`);
  }
  if (method !== 'POST') {
    throw new Rejection(405, 'logs are sent by POST', { Allow: 'POST' });
  }
  const encoding = encodingOf(headers['content-type']);
  if (encoding === undefined) {
    const types = Object.values(contentTypes).join(' or ');
    throw new Rejection(415, `the content type must be ${types}`);
  }
  const compression = compressionOf(headers['content-encoding']);
  if (compression === undefined) {
    throw new Rejection(415, `the content encoding must be ${compressions.join(', ')}`, {
      'Accept-Encoding': compressions.join(', '),
    });
  }
  return { encoding, compression };
}
